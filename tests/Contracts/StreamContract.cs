using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Contracts;

/// <summary>What every host promises of TCP: see the documentation of <see cref="IStreamConnection"/>, <see cref="IStreamListener"/> and <see cref="ConnectResult"/>.</summary>
public abstract class StreamContract
{
    private static readonly ConnectOptions Patient = new(TimeSpan.FromSeconds(20));

    /// <summary>Makes a world of its own for a test.</summary>
    protected abstract IContractWorld CreateWorld();

    [Theory]
    [InlineData(IpVersion.V4)]
    [InlineData(IpVersion.V6)]
    public Task Octets_and_ends_pass_both_ways(IpVersion version) => WithConnection(version, async (client, server) =>
    {
        Assert.Equal(client.Local, server.Remote);
        Assert.Equal(client.Remote, server.Local);
        Assert.Equal(new StreamResult(StreamStatus.Ok, 5), await client.WriteAsync("hello"u8.ToArray(), default));
        Assert.Equal("hello"u8.ToArray(), await ReadAsync(server, 5));
        Assert.Equal(StreamStatus.Ok, (await client.ShutdownAsync(default)).Status);
        Assert.Equal(StreamStatus.End, (await server.ReadAsync(new byte[10], default)).Status);
        await server.WriteAsync("bye"u8.ToArray(), default);
        await server.ShutdownAsync(default);
        Assert.Equal("bye"u8.ToArray(), await ReadAsync(client, 3));
        Assert.Equal(StreamStatus.End, (await client.ReadAsync(new byte[10], default)).Status);

        // A write after one's own end is no reset by the peer.
        Assert.Equal(StreamStatus.Failed, (await client.WriteAsync("x"u8.ToArray(), default)).Status);
    });

    [Fact]
    public Task More_than_the_buffers_hold_is_written_whole() => WithConnection(IpVersion.V4, async (client, server) =>
    {
        var sent = Octets(20_000_000);
        var writing = client.WriteAsync(sent, default);
        var received = await ReadAsync(server, sent.Length);
        Assert.Equal(new StreamResult(StreamStatus.Ok, sent.Length), await writing);
        Assert.True(IsSame(sent, received));
    });

    [Fact]
    public Task Both_ways_at_once_neither_waits_for_the_other() => WithConnection(IpVersion.V6, async (client, server) =>
    {
        var up = Octets(3_000_000);
        var down = Octets(2_000_000);
        Array.Reverse(down);
        var writingUp = client.WriteAsync(up, default);
        var writingDown = server.WriteAsync(down, default);
        var readingUp = ReadAsync(server, up.Length);
        Assert.True(IsSame(down, await ReadAsync(client, down.Length)));
        Assert.True(IsSame(up, await readingUp));
        Assert.Equal(StreamStatus.Ok, (await writingUp).Status);
        Assert.Equal(StreamStatus.Ok, (await writingDown).Status);
    });

    [Fact]
    public Task Abort_is_a_reset_at_the_other_end_for_every_later_call() => WithConnection(IpVersion.V4, async (client, server) =>
    {
        var reading = client.ReadAsync(new byte[10], default);
        server.Abort();
        Assert.Equal(StreamStatus.Reset, (await reading).Status);
        Assert.Equal(StreamStatus.Reset, (await client.ReadAsync(new byte[10], default)).Status);
        Assert.Equal(StreamStatus.Reset, (await client.WriteAsync("x"u8.ToArray(), default)).Status);
        Assert.NotEqual(StreamStatus.Ok, (await client.ShutdownAsync(default)).Status);
    });

    [Fact]
    public Task A_canceled_read_leaves_the_connection_usable() => WithConnection(IpVersion.V4, async (client, server) =>
    {
        using var cancellation = new CancellationTokenSource();
        var reading = client.ReadAsync(new byte[10], cancellation.Token);
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
        await server.WriteAsync("late"u8.ToArray(), default);
        Assert.Equal("late"u8.ToArray(), await ReadAsync(client, 4));
    });

