using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Lab.Internet;
using Fathom.Lab.Tests.Support;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Tests.Internet;

/// <summary>The address translator behaves as RFC 4787, RFC 5382 and RFC 5508 ask.</summary>
public class Nat44Tests
{
    private const string External = "203.0.113.1";

    [Fact]
    public void A_port_inside_is_one_port_outside_whoever_is_spoken_to()
    {
        using var sites = new Sites();
        Nat44.AddTo(sites.Outside);
        var (a, s, t) = (sites.Open(sites.A, "10.0.0.11", 5000), sites.Open(sites.S, "203.0.113.21", 7), sites.Open(sites.T, "203.0.113.22", 9));

        // RFC 4787 REQ-1, and the port is kept (§4.2.1).
        Assert.Equal(Sites.At(External, 5000), sites.Pass(a, Sites.At("203.0.113.21", 7), s));
        Assert.Equal(Sites.At(External, 5000), sites.Pass(a, Sites.At("203.0.113.22", 9), t));
        Assert.Equal(Sites.At("203.0.113.21", 7), sites.Pass(s, Sites.At(External, 5000), a));
    }

    [Fact]
    public void An_address_and_port_dependent_mapping_gives_each_peer_another_port()
    {
        using var sites = new Sites();
        Nat44.AddTo(sites.Outside, new NatOptions { Mapping = NatBehavior.AddressAndPortDependent });
        var (a, s, t) = (sites.Open(sites.A, "10.0.0.11", 5000), sites.Open(sites.S, "203.0.113.21", 7), sites.Open(sites.T, "203.0.113.22", 7));
        var (first, second) = (sites.Pass(a, Sites.At("203.0.113.21", 7), s), sites.Pass(a, Sites.At("203.0.113.22", 7), t));
        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Two_hosts_with_one_port_get_two_of_the_same_parity()
    {
        using var sites = new Sites();
        var nat = Nat44.AddTo(sites.Outside);
        var (a, b, s) = (sites.Open(sites.A, "10.0.0.11", 5001), sites.Open(sites.B, "10.0.0.12", 5001), sites.Open(sites.S, "203.0.113.21", 7));
        var first = sites.Pass(a, Sites.At("203.0.113.21", 7), s)!.Value;
        var second = sites.Pass(b, Sites.At("203.0.113.21", 7), s)!.Value;
        Assert.NotEqual(first.Port, second.Port);
        Assert.Equal(1, second.Port & 1); // RFC 4787 REQ-4
        Assert.True(second.Port >= 1024); // RFC 4787 REQ-3a
        Assert.Equal(2, nat.Mappings.Count);
        Assert.Equal(Sites.At("203.0.113.21", 7), sites.Pass(s, second, b));
    }

    [Theory]
    [InlineData(NatBehavior.EndpointIndependent, true, true)]
    [InlineData(NatBehavior.AddressDependent, true, false)]
    [InlineData(NatBehavior.AddressAndPortDependent, false, false)]
    public void The_filter_lets_in_whom_it_says(NatBehavior filtering, bool otherPort, bool otherAddress)
    {
        using var sites = new Sites();
        var nat = Nat44.AddTo(sites.Outside, new NatOptions { Filtering = filtering });
        var (a, s, s2, t) = (sites.Open(sites.A, "10.0.0.11", 5000), sites.Open(sites.S, "203.0.113.21", 7), sites.Open(sites.S, "203.0.113.21", 8), sites.Open(sites.T, "203.0.113.22", 9));
        Assert.NotNull(sites.Pass(a, Sites.At("203.0.113.21", 7), s));
        Assert.Equal(otherPort, sites.Pass(s2, Sites.At(External, 5000), a) is not null);
        Assert.Equal(otherAddress, sites.Pass(t, Sites.At(External, 5000), a) is not null);
        Assert.Equal((otherPort ? 0 : 1) + (otherAddress ? 0 : 1), nat.Statistics.Filtered);
    }

    [Fact]
    public void A_datagram_mapping_lives_five_minutes_after_the_last_one_from_inside()
    {
        using var sites = new Sites();
        var nat = Nat44.AddTo(sites.Outside);
        var (a, s) = (sites.Open(sites.A, "10.0.0.11", 5000), sites.Open(sites.S, "203.0.113.21", 7));
        Assert.NotNull(sites.Pass(a, Sites.At("203.0.113.21", 7), s));
        sites.Lab.Run(TimeSpan.FromSeconds(290));
        Assert.NotNull(sites.Pass(s, Sites.At(External, 5000), a));
        sites.Lab.Run(TimeSpan.FromSeconds(15));

        // RFC 4787 REQ-6: what came in did not keep it.
        Assert.Null(sites.Pass(s, Sites.At(External, 5000), a));
        Assert.Empty(nat.Mappings);
        Assert.Equal(1, nat.Statistics.Unmapped);
    }

    [Fact]
    public void A_silent_connection_lives_more_than_two_hours_and_one_that_has_ended_four_minutes()
    {
        using var sites = new Sites();
        var nat = Nat44.AddTo(sites.Outside);
        sites.ServeEcho(sites.S, "203.0.113.21", 80);
        var connection = Assert.IsType<ConnectResult.Connected>(sites.Connect(sites.A, Sites.At("203.0.113.21", 80))).Connection;
        Assert.Equal(100_000, sites.Exchange(connection, 100_000));

        // RFC 5382 REQ-5: 2 hours and 4 minutes.
        sites.Lab.Run(new TimeSpan(2, 3, 0));
        Assert.Equal(1000, sites.Exchange(connection, 1000));
        Assert.Single(nat.Mappings);
        connection.Abort();
        sites.Lab.Run(TimeSpan.FromMinutes(3));
        Assert.Single(nat.Mappings);
        sites.Lab.Run(TimeSpan.FromMinutes(2));
        Assert.Empty(nat.Mappings);
    }

    [Fact]
    public void Hosts_inside_reach_each_other_by_their_outer_addresses()
    {
        using var sites = new Sites();
        var nat = Nat44.AddTo(sites.Outside, new NatOptions { Filtering = NatBehavior.EndpointIndependent });
        var (a, b, s) = (sites.Open(sites.A, "10.0.0.11", 5000), sites.Open(sites.B, "10.0.0.12", 6000), sites.Open(sites.S, "203.0.113.21", 7));
        Assert.NotNull(sites.Pass(b, Sites.At("203.0.113.21", 7), s));

        // RFC 4787 REQ-9a: the source that is seen is external too.
        Assert.Equal(Sites.At(External, 5000), sites.Pass(a, Sites.At(External, 6000), b));
        Assert.Equal(Sites.At(External, 6000), sites.Pass(b, Sites.At(External, 5000), a));
        Assert.Equal(2, nat.Statistics.Hairpinned);
    }

    [Fact]
    public void An_error_of_the_far_host_reaches_the_socket_inside()
    {
        using var sites = new Sites();
        var nat = Nat44.AddTo(sites.Outside);
        var a = sites.Open(sites.A, "10.0.0.11", 5000);
        sites.Lab.Run(async () => await a.SendAsync(new byte[100], Sites.At("203.0.113.21", 4444), new PacketOptions(), default) is null, TimeSpan.FromSeconds(1));

        // RFC 5508 REQ-4: the packet that is quoted is the one that was sent, and the socket knows it.
        var error = Assert.IsType<DatagramEvent.Failed>(sites.Receive(a)).Error;
        Assert.Equal(IpAddress.Parse("203.0.113.21"), error.Reporter);
        Assert.Equal(1, nat.Statistics.IcmpErrors);
    }

    [Fact]
    public void An_error_of_the_host_inside_reaches_the_far_one()
    {
        using var sites = new Sites();
        Nat44.AddTo(sites.Outside);
        var (a, s) = (sites.Open(sites.A, "10.0.0.11", 5000), sites.Open(sites.S, "203.0.113.21", 7));
        Assert.NotNull(sites.Pass(a, Sites.At("203.0.113.21", 7), s));
        sites.Lab.Run(async () =>
        {
            await a.DisposeAsync();
            return true;
        }, TimeSpan.FromSeconds(1));

        // RFC 5508 REQ-5: it seems to come from the translator, and quotes what the far host sent.
        Assert.Null(sites.Pass(s, Sites.At(External, 5000), sites.Open(sites.A, "10.0.0.11", 5002)));
        var error = Assert.IsType<DatagramEvent.Failed>(sites.Receive(s)).Error;
        Assert.Equal(IpAddress.Parse(External), error.Reporter);
    }

    [Fact]
    public void Datagrams_in_fragments_are_translated_whole()
    {
        using var sites = new Sites();
        Nat44.AddTo(sites.Outside);
        var (a, s) = (sites.Open(sites.A, "10.0.0.11", 5000), sites.Open(sites.S, "203.0.113.21", 7));
        Assert.Equal(Sites.At(External, 5000), sites.Pass(a, Sites.At("203.0.113.21", 7), s, 6000));
        Assert.Equal(Sites.At("203.0.113.21", 7), sites.Pass(s, Sites.At(External, 5000), a, 6000));
    }

    [Fact]
    public void The_table_has_a_limit()
    {
        using var sites = new Sites();
        var nat = Nat44.AddTo(sites.Outside, new NatOptions { MaximumMappings = 3 });
        var s = sites.Open(sites.S, "203.0.113.21", 7);
        for (ushort port = 5000; port < 5003; port++) Assert.NotNull(sites.Pass(sites.Open(sites.A, "10.0.0.11", port), Sites.At("203.0.113.21", 7), s));
        var more = sites.Open(sites.B, "10.0.0.12", 5003);
        Assert.Null(sites.Pass(more, Sites.At("203.0.113.21", 7), s));
        Assert.Equal(1, nat.Statistics.NoRoom);
        sites.Lab.Run(TimeSpan.FromMinutes(6));
        Assert.NotNull(sites.Pass(more, Sites.At("203.0.113.21", 7), s));
    }

    [Fact]
    public void A_port_that_was_forwarded_by_hand_leads_in()
    {
        using var sites = new Sites();
        var nat = Nat44.AddTo(sites.Outside);
        sites.ServeEcho(sites.A, "10.0.0.11", 80);
        Assert.IsType<ConnectResult.TimedOut>(sites.Connect(sites.S, Sites.At(External, 8080)));
        Assert.True(nat.TryForward(IpProtocol.Tcp, 8080, Sites.At("10.0.0.11", 80)));
        var connection = Assert.IsType<ConnectResult.Connected>(sites.Connect(sites.S, Sites.At(External, 8080))).Connection;
        Assert.Equal(50_000, sites.Exchange(connection, 50_000));
    }

    [Fact]
    public void A_crash_of_the_router_loses_its_table()
    {
        using var sites = new Sites();
        var nat = Nat44.AddTo(sites.Outside);
        var (a, s) = (sites.Open(sites.A, "10.0.0.11", 5000), sites.Open(sites.S, "203.0.113.21", 7));
        Assert.NotNull(sites.Pass(a, Sites.At("203.0.113.21", 7), s));
        sites.Router.Crash();
        Assert.Null(sites.Pass(a, Sites.At("203.0.113.21", 7), s));
        sites.Router.Restart();
        Assert.Empty(nat.Mappings);
        sites.Lab.Run(TimeSpan.FromSeconds(10));
        Assert.Null(sites.Pass(s, Sites.At(External, 5000), a));
        Assert.Equal(Sites.At(External, 5000), sites.Pass(a, Sites.At("203.0.113.21", 7), s));
    }

    [Fact]
    public void The_same_seed_gives_the_same_ports()
    {
        Assert.Equal(Run(7), Run(7));
        Assert.NotEqual(Run(7), Run(8));

        static string Run(ulong seed)
        {
            using var sites = new Sites(seed);
            Nat44.AddTo(sites.Outside, new NatOptions { PreservesPorts = false });
            var s = sites.Open(sites.S, "203.0.113.21", 7);
            for (ushort port = 5000; port < 5010; port++) Assert.NotNull(sites.Pass(sites.Open(sites.A, "10.0.0.11", port), Sites.At("203.0.113.21", 7), s));
            return sites.Lab.LogHash;
        }
    }
}
