using Fathom.Hosts.Os.Linux.Native;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Tests.Linux.Native;

/// <summary>Waiting on a socket: what ends a wait, and what must not be lost.</summary>
public sealed class PollRegistrationTests
{
    [Fact]
    public async Task A_wake_ends_the_readers_wait_or_the_next_one()
    {
        using var socket = Open();
        var waiting = socket.WaitReadableAsync(Ends);
        Assert.False(waiting.IsCompleted);
        socket.WakeReader();
        await waiting;
        socket.WakeReader(); // nobody waits
        await socket.WaitReadableAsync(Ends);
        waiting = socket.WaitReadableAsync(Ends);
        Assert.False(waiting.IsCompleted);
        socket.WakeReader();
        await waiting;
    }

    [Fact]
    public async Task What_was_ready_before_the_wait_ends_it()
    {
        using var socket = Open();
        Assert.Equal(1, socket.SendTo(new byte[1], socket.GetLocal()!.Value));
        await socket.WaitReadableAsync(Ends);
        await socket.WaitReadableAsync(Ends); // it was not read, so it is still ready
        await socket.WaitWritableAsync(Ends);
    }

    [Fact]
    public async Task Both_directions_wait_apart_and_each_alone()
    {
        using var socket = Open();
        var reading = socket.WaitReadableAsync(Ends);
        await Assert.ThrowsAsync<InvalidOperationException>(() => socket.WaitReadableAsync(Ends));
        await socket.WaitWritableAsync(Ends);
        Assert.False(reading.IsCompleted);
        Assert.Equal(1, socket.SendTo(new byte[1], socket.GetLocal()!.Value));
        await reading;
    }

    [Fact]
    public async Task A_canceled_wait_leaves_room_for_another()
    {
        using var socket = Open();
        using var cancellation = new CancellationTokenSource();
        var waiting = socket.WaitReadableAsync(cancellation.Token);
        await cancellation.CancelAsync();
        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(cancellation.Token, thrown.CancellationToken);
        waiting = socket.WaitReadableAsync(Ends);
        Assert.Equal(1, socket.SendTo(new byte[1], socket.GetLocal()!.Value));
        await waiting;
    }

    [Fact]
    public async Task Disposal_ends_both_waits_and_forbids_more()
    {
        var socket = Open();
        var reading = socket.WaitReadableAsync(Ends);
        socket.Dispose();
        socket.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => reading);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => socket.WaitReadableAsync(Ends));
    }

    [Fact]
    public async Task Many_sockets_wait_at_once()
    {
        // More than one batch of epoll_wait.
        var sockets = Enumerable.Range(0, 200).Select(_ => Open()).ToArray();
        var waits = sockets.Select(socket => socket.WaitReadableAsync(Ends)).ToArray();
        foreach (var socket in sockets) Assert.Equal(1, socket.SendTo(new byte[1], socket.GetLocal()!.Value));
        await Task.WhenAll(waits);
        foreach (var socket in sockets) socket.Dispose();
    }

    // What is lost is lost for ever: then a wait ends by this.
    private static CancellationToken Ends => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    private static NativeSocket Open()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("epoll is Linux's.");
        var socket = NativeSocket.Open(SocketConstants.AF_INET, SocketConstants.SOCK_DGRAM, 0, out var error);
        Assert.Equal(0, error);
        Assert.Equal(0, socket!.Bind(new IpEndpoint(IpAddress.LoopbackV4, 0)));
        return socket;
    }
}
