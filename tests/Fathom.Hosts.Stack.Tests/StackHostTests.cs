using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Hosts.Stack.Tests.Support;
using Fathom.Hosts.Transport;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Stack.Tests;

/// <summary>What a host on the stack tells of itself, and how it hands work to its driver.</summary>
public sealed class StackHostTests
{
    private static readonly ConnectOptions Patient = new(TimeSpan.FromSeconds(20));

    [Fact]
    public Task Its_interfaces_have_addresses_and_counters() => InWorld(async world =>
    {
        await PingAsync(world);
        var interfaces = (await world.A.GetInterfacesAsync(default)).Value!;
        var ethernet = Assert.Single(interfaces, static i => i.Kind == InterfaceKind.Ethernet);
        Assert.Equal("eth0", ethernet.Name);
        Assert.Equal(1500, ethernet.Mtu);
        Assert.Contains(ethernet.Addresses, static a => a.Address == IpAddress.Parse("10.0.0.1") && a.PrefixLength == 24);
        Assert.True(ethernet.IsUsable);
        Assert.True(ethernet.Counters is { ReceivedPackets: > 0, SentPackets: > 0, ReceivedOctets: > 0 });
        Assert.Single(interfaces, static i => i.Kind == InterfaceKind.Loopback);
    });

    [Fact]
    public Task Its_neighbor_is_known_after_a_packet() => InWorld(async world =>
    {
        await PingAsync(world);
        var neighbor = Assert.Single((await world.A.GetNeighborsAsync(default)).Value!, n => n.Address == world.AddressOfB(IpVersion.V4));
        Assert.Equal(MacAddress.FromValue(0x0200_0000_0002), neighbor.HardwareAddress);
        Assert.Equal(NeighborState.Reachable, neighbor.State);
    });

    [Theory]
    [InlineData("10.0.0.2", RouteKind.Unicast, null, "10.0.0.1")]
    [InlineData("10.2.3.4", RouteKind.Unicast, "10.0.0.254", "10.0.0.1")]
    [InlineData("10.0.0.1", RouteKind.Local, null, "10.0.0.1")]
    [InlineData("10.0.0.255", RouteKind.Broadcast, null, "10.0.0.1")]
    [InlineData("10.3.0.1", RouteKind.None, null, null)]
    [InlineData("fd00:2::1", RouteKind.Unicast, "fd00::fe", "fd00::1")]
    public Task It_says_what_it_would_do_with_a_packet(string destination, RouteKind kind, string? gateway, string? source) => InWorld(async world =>
    {
        var decision = (await world.A.FindRouteAsync(IpAddress.Parse(destination), default)).Value!;
        Assert.Equal(kind, decision.Kind);
        Assert.Equal(gateway, decision.Gateway?.ToString());
        Assert.Equal(source, decision.Source?.ToString());
    });

    [Fact]
    public Task Its_routes_are_those_of_the_stack_and_its_own_addresses() => InWorld(async world =>
    {
        var routes = (await world.A.GetRoutesAsync(default)).Value!;
        Assert.Contains(routes, static r => r is { Kind: RouteKind.Unicast, Gateway: null } && r.Destination.ToString() == "10.0.0.0/24");
        Assert.Contains(routes, static r => r.Kind == RouteKind.Unicast && r.Gateway?.ToString() == "10.0.0.254" && r.Destination.ToString() == "10.2.0.0/16");
        Assert.Contains(routes, static r => r.Kind == RouteKind.Local && r.Destination.ToString() == "10.0.0.1/32");
    });

