using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Contracts;

/// <summary>What every host promises of UDP: see the documentation of <see cref="IDatagramSocket"/>.</summary>
public abstract class DatagramContract
{
    /// <summary>Makes a world of its own for a test.</summary>
    protected abstract IContractWorld CreateWorld();

    [Theory]
    [InlineData(IpVersion.V4)]
    [InlineData(IpVersion.V6)]
    public Task A_datagram_arrives_with_its_sender_and_hop_limit(IpVersion version) => InWorld(async world =>
    {
        await using var server = await OpenAsync(world.B, new DatagramOptions(version));
        await using var client = await OpenAsync(world.A, new DatagramOptions(version) { Local = new IpEndpoint(world.AddressOfA(version), 0) });
        Assert.NotEqual(0, server.Local.Port);
        Assert.Null(await client.SendAsync("hello"u8.ToArray(), new IpEndpoint(world.AddressOfB(version), server.Local.Port), new PacketOptions(HopLimit: 33), default));
        var buffer = new byte[100];
        var received = Assert.IsType<DatagramEvent.Received>(await server.ReceiveAsync(buffer, default));
        Assert.Equal("hello"u8.ToArray(), buffer[..received.Length]);
        Assert.Equal(client.Local, received.From);
        Assert.Equal((byte)(33 - world.RoutersBetween), received.HopLimit);
        Assert.False(received.Truncated);
    });

    [Fact]
    public Task What_does_not_fit_is_cut_and_says_so() => InWorld(async world =>
    {
        await using var server = await OpenAsync(world.B, new DatagramOptions(IpVersion.V4));
        await using var client = await OpenAsync(world.A, new DatagramOptions(IpVersion.V4));
        await client.SendAsync(new byte[3000], new IpEndpoint(world.AddressOfB(IpVersion.V4), server.Local.Port), default, default);
        var received = Assert.IsType<DatagramEvent.Received>(await server.ReceiveAsync(new byte[10], default));
        Assert.True(received.Truncated);
        Assert.Equal(3000, received.Length);
    });

    [Theory]
    [InlineData(IpVersion.V4)]
    [InlineData(IpVersion.V6)]
    public Task A_closed_port_is_told_with_the_message_and_its_sender(IpVersion version) => InWorld(async world =>
    {
        var remote = new IpEndpoint(world.AddressOfB(version), 4);
        await using var client = await OpenAsync(world.A, new DatagramOptions(version) { Remote = remote });
        Assert.Null(await client.SendAsync("anyone?"u8.ToArray(), null, default, default));
        var failed = Assert.IsType<DatagramEvent.Failed>(await client.ReceiveAsync(new byte[10], default));
        Assert.Equal(version == IpVersion.V6 ? (NetworkErrorOrigin.Icmpv6, 1, 4) : (NetworkErrorOrigin.Icmp, 3, 3), (failed.Error.Origin, failed.Error.Type, failed.Error.Code));
        Assert.Equal(world.AddressOfB(version), failed.Error.Reporter);
        Assert.Equal(remote, failed.Error.Destination);
    });

    [Fact]
    public Task A_connected_socket_hears_its_peer_only() => InWorld(async world =>
    {
        await using var peer = await OpenAsync(world.B, new DatagramOptions(IpVersion.V4));
        await using var other = await OpenAsync(world.B, new DatagramOptions(IpVersion.V4));
        var remote = new IpEndpoint(world.AddressOfB(IpVersion.V4), peer.Local.Port);
        await using var client = await OpenAsync(world.A, new DatagramOptions(IpVersion.V4) { Remote = remote });
        var here = new IpEndpoint(world.AddressOfA(IpVersion.V4), client.Local.Port);
        await other.SendAsync("stranger"u8.ToArray(), here, default, default);
        await peer.SendAsync("friend"u8.ToArray(), here, default, default);
        var received = Assert.IsType<DatagramEvent.Received>(await client.ReceiveAsync(new byte[10], default));
        Assert.Equal(remote, received.From);
    });

    [Fact]
    public Task A_port_in_use_is_refused() => InWorld(async world =>
    {
        await using var first = await OpenAsync(world.B, new DatagramOptions(IpVersion.V4));
        var second = await world.B.OpenDatagramAsync(new DatagramOptions(IpVersion.V4) { Local = new IpEndpoint(IpAddress.AnyV4, first.Local.Port) }, default);
        Assert.Equal(HostRefusalKind.AddressInUse, second.Refusal?.Kind);
    });

    [Fact]
    public Task Without_a_route_sending_is_a_local_error() => InWorld(async world =>
    {
        await using var client = await OpenAsync(world.A, new DatagramOptions(IpVersion.V4));
        var error = await client.SendAsync(new byte[1], new IpEndpoint(world.Unrouted(IpVersion.V4), 9), default, default);
        Assert.Equal(NetworkErrorOrigin.Local, error?.Origin);
        Assert.NotEqual(0, error?.SystemError);
    });

    [Fact]
    public Task What_is_too_big_and_may_not_be_cut_is_a_local_error() => InWorld(async world =>
    {
        await using var client = await OpenAsync(world.A, new DatagramOptions(IpVersion.V4));
        var error = await client.SendAsync(new byte[3000], new IpEndpoint(world.AddressOfB(IpVersion.V4), 9), new PacketOptions(DontFragment: true), default);
        Assert.Equal(90, error?.SystemError); // EMSGSIZE
    });

    [Fact]
    public Task A_canceled_wait_and_disposal_end_it() => InWorld(async world =>
    {
        var socket = await OpenAsync(world.A, new DatagramOptions(IpVersion.V4));
        using var cancellation = new CancellationTokenSource();
        var receiving = socket.ReceiveAsync(new byte[1], cancellation.Token);
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await receiving);
        receiving = socket.ReceiveAsync(new byte[1], default);
        await socket.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await receiving);
    });

    [Fact]
    public Task A_destination_is_given_once() => InWorld(async world =>
    {
        await using var free = await OpenAsync(world.A, new DatagramOptions(IpVersion.V4));
        await Assert.ThrowsAsync<ArgumentException>(async () => await free.SendAsync(new byte[1], null, default, default));
    });

    private static async Task<IDatagramSocket> OpenAsync(INetworkHost host, DatagramOptions options)
    {
        var opened = await host.OpenDatagramAsync(options, default);
        Assert.True(opened.TryGet(out var socket, out var refusal), refusal?.Reason);
        return socket;
    }

    private async Task InWorld(Func<IContractWorld, Task> test)
    {
        await using var world = CreateWorld();
        await world.RunAsync(() => test(world));
    }
}
