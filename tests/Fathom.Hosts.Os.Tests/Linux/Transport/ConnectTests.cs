using System.Diagnostics;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Tests.Support;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Tests.Linux.Transport;

/// <summary>How attempts to connect end, through a router, and who is named for it.</summary>
public sealed class ConnectTests(RoutedNetwork network) : IClassFixture<RoutedNetwork>
{
    private const ushort ClosedPort = 81;
    private static readonly ConnectOptions Usual = new(TimeSpan.FromSeconds(5));

    [Theory]
    [InlineData(IpVersion.V4)]
    [InlineData(IpVersion.V6)]
    public async Task A_closed_port_is_Reset(IpVersion version) => await network.Near.RunAsync(async () =>
    {
        var result = await OsHost.Create().ConnectAsync(new IpEndpoint(RoutedNetwork.FarOf(version), ClosedPort), Usual, default);
        Assert.IsType<ConnectResult.Reset>(result);
        Assert.Empty(result.Errors);
        Assert.Equal(RoutedNetwork.NearOf(version), result.Local?.Address);
        Assert.NotEqual(0, (int)result.Local!.Value.Port);
    });

    [Theory]
    [InlineData(IpVersion.V4)]
    [InlineData(IpVersion.V6)]
    public async Task A_closed_port_of_this_host_is_Reset_and_the_local_port_is_known(IpVersion version) => await network.Near.RunAsync(async () =>
    {
        var result = await OsHost.Create().ConnectAsync(new IpEndpoint(RoutedNetwork.NearOf(version), ClosedPort), Usual, default);
        Assert.IsType<ConnectResult.Reset>(result);
        Assert.NotNull(result.Local);
    });

    [Theory]
    [InlineData(IpVersion.V4, "icmp type port-unreachable", 3, 3)]
    [InlineData(IpVersion.V4, "icmp type admin-prohibited", 3, 13)]
    [InlineData(IpVersion.V4, "icmp type host-prohibited", 3, 10)]
    [InlineData(IpVersion.V6, "icmpv6 type port-unreachable", 1, 4)]
    [InlineData(IpVersion.V6, "icmpv6 type admin-prohibited", 1, 1)]
    public async Task A_firewall_that_rejects_is_named_with_its_message(IpVersion version, string reject, byte type, byte code)
    {
        using var rule = new RejectRule(network.Router, $"tcp dport 7777 reject with {reject}");
        await network.Near.RunAsync(async () =>
        {
            var remote = new IpEndpoint(RoutedNetwork.FarOf(version), 7777);
            var result = Assert.IsType<ConnectResult.Unreachable>(await OsHost.Create().ConnectAsync(remote, Usual, default));
            Assert.Equal(version == IpVersion.V6 ? NetworkErrorOrigin.Icmpv6 : NetworkErrorOrigin.Icmp, result.Error.Origin);
            Assert.Equal((type, code), (result.Error.Type, result.Error.Code));
            Assert.Equal(RoutedNetwork.RouterOf(version), result.Error.Reporter);
            Assert.Equal(remote, result.Error.Destination);
            Assert.Contains(result.Error, result.Errors);
            Assert.NotNull(result.Local);
        });
    }

    [Fact]
    public async Task A_firewall_that_rejects_with_RST_cannot_be_told_from_the_host()
    {
        using var rule = new RejectRule(network.Router, "tcp dport 7778 reject with tcp reset");
        await network.Near.RunAsync(async () => Assert.IsType<ConnectResult.Reset>(
            await OsHost.Create().ConnectAsync(new IpEndpoint(RoutedNetwork.FarV4, 7778), Usual, default)));
    }

    [Theory]
    [InlineData(IpVersion.V4, 11)]
    [InlineData(IpVersion.V6, 3)]
    public async Task A_hop_limited_SYN_yields_time_exceeded_from_the_router(IpVersion version, byte type) => await network.Near.RunAsync(async () =>
    {
        var result = await OsHost.Create().ConnectAsync(new IpEndpoint(RoutedNetwork.FarOf(version), ClosedPort), Usual with { HopLimit = 1 }, default);
        var error = Assert.Single(result.Errors);
        Assert.Equal((type, (byte)0), (error.Type, error.Code));
        Assert.Equal(RoutedNetwork.RouterOf(version), error.Reporter);
        Assert.Equal(error, Assert.IsType<ConnectResult.Unreachable>(result).Error);
    });