    [Fact]
    public Task A_capture_shows_the_handshake_when_connect_returns() => InWorld(async world =>
    {
        await using var capture = (await world.A.OpenCaptureAsync(new CaptureOptions(), default)).Value!;
        await using var listener = (await world.B.ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.AnyV4, 80)), default)).Value!;
        var result = await world.A.ConnectAsync(new IpEndpoint(world.AddressOfB(IpVersion.V4), 80), Patient, default);
        await using var connection = Assert.IsType<ConnectResult.Connected>(result).Connection;
        var flags = new List<(FrameDirection, TcpFlags)>();
        while (capture.TryRead(out var frame))
        {
            Assert.Equal((1, "eth0"), (frame.LinkType, frame.InterfaceName));
            DecodedPacket.Read(frame.LinkType, frame.Bytes.Span, out var packet);
            if (packet.Protocol == IpProtocol.Tcp) flags.Add((frame.Direction, packet.Tcp.Flags));
        }

        Assert.Equal([(FrameDirection.Sent, TcpFlags.Syn), (FrameDirection.Received, TcpFlags.Syn | TcpFlags.Ack)], flags.Take(2));
        Assert.Equal(0, capture.Dropped);
    });

    [Fact]
    public Task A_capture_that_is_closed_ends_its_reader() => InWorld(async world =>
    {
        var capture = (await world.A.OpenCaptureAsync(new CaptureOptions(), default)).Value!;
        var waiting = capture.WaitAsync(default);
        await capture.DisposeAsync();
        Assert.False(await waiting);
        Assert.False(await capture.WaitAsync(default));
    });

    [Fact]
    public Task A_frame_goes_out_as_it_is() => InWorld(async world =>
    {
        await using var capture = (await world.B.OpenCaptureAsync(new CaptureOptions(), default)).Value!;
        var index = (await world.A.GetInterfacesAsync(default)).Value!.Single(static i => i.Name == "eth0").Index;
        var frame = new byte[60];
        frame.AsSpan(0, 6).Fill(0xFF);
        frame[12] = 0x88;
        frame[13] = 0xB5; // IEEE 802 local experimental
        Assert.Null(await world.A.SendFrameAsync(index, frame, default));
        CapturedFrame? seen;
        do
        {
            Assert.True(await capture.WaitAsync(default));
            Assert.True(capture.TryRead(out seen));
        }
        while (seen.Bytes.Span[0] != 0xFF);

        Assert.Equal(frame, seen.Bytes.ToArray());
        Assert.NotNull(await world.A.SendFrameAsync(99, frame, default));
    });

    [Fact]
    public Task What_it_was_not_given_it_refuses_with_the_reason() => InWorld(async world =>
    {
        // That it has no resolver it knows: it is the answer, not a refusal.
        Assert.Empty((await world.A.GetResolverConfigurationAsync(default)).Value!.Servers);
        Assert.Equal(HostRefusalKind.NotSupported, (await world.A.GetTrustAnchorsAsync(default)).Refusal?.Kind);
    });

    [Fact]
    public Task Two_readers_at_once_are_a_mistake() => InWorld(async world =>
    {
        var (client, server) = await ConnectAsync(world);
        var first = client.ReadAsync(new byte[1], default);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await client.ReadAsync(new byte[1], default));
        await server.WriteAsync(new byte[1], default);
        Assert.Equal(1, (await first).Count);
    });

    [Fact]
    public Task Reading_and_writing_allocate_nothing_in_the_long_run() => InWorld(async world =>
    {
        var (client, server) = await ConnectAsync(world);
        var octets = new byte[10_000];
        var serving = EchoAsync(server);
        await RoundsAsync(client, octets, 300);

        // The two calls of this test's own: their tasks. A single object for each read would be fifty times as much.
        const int Rounds = 300, Own = 4_000;
        Assert.InRange(await Allocations.LeastAsync(() => RoundsAsync(client, octets, Rounds), Own), 0, Own);
        client.Abort();
        await serving;
    });

    [Fact]
    public Task Nothing_is_left_when_everything_is_closed() => InWorld(async world =>
    {
        for (var i = 0; i < 50; i++)
        {
            var (client, server) = await ConnectAsync(world);
            await client.WriteAsync(new byte[5000], default);
            await server.WriteAsync(new byte[5000], default);
            var buffer = new byte[5000];
            for (var count = 0; count < buffer.Length;) count += (await client.ReadAsync(buffer, default)).Count;
            for (var count = 0; count < buffer.Length;) count += (await server.ReadAsync(buffer, default)).Count;
            await client.DisposeAsync();
            Assert.Equal(StreamStatus.End, (await server.ReadAsync(buffer, default)).Status);
            await server.DisposeAsync();
        }

        // Both sides' last timers: TIME-WAIT lasts a minute.
        await Task.Delay(TimeSpan.FromMinutes(5), world.Time);
        Assert.Empty(world.A.Stack.Tcp.Connections);
        Assert.Empty(world.B.Stack.Tcp.Connections);
        Assert.Equal((0, 0), (world.A.Stack.Tcp.TimeWaitCount, world.B.Stack.Tcp.TimeWaitCount));
        Assert.Equal(0, world.Rented);
    });

    private static async Task PingAsync(PairWorld world)
    {
        await using var socket = (await world.A.OpenEchoAsync(new EchoOptions(IpVersion.V4), default)).Value!;
        await socket.SendAsync(world.AddressOfB(IpVersion.V4), 1, default, default, default);
        Assert.IsType<EchoEvent.Reply>(await socket.ReceiveAsync(default));
    }

    private static async Task<(IStreamConnection Client, IStreamConnection Server)> ConnectAsync(PairWorld world)
    {
        await using var listener = (await world.B.ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.AnyV4, 0)), default)).Value!;
        var accepting = listener.AcceptAsync(default);
        var result = await world.A.ConnectAsync(new IpEndpoint(world.AddressOfB(IpVersion.V4), listener.Local.Port), Patient, default);
        return (Assert.IsType<ConnectResult.Connected>(result).Connection, await accepting);
    }

    private static async Task EchoAsync(IStreamConnection connection)
    {
        var buffer = new byte[4096];
        while (await connection.ReadAsync(buffer, default) is { Status: StreamStatus.Ok } read) await connection.WriteAsync(buffer.AsMemory(0, read.Count), default);
    }

    private static async Task RoundsAsync(IStreamConnection connection, byte[] octets, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            await connection.WriteAsync(octets, default);
            for (var count = 0; count < octets.Length;) count += (await connection.ReadAsync(octets, default)).Count;
        }
    }

    private static async Task InWorld(Func<PairWorld, Task> test)
    {
        await using var world = new PairWorld();
        await world.RunAsync(() => test(world));
    }
}