    [Fact]
    public Task A_canceled_token_is_an_exception_before_anything_is_done() => WithConnection(IpVersion.V4, async (client, server) =>
    {
        var canceled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.ReadAsync(new byte[1], canceled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.WriteAsync(new byte[1], canceled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.ShutdownAsync(canceled));
        await client.ShutdownAsync(default);
        Assert.Equal(StreamStatus.End, (await server.ReadAsync(new byte[10], default)).Status);
    });

    [Fact]
    public Task Disposal_ends_a_pending_read() => WithConnection(IpVersion.V4, async (client, _) =>
    {
        var reading = client.ReadAsync(new byte[10], default);
        await client.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await reading);
    });

    [Fact]
    public Task The_figures_say_that_it_is_open_and_what_went() => WithConnection(IpVersion.V4, async (client, server) =>
    {
        await client.WriteAsync(new byte[1000], default);
        await ReadAsync(server, 1000);
        await server.WriteAsync(new byte[1], default);
        await ReadAsync(client, 1);
        Assert.True(client.GetTcpInfo().TryGet(out var info, out _));
        Assert.Equal(TcpStates.Established, info.State);
        Assert.True(info.BytesAcknowledged is null or >= 1000, $"{info.BytesAcknowledged}");
        Assert.True(info.SmoothedRoundTrip > TimeSpan.Zero, $"{info.SmoothedRoundTrip}");
        Assert.InRange(info.SendMaximumSegmentSize ?? 0, 500, 65535);

        // What has come in one segment, as far as it says anything of the peer's.
        Assert.True(server.GetTcpInfo().TryGet(out var received, out _));
        Assert.InRange(received.ReceiveMaximumSegmentSize ?? 0, 500, 65535);
        Assert.Equal(0, info.Retransmissions ?? 0);
        Assert.Empty(client.TakeErrors());
    });

    [Theory]
    [InlineData(IpVersion.V4)]
    [InlineData(IpVersion.V6)]
    public Task A_closed_port_is_a_reset(IpVersion version) => InWorld(async world =>
    {
        var result = await world.A.ConnectAsync(new IpEndpoint(world.AddressOfB(version), 4), Patient, default);
        Assert.IsType<ConnectResult.Reset>(result);
        Assert.Equal(world.AddressOfA(version), result.Local?.Address);
    });

    [Fact]
    public Task Where_no_route_leads_is_unreachable_by_a_local_error() => InWorld(async world =>
    {
        var result = await world.A.ConnectAsync(new IpEndpoint(world.Unrouted(IpVersion.V4), 80), Patient, default);
        var unreachable = Assert.IsType<ConnectResult.Unreachable>(result);
        Assert.Equal(Fathom.Hosts.Internet.NetworkErrorOrigin.Local, unreachable.Error.Origin);
    });

    [Fact]
    public Task Who_does_not_answer_is_a_time_out_after_the_time_given() => InWorld(async world =>
    {
        var start = world.A.Time.GetTimestamp();
        var result = await world.A.ConnectAsync(new IpEndpoint(world.Silent(IpVersion.V4), 80), new ConnectOptions(TimeSpan.FromSeconds(1.5)), default);
        var timedOut = Assert.IsType<ConnectResult.TimedOut>(result);
        Assert.InRange(world.A.Time.GetElapsedTime(start).TotalSeconds, 1.5, 1.5 + world.Lateness.TotalSeconds);
        Assert.True(timedOut.Info?.Retransmissions is null or >= 1);
    });

