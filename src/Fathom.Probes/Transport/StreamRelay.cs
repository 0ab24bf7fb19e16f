using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;

namespace Fathom.Probes.Transport;

/// <summary>
/// Carries octets from an input to a connection and from the connection to an output, both at once, in constant memory: neither
/// direction reads more than the other side has taken. Half-close is kept: the end of the input is FIN, and what the peer
/// still sends is received.
/// </summary>
/// <param name="time">The host's clock.</param>
/// <param name="options">How.</param>
public sealed class StreamRelay(TimeProvider time, StreamRelayOptions options)
{
    private readonly long _start = time.GetTimestamp();
    private long _lastMove = time.GetTimestamp();
    private long _sent;
    private long _received;
    private long _chunks;
    private TimeSpan? _firstOctet;
    private bool _halfClosed;
    private bool _peerWasFirst;
    private bool _awaitsInput;
    private NetworkError? _error;

    /// <summary>Relays until one of the endings. A relay runs once.</summary>
    /// <param name="connection">The connection; it stays the caller's, and open.</param>
    /// <param name="input">Fills the buffer and returns how many octets, 0 at the end. Null: nothing is sent, and this end stays open.</param>
    /// <param name="output">Takes what was received; an <see cref="IOException"/> says that it does not want more.</param>
    /// <param name="cancellation">Ends the relay with what was done so far.</param>
    public async Task<StreamRelayResult> RunAsync(
        IStreamConnection connection,
        Func<Memory<byte>, CancellationToken, ValueTask<int>>? input,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> output,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(output);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var receiving = ReceiveAsync(connection, output, stop.Token);
        var sending = input is null ? Task.FromResult(StreamRelayEnding.None) : SendAsync(connection, input, stop.Token);
        var watching = WatchAsync(stop.Token);
        var open = new List<Task<StreamRelayEnding>> { receiving, watching };
        if (!sending.IsCompleted) open.Add(sending);
        var ending = StreamRelayEnding.None;
        while (ending == StreamRelayEnding.None)
        {
            var done = await Task.WhenAny(open);
            open.Remove(done);
            ending = await done;
            if (ending == StreamRelayEnding.PeerEnded && !sending.IsCompleted) await DrainInputAsync(sending, stop.Token);

            // After the peer's RST a write fails first; what it sent before that may still be read, and then the reset.
            if (ReferenceEquals(done, sending) && ending is StreamRelayEnding.PeerReset or StreamRelayEnding.Failed) ending = await receiving;
        }

        stop.Cancel();
        foreach (var task in open) _ = await task;
        if (cancellation.IsCancellationRequested && ending is not (StreamRelayEnding.PeerEnded or StreamRelayEnding.PeerReset)) ending = StreamRelayEnding.Interrupted;
        return new StreamRelayResult(ending, _sent, _received, time.GetElapsedTime(_start))
        {
            Chunks = _chunks,
            FirstOctetAfter = _firstOctet,
            HasHalfClosed = _halfClosed,
            Error = _error,
            Close = ending switch
            {
                StreamRelayEnding.PeerEnded => _peerWasFirst ? ObservedClose.PeerFirst : ObservedClose.HereFirst,
                StreamRelayEnding.PeerReset => ObservedClose.ResetByPeer,
                _ => _halfClosed ? ObservedClose.HereOnly : ObservedClose.Unknown,
            },
        };
    }

    private async Task<StreamRelayEnding> ReceiveAsync(IStreamConnection connection, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> output, CancellationToken cancellation)
    {
        var buffer = new byte[options.BufferSize];
        try
        {
            while (true)
            {
                var read = await connection.ReadAsync(buffer, cancellation);
                Moved();
                if (read.Status == StreamStatus.End) _peerWasFirst = !_halfClosed;
                if (Ending(read) is { } ending) return ending;
                _received += read.Count;
                _chunks++;
                _firstOctet ??= time.GetElapsedTime(_start);
                await output(buffer.AsMemory(0, read.Count), cancellation);
                Moved();
            }
        }
        catch (IOException)
        {
            return StreamRelayEnding.OutputClosed;
        }
        catch (OperationCanceledException)
        {
            return StreamRelayEnding.Interrupted;
        }
    }

    // None: the input is at its end, and the connection goes on.
    private async Task<StreamRelayEnding> SendAsync(IStreamConnection connection, Func<Memory<byte>, CancellationToken, ValueTask<int>> input, CancellationToken cancellation)
    {
        var buffer = new byte[options.BufferSize];
        try
        {
            while (true)
            {
                _awaitsInput = true;
                var count = await input(buffer, cancellation);
                _awaitsInput = false;
                Moved();
                if (count == 0) break;
                var written = await connection.WriteAsync(buffer.AsMemory(0, count), cancellation);
                _sent += written.Count;
                Moved();
                if (Ending(written) is { } ending) return ending;
            }

            if (!options.HalfCloseAtInputEnd) return StreamRelayEnding.None;
            _halfClosed = true;
            return Ending(await connection.ShutdownAsync(cancellation)) ?? StreamRelayEnding.None;
        }
        catch (OperationCanceledException)
        {
            return StreamRelayEnding.Interrupted;
        }
    }

    // The peer has closed its half. Input that is there goes out, however slowly the peer takes it; input that pauses is not waited for.
    private async Task DrainInputAsync(Task<StreamRelayEnding> sending, CancellationToken cancellation)
    {
        while (!sending.IsCompleted && !cancellation.IsCancellationRequested)
        {
            var still = time.GetElapsedTime(_lastMove);
            if (options.IdleTimeout is { } idle && still >= idle) return;
            var left = _awaitsInput ? options.InputGrace - still : options.InputGrace;
            if (left <= TimeSpan.Zero) return;
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var timer = HostTasks.Delay(left, time, pause.Token);
            await Task.WhenAny(sending, timer);
            pause.Cancel();
        }
    }

    private async Task<StreamRelayEnding> WatchAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var left = (options.IdleTimeout ?? Timeout.InfiniteTimeSpan) - (options.IdleTimeout is null ? TimeSpan.Zero : time.GetElapsedTime(_lastMove));
                if (options.IdleTimeout is not null && left <= TimeSpan.Zero) return StreamRelayEnding.Idle;
                await HostTasks.Delay(left, time, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            return StreamRelayEnding.Interrupted;
        }
    }

    private StreamRelayEnding? Ending(StreamResult result)
    {
        if (result.Error is { } error) _error ??= error;
        return result.Status switch
        {
            StreamStatus.Ok => null,
            StreamStatus.End => StreamRelayEnding.PeerEnded,
            StreamStatus.Reset => StreamRelayEnding.PeerReset,
            _ => StreamRelayEnding.Failed,
        };
    }

    private void Moved() => _lastMove = time.GetTimestamp();
}
