using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Contracts;

/// <summary>What every host promises of ICMP echo: see the documentation of <see cref="IEchoSocket"/>.</summary>
public abstract class EchoContract
{
    /// <summary>Makes a world of its own for a test.</summary>
    protected abstract IContractWorld CreateWorld();

    [Theory]
    [InlineData(IpVersion.V4)]
    [InlineData(IpVersion.V6)]
    public Task A_reply_carries_what_the_request_did(IpVersion version) => InWorld(async world =>
    {
        await using var socket = await OpenAsync(world.A, version);
        var data = "to fathom is to understand"u8.ToArray();
        var start = world.A.Time.GetTimestamp();
        Assert.Null(await socket.SendAsync(world.AddressOfB(version), 7, data, default, default));
        var reply = Assert.IsType<EchoEvent.Reply>(await socket.ReceiveAsync(default));
        Assert.Equal(world.AddressOfB(version), reply.From);
        Assert.Equal(7, reply.Sequence);
        Assert.Equal(data.Length, reply.DataLength);
        Assert.True(reply.Data.IsEmpty || reply.Data.Span.SequenceEqual(data));
        Assert.InRange(reply.Timestamp, start, world.A.Time.GetTimestamp());
        Assert.True(reply.HopLimit is null or > 30);
    });

    [Fact]
    public Task A_large_request_is_cut_and_put_together_again() => InWorld(async world =>
    {
        await using var socket = await OpenAsync(world.A, IpVersion.V4);
        Assert.Null(await socket.SendAsync(world.AddressOfB(IpVersion.V4), 1, new byte[20_000], default, default));
        Assert.Equal(20_000, Assert.IsType<EchoEvent.Reply>(await socket.ReceiveAsync(default)).DataLength);
    });

    [Fact]
    public Task Many_requests_go_and_many_replies_come() => InWorld(async world =>
    {
        await using var socket = await OpenAsync(world.A, IpVersion.V4);
        var requests = Enumerable.Range(1, 20).Select(i => new EchoRequest(world.AddressOfB(IpVersion.V4), (ushort)i)).ToArray();
        Assert.Equal(new EchoSendResult(requests.Length, null), await socket.SendManyAsync(requests, new byte[8], default, default));
        var events = new EchoEvent[64];
        var sequences = new List<int>();
        while (sequences.Count < requests.Length)
        {
            var count = await socket.ReceiveManyAsync(events, wait: true, default);
            sequences.AddRange(events.Take(count).OfType<EchoEvent.Reply>().Select(static r => (int)r.Sequence));
        }

        Assert.Equal(Enumerable.Range(1, 20), sequences.Order());
    });

    [Fact]
    public Task Two_sockets_do_not_get_each_others_replies() => InWorld(async world =>
    {
        await using var first = await OpenAsync(world.A, IpVersion.V4);
        await using var second = await OpenAsync(world.A, IpVersion.V4);
        Assert.NotEqual(first.Identifier, second.Identifier);
        await first.SendAsync(world.AddressOfB(IpVersion.V4), 1, default, default, default);
        await second.SendAsync(world.AddressOfB(IpVersion.V4), 2, default, default, default);
        Assert.Equal(2, Assert.IsType<EchoEvent.Reply>(await second.ReceiveAsync(default)).Sequence);
        Assert.Equal(1, Assert.IsType<EchoEvent.Reply>(await first.ReceiveAsync(default)).Sequence);
    });

    [Fact]
    public Task Without_a_route_sending_is_a_local_error() => InWorld(async world =>
    {
        await using var socket = await OpenAsync(world.A, IpVersion.V4);
        Assert.Equal(NetworkErrorOrigin.Local, (await socket.SendAsync(world.Unrouted(IpVersion.V4), 1, default, default, default))?.Origin);
    });

    [Fact]
    public Task A_canceled_wait_is_an_exception() => InWorld(async world =>
    {
        await using var socket = await OpenAsync(world.A, IpVersion.V4);
        using var cancellation = new CancellationTokenSource();
        var receiving = socket.ReceiveAsync(cancellation.Token);
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await receiving);
    });

    private static async Task<IEchoSocket> OpenAsync(INetworkHost host, IpVersion version)
    {
        var opened = await host.OpenEchoAsync(new EchoOptions(version), default);
        Assert.True(opened.TryGet(out var socket, out var refusal), refusal?.Reason);
        return socket;
    }

    private async Task InWorld(Func<IContractWorld, Task> test)
    {
        await using var world = CreateWorld();
        await world.RunAsync(() => test(world));
    }
}
