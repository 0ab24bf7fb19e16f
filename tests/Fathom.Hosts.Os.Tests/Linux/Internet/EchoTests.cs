using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Tests.Support;
using Fathom.Wire.Internet;

namespace Fathom.Hosts.Os.Tests.Linux.Internet;

/// <summary>Echo on ICMP datagram sockets, on raw ones, and where neither is allowed.</summary>
public sealed class EchoTests(RoutedNetwork network) : IClassFixture<RoutedNetwork>
{
    private const uint Nobody = 65534;

    public static TheoryData<IpVersion, EchoMethod> Ways => new()
    {
        { IpVersion.V4, EchoMethod.Datagram }, { IpVersion.V4, EchoMethod.Raw }, { IpVersion.V6, EchoMethod.Datagram }, { IpVersion.V6, EchoMethod.Raw },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public Task A_reply_tells_sequence_length_and_hop_limit(IpVersion version, EchoMethod method) => WithSocket(version, method, async socket =>
    {
        for (ushort sequence = 65534; sequence != 2; sequence++)
        {
            Assert.Null(await socket.SendAsync(RoutedNetwork.FarOf(version), sequence, new byte[56], default, default));
            var reply = Assert.IsType<EchoEvent.Reply>(await socket.ReceiveAsync(default));
            Assert.Equal((RoutedNetwork.FarOf(version), sequence, (byte)63, 56), (reply.From, reply.Sequence, reply.HopLimit ?? 0, reply.DataLength));
            Assert.InRange(TimeProvider.System.GetElapsedTime(reply.Timestamp), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        }
    });

    [Theory]
    [MemberData(nameof(Ways))]
    public Task A_hop_limited_request_yields_time_exceeded_with_its_sequence(IpVersion version, EchoMethod method) => WithSocket(version, method, async socket =>
    {
        Assert.Null(await socket.SendAsync(RoutedNetwork.FarOf(version), 4321, new byte[8], new PacketOptions(HopLimit: 1), default));
        var failed = Assert.IsType<EchoEvent.Failed>(await socket.ReceiveAsync(default));
        Assert.Equal((ushort)4321, failed.Sequence);
        Assert.Equal(version == IpVersion.V6 ? ((byte)3, (byte)0) : ((byte)11, (byte)0), (failed.Error.Type, failed.Error.Code));
        Assert.Equal(RoutedNetwork.RouterOf(version), failed.Error.Reporter);
        Assert.Equal(RoutedNetwork.FarOf(version), failed.Error.Destination?.Address);
        Assert.Equal(version == IpVersion.V6 ? 128 : 8, failed.Error.Quoted.Span[0]);
        // The next request has the usual hop limit.
        Assert.Null(await socket.SendAsync(RoutedNetwork.FarOf(version), 4322, new byte[8], default, default));
        Assert.Equal(4322, Assert.IsType<EchoEvent.Reply>(await socket.ReceiveAsync(default)).Sequence);
    });

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_narrow_link_is_told_with_its_MTU(IpVersion version, EchoMethod method)
    {
        using var narrow = new RoutedNetwork();
        narrow.Router.Run("ip link set rfar0 mtu 1300");
        await WithSocket(narrow, version, method, async socket =>
        {
            Assert.Null(await socket.SendAsync(RoutedNetwork.FarOf(version), 5, new byte[1400], new PacketOptions(DontFragment: true), default));
            var failed = Assert.IsType<EchoEvent.Failed>(await socket.ReceiveAsync(default));
            Assert.Equal((5, 1300), (failed.Sequence ?? 0, failed.Error.NextHopMtu ?? 0));
            Assert.Equal(RoutedNetwork.RouterOf(version), failed.Error.Reporter);
            Assert.Null(await socket.SendAsync(RoutedNetwork.FarOf(version), 6, new byte[1200], new PacketOptions(DontFragment: true), default));
            Assert.Equal(6, Assert.IsType<EchoEvent.Reply>(await socket.ReceiveAsync(default)).Sequence);
        });
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public Task Above_the_interfaces_MTU_a_whole_request_is_a_local_error(IpVersion version, EchoMethod method) => WithSocket(version, method, async socket =>
    {
        var error = await socket.SendAsync(RoutedNetwork.FarOf(version), 5, new byte[1500], new PacketOptions(DontFragment: true), default);
        Assert.Equal((NetworkErrorOrigin.Local, 90), (error!.Origin, error.SystemError)); // EMSGSIZE
    });

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_neighbor_that_is_not_there_is_the_hosts_own_error(IpVersion version, EchoMethod method) => await WithSocket(version, method, async socket =>
    {
        var absent = IpAddress.Parse(version == IpVersion.V6 ? "fd77:1::88" : "10.77.1.88");
        Assert.Null(await socket.SendAsync(absent, 5, new byte[8], default, default));
        var failed = Assert.IsType<EchoEvent.Failed>(await socket.ReceiveAsync(default));
        Assert.Equal((NetworkErrorOrigin.Local, 113), (failed.Error.Origin, failed.Error.SystemError)); // EHOSTUNREACH
        Assert.Equal((ushort)5, failed.Sequence);
        Assert.Null(failed.Error.Reporter);
    });

    [Theory]
    [MemberData(nameof(Ways))]
    public Task Two_sockets_do_not_see_each_others_replies(IpVersion version, EchoMethod method) => WithSocket(version, method, async first =>
    {
        await using var second = (await OsHost.Create().OpenEchoAsync(new EchoOptions(version), default)).Value!;
        Assert.NotEqual(first.Identifier, second.Identifier);
        Assert.Null(await first.SendAsync(RoutedNetwork.FarOf(version), 1, new byte[8], default, default));
        Assert.Null(await second.SendAsync(RoutedNetwork.FarOf(version), 2, new byte[8], default, default));
        Assert.Equal(2, Assert.IsType<EchoEvent.Reply>(await second.ReceiveAsync(default)).Sequence);
        Assert.Equal(1, Assert.IsType<EchoEvent.Reply>(await first.ReceiveAsync(default)).Sequence);
    });

    [Theory]
    [InlineData(IpVersion.V4)]
    [InlineData(IpVersion.V6)]
    public async Task Without_range_and_capability_the_refusal_names_the_sysctl(IpVersion version)
    {
        network.Near.Run("sysctl -qw net.ipv4.ping_group_range=1\t0");
        await network.Near.RunAsync(
            async () =>
            {
                var refusal = (await OsHost.Create().OpenEchoAsync(new EchoOptions(version), default)).Refusal!;
                Assert.Equal(HostRefusalKind.NotPermitted, refusal.Kind);
                Assert.Contains("net.ipv4.ping_group_range", refusal.Remedy, StringComparison.Ordinal);
            },
            Nobody);
    }

    [Fact]
    public async Task A_source_that_is_not_ours_is_refused() => await network.Near.RunAsync(async () =>
    {
        var refusal = (await OsHost.Create().OpenEchoAsync(new EchoOptions(IpVersion.V4) { Source = IpAddress.Parse("10.99.9.9") }, default)).Refusal!;
        Assert.Contains("10.99.9.9", refusal.Reason, StringComparison.Ordinal);
    });

    private Task WithSocket(IpVersion version, EchoMethod method, Func<IEchoSocket, Task> action) => WithSocket(network, version, method, action);

    // The datagram socket is used as a user without any capability.
    private static Task WithSocket(RoutedNetwork network, IpVersion version, EchoMethod method, Func<IEchoSocket, Task> action)
    {
        var isDatagram = method == EchoMethod.Datagram;
        network.Near.Run("sysctl -qw net.ipv4.ping_group_range=" + (isDatagram ? "65534\t65534" : "1\t0"));
        return network.Near.RunAsync(
            async () =>
            {
                var opened = await OsHost.Create().OpenEchoAsync(new EchoOptions(version), default);
                Assert.True(opened.TryGet(out var socket, out var refusal), refusal?.Reason);
                await using (socket)
                {
                    Assert.Equal(method, socket.Method);
                    await action(socket);
                }
            },
            isDatagram ? Nobody : null);
    }
}