    [Fact]
    public Task A_canceled_attempt_is_an_exception() => InWorld(async world =>
    {
        using var cancellation = new CancellationTokenSource();
        var connecting = world.A.ConnectAsync(new IpEndpoint(world.Silent(IpVersion.V4), 80), Patient, cancellation.Token);
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await connecting);
    });

    [Fact]
    public Task A_port_that_listens_is_refused_to_a_second_listener() => InWorld(async world =>
    {
        var first = (await world.B.ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.AnyV4, 0)), default)).Value!;
        Assert.NotEqual(0, first.Local.Port);
        var second = await world.B.ListenAsync(new ListenOptions(first.Local), default);
        Assert.Equal(HostRefusalKind.AddressInUse, second.Refusal?.Kind);
        await first.DisposeAsync();
        var third = await world.B.ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.AnyV4, first.Local.Port)), default);
        Assert.NotNull(third.Value);
        await third.Value.DisposeAsync();
    });

    [Fact]
    public Task A_port_with_a_connection_in_TIME_WAIT_is_taken_for_who_does_not_reuse_it() => InWorld(async world =>
    {
        var listener = (await world.B.ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.AnyV4, 0)), default)).Value!;
        var accepting = listener.AcceptAsync(default);
        var result = await world.A.ConnectAsync(new IpEndpoint(world.AddressOfB(IpVersion.V4), listener.Local.Port), Patient, default);
        var client = Assert.IsType<ConnectResult.Connected>(result).Connection;
        var server = await accepting;

        // Who closes first has TIME-WAIT (RFC 9293 §3.6).
        await server.ShutdownAsync(default);
        Assert.Equal(StreamStatus.End, (await client.ReadAsync(new byte[1], default)).Status);
        await client.ShutdownAsync(default);
        Assert.Equal(StreamStatus.End, (await server.ReadAsync(new byte[1], default)).Status);
        var (here, there) = (server.Local, client.Local);
        await client.DisposeAsync();
        await server.DisposeAsync();
        await listener.DisposeAsync();

        var sockets = (await world.B.GetSocketsAsync(default)).Value!.Sockets;
        Assert.Contains(sockets, s => s.State == TcpStates.TimeWait && s.Local == here && s.Remote == there);
        var local = new IpEndpoint(IpAddress.AnyV4, here.Port);
        Assert.Equal(HostRefusalKind.AddressInUse, (await world.B.ListenAsync(new ListenOptions(local) { ReuseAddress = false }, default)).Refusal?.Kind);
        var again = await world.B.ListenAsync(new ListenOptions(local), default);
        Assert.NotNull(again.Value);
        await again.Value.DisposeAsync();
    });

    [Fact]
    public Task A_disposed_listener_ends_a_pending_accept() => InWorld(async world =>
    {
        var listener = (await world.B.ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.AnyV4, 0)), default)).Value!;
        var accepting = listener.AcceptAsync(default);
        await listener.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await accepting);
    });

    [Fact]
    public Task The_list_of_sockets_shows_who_listens_and_who_is_connected() => WithConnection(IpVersion.V4, async (client, server, world) =>
    {
        var sockets = (await world.B.GetSocketsAsync(default)).Value!.Sockets;
        Assert.Contains(sockets, s => s.IsListening && s.Protocol == IpProtocol.Tcp && s.Local.Port == server.Local.Port);
        Assert.Contains(sockets, s => s.State == TcpStates.Established && s.Local == server.Local && s.Remote == client.Local);
    });

    protected Task InWorld(Func<IContractWorld, Task> test)
    {
        return RunAsync();

        async Task RunAsync()
        {
            await using var world = CreateWorld();
            await world.RunAsync(() => test(world));
        }
    }

    private static bool IsSame(byte[] expected, byte[] octets) => expected.AsSpan().SequenceEqual(octets);

    private static byte[] Octets(int count)
    {
        var octets = new byte[count];
        for (var i = 0; i < count; i++) octets[i] = (byte)(i * 7919 >> 5);
        return octets;
    }

    private static async Task<byte[]> ReadAsync(IStreamConnection connection, int count)
    {
        var octets = new byte[count];
        for (var at = 0; at < count;)
        {
            var result = await connection.ReadAsync(octets.AsMemory(at), default);
            Assert.Equal(StreamStatus.Ok, result.Status);
            at += result.Count;
        }

        return octets;
    }

    private Task WithConnection(IpVersion version, Func<IStreamConnection, IStreamConnection, Task> test) => WithConnection(version, (client, server, _) => test(client, server));

    private Task WithConnection(IpVersion version, Func<IStreamConnection, IStreamConnection, IContractWorld, Task> test) => InWorld(async world =>
    {
        var any = version == IpVersion.V6 ? IpAddress.AnyV6 : IpAddress.AnyV4;
        await using var listener = (await world.B.ListenAsync(new ListenOptions(new IpEndpoint(any, 0)), default)).Value!;
        var accepting = listener.AcceptAsync(default);
        var result = await world.A.ConnectAsync(new IpEndpoint(world.AddressOfB(version), listener.Local.Port), Patient, default);
        await using var client = Assert.IsType<ConnectResult.Connected>(result).Connection;
        await using var server = await accepting;
        await test(client, server, world);
    });
}