    [Fact]
    public async Task Silence_is_TimedOut_with_the_figures_of_the_attempt()
    {
        using var rule = new RejectRule(network.Router, "tcp dport 7779 drop");
        await network.Near.RunAsync(async () =>
        {
            var clock = Stopwatch.StartNew();
            var result = await OsHost.Create().ConnectAsync(new IpEndpoint(RoutedNetwork.FarV4, 7779), new ConnectOptions(TimeSpan.FromMilliseconds(1300)), default);
            var info = Assert.IsType<ConnectResult.TimedOut>(result).Info;
            var elapsed = clock.ElapsedMilliseconds;
            Assert.InRange(elapsed, 1250, 20_000);
            Assert.Equal("SYN-SENT", info?.State);
            Assert.InRange(info?.Retransmissions ?? 0, 1, elapsed < 2900 ? 1 : 4); // RFC 6298 §2.1, §5.5: after one second, and after two, four, eight more where the machine lets it wait
            Assert.Empty(result.Errors);
            Assert.NotNull(result.Local);
        });
    }

    [Theory]
    [InlineData("192.0.2.1", 101)] // ENETUNREACH
    [InlineData("10.61.0.1", 13)] // EACCES
    [InlineData("2001:db8::1", 101)]
    public async Task Without_a_route_the_error_is_the_hosts_own(string destination, int errno)
    {
        using var place = new NetworkNamespace();
        place.Run("ip route add prohibit 10.61.0.0/16");
        await place.RunAsync(async () =>
        {
            var result = await OsHost.Create().ConnectAsync(new IpEndpoint(IpAddress.Parse(destination), 80), Usual, default);
            var error = Assert.IsType<ConnectResult.Unreachable>(result).Error;
            Assert.Equal((NetworkErrorOrigin.Local, errno), (error.Origin, error.SystemError));
            Assert.Null(error.Reporter);
        });
    }

    [Theory]
    [InlineData("10.77.1.77")]
    [InlineData("fd77:1::77")]
    public async Task A_neighbor_that_is_not_there_is_the_hosts_own_error(string destination) => await network.Near.RunAsync(async () =>
    {
        var result = await OsHost.Create().ConnectAsync(new IpEndpoint(IpAddress.Parse(destination), 80), new ConnectOptions(TimeSpan.FromSeconds(10)), default);
        var error = Assert.IsType<ConnectResult.Unreachable>(result).Error;
        Assert.Equal((NetworkErrorOrigin.Local, 113), (error.Origin, error.SystemError)); // EHOSTUNREACH
    });

    [Fact]
    public async Task A_source_that_is_not_ours_is_refused() => await network.Near.RunAsync(async () =>
    {
        var result = await OsHost.Create().ConnectAsync(new IpEndpoint(RoutedNetwork.FarV4, 80), Usual with { Source = IpAddress.Parse("10.99.9.9") }, default);
        Assert.Contains("10.99.9.9", Assert.IsType<ConnectResult.Refused>(result).Refusal.Reason, StringComparison.Ordinal);
    });

    [Fact]
    public async Task Patience_is_measured_by_the_hosts_clock()
    {
        using var rule = new RejectRule(network.Router, "tcp dport 7781 drop");
        await network.Near.RunAsync(async () =>
        {
            var time = new HandTime();
            var attempt = OsHost.Create(new OsHostOptions { Time = time }).ConnectAsync(new IpEndpoint(RoutedNetwork.FarV4, 7781), new ConnectOptions(TimeSpan.FromHours(1)), default);
            time.Fire();
            Assert.IsType<ConnectResult.TimedOut>(await attempt);
        });
    }

    [Fact]
    public async Task Cancellation_is_an_exception()
    {
        using var rule = new RejectRule(network.Router, "tcp dport 7780 drop");
        await network.Near.RunAsync(async () =>
        {
            using var cancellation = new CancellationTokenSource();
            var attempt = OsHost.Create().ConnectAsync(new IpEndpoint(RoutedNetwork.FarV4, 7780), Usual, cancellation.Token);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await attempt);
        });
    }
}
