using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Tests.Support;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Tests.Linux.Transport;

/// <summary>UDP through a router: datagrams, and the errors that come back.</summary>
public sealed class DatagramTests(RoutedNetwork network) : IClassFixture<RoutedNetwork>
{
    private const ushort ClosedPort = 9999;

    [Theory]
    [InlineData(IpVersion.V4)]
    [InlineData(IpVersion.V6)]
    public Task Datagrams_pass_both_ways_with_their_hop_limit(IpVersion version) => WithPair(version, async (near, far) =>
    {
        Assert.Null(await near.SendAsync("ping"u8.ToArray(), far.Local, new PacketOptions(HopLimit: 9), default));
        var buffer = new byte[100];
        var there = Assert.IsType<DatagramEvent.Received>(await far.ReceiveAsync(buffer, default));
        Assert.Equal("ping"u8.ToArray(), buffer[..there.Length]);
        Assert.Equal(RoutedNetwork.NearOf(version), there.From.Address);
        Assert.Equal(near.Local.Port, there.From.Port);
        Assert.Equal((byte)8, there.HopLimit);
        Assert.InRange(TimeProvider.System.GetElapsedTime(there.Timestamp), TimeSpan.Zero, TimeSpan.FromSeconds(5));

        // The next one has the system's hop limit again.
        Assert.Null(await far.SendAsync("pong"u8.ToArray(), there.From, default, default));
        var back = Assert.IsType<DatagramEvent.Received>(await near.ReceiveAsync(buffer, default));
        Assert.Equal((byte)63, back.HopLimit);
        Assert.Equal(far.Local, back.From);
        Assert.Null(await near.SendAsync("ping"u8.ToArray(), far.Local, default, default));
        Assert.Equal((byte)63, Assert.IsType<DatagramEvent.Received>(await far.ReceiveAsync(buffer, default)).HopLimit);
    });

    [Fact]
    public Task A_small_buffer_cuts_and_tells_the_length() => WithPair(IpVersion.V4, async (near, far) =>
    {
        await near.SendAsync(new byte[300], far.Local, default, default);
        var received = Assert.IsType<DatagramEvent.Received>(await far.ReceiveAsync(new byte[100], default));
        Assert.Equal((300, true), (received.Length, received.Truncated));
        await near.SendAsync(ReadOnlyMemory<byte>.Empty, far.Local, default, default);
        received = Assert.IsType<DatagramEvent.Received>(await far.ReceiveAsync(new byte[100], default));
        Assert.Equal((0, false), (received.Length, received.Truncated));
    });

    [Theory]
    [InlineData(IpVersion.V4, true, 3, 3)]
    [InlineData(IpVersion.V4, false, 3, 3)]
    [InlineData(IpVersion.V6, true, 1, 4)]
    [InlineData(IpVersion.V6, false, 1, 4)]
    public Task A_closed_port_answers_port_unreachable(IpVersion version, bool connected, byte type, byte code) => WithSocket(version, connected, async socket =>
    {
        var destination = new IpEndpoint(RoutedNetwork.FarOf(version), ClosedPort);
        Assert.Null(await socket.SendAsync("what?"u8.ToArray(), connected ? null : destination, default, default));
        var error = Assert.IsType<DatagramEvent.Failed>(await socket.ReceiveAsync(new byte[10], default)).Error;
        Assert.Equal((type, code), (error.Type, error.Code));
        Assert.Equal(RoutedNetwork.FarOf(version), error.Reporter);
        Assert.Equal(destination, error.Destination);
        Assert.Equal(111, error.SystemError); // ECONNREFUSED
        Assert.Equal("what?"u8.ToArray(), error.Quoted.ToArray());
    });

