using Fathom.Hosts.Transport;
using Fathom.Lab.Internet;
using Fathom.Lab.Tests.Support;
using Fathom.Lab.Transport;
using Fathom.Lab.Link;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Tests.Internet;

/// <summary>Firewalls and filters do what they say, and nothing else.</summary>
public class FirewallTests
{
    [Theory]
    [InlineData(FirewallAction.Drop, typeof(ConnectResult.TimedOut))]
    [InlineData(FirewallAction.Refuse, typeof(ConnectResult.Reset))]
    [InlineData(FirewallAction.Prohibit, typeof(ConnectResult.Unreachable))]
    public void A_connection_that_is_not_allowed_fails_as_the_rule_says(FirewallAction action, Type result)
    {
        foreach (var (address, at) in new[] { ("fd00:2::21", "router"), ("fd00:2::21", "s"), ("203.0.113.21", "s") })
        {
            using var sites = new Sites();
            if (address[0] == '2') Nat44.AddTo(sites.Outside);
            sites.ServeEcho(sites.S, address, 80);
            sites.ServeEcho(sites.S, address, 81);
            Firewall.AddTo(sites.Lab.Find(at)!, new FirewallRule(action) { Protocol = IpProtocol.Tcp, DestinationPorts = 80 });
            Assert.IsType(result, sites.Connect(sites.A, Sites.At(address, 80)));
            Assert.IsType<ConnectResult.Connected>(sites.Connect(sites.A, Sites.At(address, 81)));
        }
    }

    [Fact]
    public void What_was_asked_from_inside_is_answered_and_nothing_else_comes_in()
    {
        using var sites = new Sites();
        var firewall = Firewall.AddTo(sites.Router, new FirewallOptions { Rules = [new FirewallRule(FirewallAction.Allow) { From = sites.Inside }], Otherwise = FirewallAction.Drop });
        sites.ServeEcho(sites.S, "fd00:2::21", 80);
        sites.ServeEcho(sites.A, "fd00:1::11", 80);
        var connection = Assert.IsType<ConnectResult.Connected>(sites.Connect(sites.A, Sites.At("fd00:2::21", 80))).Connection;
        Assert.Equal(100_000, sites.Exchange(connection, 100_000));
        Assert.IsType<ConnectResult.TimedOut>(sites.Connect(sites.S, Sites.At("fd00:1::11", 80)));
        Assert.True(firewall.Statistics is { Established: > 50, Dropped: > 0 });

        // Its memory is lost with the power; what goes on from inside is let through by the rule again.
        firewall.Remove();
        Assert.IsType<ConnectResult.Connected>(sites.Connect(sites.S, Sites.At("fd00:1::11", 80)));
    }

    [Fact]
    public void The_clamp_makes_segments_fit_a_link_that_swallows_large_ones()
    {
        Assert.Equal(0, Try(clamp: false));
        Assert.Equal(100_000, Try(clamp: true));

        static int Try(bool clamp)
        {
            using var sites = new Sites();
            PacketSizeFilter.AddTo(sites.Router, 1300);
            if (clamp) MssClamp.AddTo(sites.Outside, 1300);
            sites.ServeEcho(sites.S, "fd00:2::21", 80);
            var connection = Assert.IsType<ConnectResult.Connected>(sites.Connect(sites.A, Sites.At("fd00:2::21", 80))).Connection;
            return sites.Exchange(connection, 100_000, 3);
        }
    }

    [Theory]
    [InlineData(false, 100_000)]
    [InlineData(true, 0)]
    public void Path_MTU_discovery_works_until_its_messages_are_swallowed(bool swallows, int expected)
    {
        using var sites = new Sites();
        sites.Router.Stack.SetMtu(sites.Outside.Interface, 1300);
        var filter = swallows ? IcmpFilter.AddTo(sites.Router, IcmpFilterScope.TooBig) : null;
        sites.ServeEcho(sites.S, "fd00:2::21", 80);
        var connection = Assert.IsType<ConnectResult.Connected>(sites.Connect(sites.A, Sites.At("fd00:2::21", 80))).Connection;
        Assert.Equal(expected, sites.Exchange(connection, 100_000, 3));
        if (filter is not null) Assert.True(filter.Swallowed > 0);
    }

    [Fact]
    public void A_spoiler_resets_or_stalls_what_has_opened()
    {
        using var sites = new Sites();
        sites.ServeEcho(sites.S, "fd00:2::21", 80);
        var spoiler = ConnectionSpoiler.AddTo(sites.S, SegmentTrouble.Reset, 80);
        var connection = Assert.IsType<ConnectResult.Connected>(sites.Connect(sites.A, Sites.At("fd00:2::21", 80))).Connection;
        Assert.Equal(0, sites.Exchange(connection, 100));
        Assert.Equal(StreamStatus.Reset, sites.Lab.Run(async () => (await connection.ReadAsync(new byte[1], default)).Status, TimeSpan.FromSeconds(1)));
        spoiler.Remove();
        spoiler = ConnectionSpoiler.AddTo(sites.S, SegmentTrouble.Stall, 80);
        connection = Assert.IsType<ConnectResult.Connected>(sites.Connect(sites.A, Sites.At("fd00:2::21", 80))).Connection;
        Assert.Equal(0, sites.Exchange(connection, 100, 1));
        spoiler.Remove();
        Assert.Equal(100, sites.Exchange(connection, 0, 10) + 100);
    }

    [Fact]
    public void A_partition_divides_and_mends()
    {
        using var sites = new Sites();
        sites.ServeEcho(sites.S, "fd00:2::21", 80);
        var partition = new LabPartition([sites.Lab.FindLink("router/wan-world/1")!]);
        Assert.True(sites.Lab.FindLink("router-world")!.IsPulled);
        Assert.False(sites.Outside.Interface.HasCarrier);
        Assert.IsNotType<ConnectResult.Connected>(sites.Connect(sites.A, Sites.At("fd00:2::21", 80)));
        partition.Mend();
        sites.Lab.Run(TimeSpan.FromSeconds(30));
        Assert.IsType<ConnectResult.Connected>(sites.Connect(sites.A, Sites.At("fd00:2::21", 80)));
    }

    [Fact]
    public void A_host_that_crashes_loses_its_connections_and_serves_again_after_its_restart()
    {
        using var sites = new Sites();
        sites.ServeEcho(sites.S, "fd00:2::21", 80);
        var connection = Assert.IsType<ConnectResult.Connected>(sites.Connect(sites.A, Sites.At("fd00:2::21", 80))).Connection;
        Assert.Equal(1000, sites.Exchange(connection, 1000));
        sites.S.Crash();
        Assert.Equal(0, sites.Exchange(connection, 1000, 3));
        Assert.IsNotType<ConnectResult.Connected>(sites.Connect(sites.A, Sites.At("fd00:2::21", 80)));
        sites.S.Restart();
        sites.Lab.Run(TimeSpan.FromSeconds(60));

        // RFC 9293 §3.5.1: a host that knows nothing of a connection answers with a reset.
        Assert.Equal(StreamStatus.Reset, sites.Lab.Run(async () => (await connection.ReadAsync(new byte[1], default)).Status, TimeSpan.FromSeconds(1)));
        Assert.IsType<ConnectResult.Connected>(sites.Connect(sites.A, Sites.At("fd00:2::21", 80)));
    }
}