    [Theory]
    [InlineData(IpVersion.V4, 11)]
    [InlineData(IpVersion.V6, 3)]
    public Task A_hop_limited_datagram_yields_time_exceeded_from_the_router(IpVersion version, byte type) => WithSocket(version, false, async socket =>
    {
        Assert.Null(await socket.SendAsync("x"u8.ToArray(), new IpEndpoint(RoutedNetwork.FarOf(version), ClosedPort), new PacketOptions(1), default));
        var error = Assert.IsType<DatagramEvent.Failed>(await socket.ReceiveAsync(new byte[10], default)).Error;
        Assert.Equal((type, (byte)0), (error.Type, error.Code));
        Assert.Equal(RoutedNetwork.RouterOf(version), error.Reporter);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Every_datagram_is_sent_and_every_error_is_told(bool connected) => WithSocket(IpVersion.V4, connected, async socket =>
    {
        // Each send meets the error of the one before it.
        const int Count = 200;
        var destination = new IpEndpoint(RoutedNetwork.FarV4, ClosedPort);
        for (byte i = 0; i < Count; i++) Assert.Null(await socket.SendAsync(new[] { i }, connected ? null : destination, default, default));
        var told = new HashSet<byte>();
        while (told.Count < Count)
        {
            var error = Assert.IsType<DatagramEvent.Failed>(await socket.ReceiveAsync(new byte[10], default)).Error;
            Assert.Equal(NetworkErrorOrigin.Icmp, error.Origin);
            Assert.True(told.Add(Assert.Single(error.Quoted.ToArray())), "an error was told twice");
        }
    });

    [Fact]
    public Task A_waiting_reader_is_told_of_errors_that_a_sender_met() => WithSocket(IpVersion.V4, false, async socket =>
    {
        var destination = new IpEndpoint(RoutedNetwork.FarV4, ClosedPort);
        for (var round = 0; round < 100; round++)
        {
            var reading = socket.ReceiveAsync(new byte[10], default);
            Assert.Null(await socket.SendAsync("1"u8.ToArray(), destination, default, default));
            Assert.Null(await socket.SendAsync("2"u8.ToArray(), destination, default, default));
            Assert.IsType<DatagramEvent.Failed>(await reading);
            Assert.IsType<DatagramEvent.Failed>(await socket.ReceiveAsync(new byte[10], default));
        }
    });

    [Theory]
    [InlineData(IpVersion.V4, 1472)] // 1500 octets of packet
    [InlineData(IpVersion.V6, 1452)]
    public Task Above_the_interfaces_MTU_a_whole_datagram_is_a_local_error(IpVersion version, int largest) => WithSocket(version, false, async socket =>
    {
        var destination = new IpEndpoint(RoutedNetwork.FarOf(version), ClosedPort);
        Assert.Null(await socket.SendAsync(new byte[largest], destination, new PacketOptions(DontFragment: true), default));
        Assert.IsType<DatagramEvent.Failed>(await socket.ReceiveAsync(new byte[10], default));
        var error = await socket.SendAsync(new byte[largest + 1], destination, new PacketOptions(DontFragment: true), default);
        Assert.Equal((NetworkErrorOrigin.Local, 90, 1500), (error!.Origin, error.SystemError, error.NextHopMtu ?? 0)); // EMSGSIZE
        Assert.Equal(destination, error.Destination);
        // Without it the packet is cut into fragments, and the port is unreachable as before.
        Assert.Null(await socket.SendAsync(new byte[largest + 1], destination, default, default));
        var unreachable = Assert.IsType<DatagramEvent.Failed>(await socket.ReceiveAsync(new byte[10], default)).Error;
        Assert.NotEqual(NetworkErrorOrigin.Local, unreachable.Origin);
    });

    [Theory]
    [InlineData(IpVersion.V4, 3, 4)]
    [InlineData(IpVersion.V6, 2, 0)]
    public async Task A_narrow_link_behind_the_router_is_told_with_its_MTU(IpVersion version, byte type, byte code)
    {
        using var narrow = new RoutedNetwork();
        narrow.Router.Run("ip link set rfar0 mtu 1300");
        await narrow.Near.RunAsync(async () =>
        {
            await using var socket = (await OsHost.Create().OpenDatagramAsync(new DatagramOptions(version), default)).Value!;
            var destination = new IpEndpoint(RoutedNetwork.FarOf(version), ClosedPort);
            // Twice: the second goes above the path MTU that the system now knows.
            for (var i = 0; i < 2; i++)
            {
                Assert.Null(await socket.SendAsync(new byte[1400], destination, new PacketOptions(DontFragment: true), default));
                var error = Assert.IsType<DatagramEvent.Failed>(await socket.ReceiveAsync(new byte[10], default)).Error;
                Assert.Equal((type, code, 1300), (error.Type, error.Code, error.NextHopMtu ?? 0));
                Assert.Equal(RoutedNetwork.RouterOf(version), error.Reporter);
            }

            Assert.Equal(1300, (await OsHost.Create().FindRouteAsync(RoutedNetwork.FarOf(version), default)).Value!.PathMtu);
        });
    }

    [Fact]
    public async Task Without_a_route_each_send_says_so_and_a_route_that_comes_is_used()
    {
        using var place = new NetworkNamespace();
        await place.RunAsync(async () =>
        {
            var remote = new IpEndpoint(IpAddress.Parse("10.8.0.2"), ClosedPort);
            await using var socket = (await OsHost.Create().OpenDatagramAsync(new DatagramOptions(IpVersion.V4) { Remote = remote }, default)).Value!;
            var error = await socket.SendAsync("x"u8.ToArray(), null, default, default);
            Assert.Equal((NetworkErrorOrigin.Local, 101), (error!.Origin, error.SystemError)); // ENETUNREACH
            place.Run("ip addr add 10.8.0.2/32 dev lo");
            Assert.Null(await socket.SendAsync("x"u8.ToArray(), null, default, default));
            Assert.IsType<DatagramEvent.Failed>(await socket.ReceiveAsync(new byte[10], default));
        });
    }

    [Fact]
    public async Task A_local_rule_that_rejects_is_the_hosts_own_error()
    {
        using var rule = new RejectRule(network.Near, "udp dport 7790 reject with icmp type admin-prohibited", "output");
        await WithSocket(IpVersion.V4, false, async socket =>
        {
            var sent = await socket.SendAsync("x"u8.ToArray(), new IpEndpoint(RoutedNetwork.FarV4, 7790), default, default);
            var error = sent ?? Assert.IsType<DatagramEvent.Failed>(await socket.ReceiveAsync(new byte[10], default)).Error;
            Assert.Equal(NetworkErrorOrigin.Local, error.Origin);
            Assert.Null(error.Reporter);
        });
    }

    [Fact]
    public Task Disposal_and_cancellation_end_a_pending_read() => WithSocket(IpVersion.V4, false, async socket =>
    {
        using var cancellation = new CancellationTokenSource();
        var reading = socket.ReceiveAsync(new byte[10], cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
        reading = socket.ReceiveAsync(new byte[10], default);
        await socket.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await reading);
    });

    [Fact]
    public async Task A_link_local_peer_is_reached_by_its_zone() => await network.Near.RunAsync(async () =>
    {
        var host = OsHost.Create();
        var near0 = (await host.GetInterfacesAsync(default)).Value!.Single(entry => entry.Name == "near0");
        var own = near0.Addresses.Single(entry => entry.Address.IsLinkLocal).Address;
        Assert.Equal((uint)near0.Index, own.Zone);
        await using var socket = (await host.OpenDatagramAsync(new DatagramOptions(IpVersion.V6) { Local = new IpEndpoint(own, 0) }, default)).Value!;
        Assert.Equal(own, socket.Local.Address);
        Assert.Null(await socket.SendAsync("self"u8.ToArray(), socket.Local, default, default));
        Assert.Equal(socket.Local, Assert.IsType<DatagramEvent.Received>(await socket.ReceiveAsync(new byte[10], default)).From);
    });

    private Task WithSocket(IpVersion version, bool connected, Func<IDatagramSocket, Task> action) => network.Near.RunAsync(async () =>
    {
        var options = new DatagramOptions(version) { Remote = connected ? new IpEndpoint(RoutedNetwork.FarOf(version), ClosedPort) : null };
        await using var socket = (await OsHost.Create().OpenDatagramAsync(options, default)).Value!;
        Assert.NotEqual(0, (int)socket.Local.Port);
        await action(socket);
    });

    private async Task WithPair(IpVersion version, Func<IDatagramSocket, IDatagramSocket, Task> action)
    {
        IDatagramSocket? far = null;
        await network.Far.RunAsync(async () => far = (await OsHost.Create().OpenDatagramAsync(
            new DatagramOptions(version) { Local = new IpEndpoint(RoutedNetwork.FarOf(version), 0) }, default)).Value!);
        await using (far) await WithSocket(version, false, near => action(near, far!));
    }
}
