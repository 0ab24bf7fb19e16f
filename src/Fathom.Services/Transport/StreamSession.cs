using Fathom.Hosts.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Services.Transport;

/// <summary>One connection of a <see cref="TcpServer"/>, with its counts and limits. One reader and one writer at a time.</summary>
public sealed class StreamSession
{
    private readonly IStreamConnection _connection;
    private readonly TimeProvider _time;
    private readonly TcpServerOptions _options;
    private readonly CancellationToken _stop;
    private readonly long _start;

    internal StreamSession(int number, IStreamConnection connection, TimeProvider time, TcpServerOptions options, CancellationToken stop)
    {
        Number = number;
        _connection = connection;
        _time = time;
        _options = options;
        _stop = stop;
        _start = time.GetTimestamp();
    }

    /// <summary>The connection's number in its server, from 1.</summary>
    public int Number { get; }

    /// <summary>The server's end.</summary>
    public IpEndpoint Local => _connection.Local;

    /// <summary>The client's end.</summary>
    public IpEndpoint Remote => _connection.Remote;

    /// <summary>Octets received.</summary>
    public long Received { get; private set; }

    /// <summary>Octets that the host took for sending.</summary>
    public long Sent { get; private set; }

    /// <summary>Since the connection was accepted.</summary>
    public TimeSpan Age => _time.GetElapsedTime(_start);

    /// <summary>Why it ended, or none.</summary>
    public StreamEnd End { get; internal set; }

    /// <summary>The connection's figures.</summary>
    public Fathom.Hosts.HostResult<TcpConnectionInfo> GetTcpInfo() => _connection.GetTcpInfo();

    /// <summary>Receives octets.</summary>
    /// <param name="buffer">Takes them.</param>
    /// <returns>How many; 0 when no more will come, for whatever reason (<see cref="End"/> says which).</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        if (End is not (StreamEnd.None or StreamEnd.Served)) return 0;
        if (_options.MaximumBytes is { } most)
        {
            if (Received >= most)
            {
                End = StreamEnd.ByteLimit;
                return 0;
            }

            if (buffer.Length > most - Received) buffer = buffer[..(int)(most - Received)];
        }

        if (await LimitedAsync(token => _connection.ReadAsync(buffer, token)) is not { } result) return 0;
        if (result.Status == StreamStatus.End) End = StreamEnd.PeerClosed;
        Received += result.Count;
        return result.Count;
    }

    /// <summary>Sends all the octets, as fast as the peer takes them.</summary>
    /// <param name="bytes">The octets.</param>
    /// <returns>False when the connection has ended.</returns>
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        // In pieces, so that a peer that takes little at a time is not idle.
        const int Piece = 16 * 1024;
        while (!bytes.IsEmpty)
        {
            if (End is not (StreamEnd.None or StreamEnd.PeerClosed or StreamEnd.ByteLimit)) return false;
            var piece = bytes[..Math.Min(bytes.Length, Piece)];
            if (await LimitedAsync(token => _connection.WriteAsync(piece, token)) is not { } result) return false;
            Sent += result.Count;
            if (result.Status != StreamStatus.Ok) return false;
            bytes = bytes[piece.Length..];
        }

        return true;
    }

    /// <summary>Sends FIN; reading goes on.</summary>
    public async ValueTask ShutdownAsync() => await LimitedAsync(_connection.ShutdownAsync);

    /// <summary>Closes: in order where that is still possible, by RST where the peer did not let go.</summary>
    internal async ValueTask CloseAsync()
    {
        // Closing with a peer that still sends, or has not taken what it was sent, would leave the kernel with it for minutes.
        if (End is StreamEnd.Idle && Sent > 0 && IsStalled()) _connection.Abort();
        else if (End is not (StreamEnd.PeerReset or StreamEnd.Failed)) await _connection.ShutdownAsync(CancellationToken.None);
        await _connection.DisposeAsync();
    }

    private bool IsStalled() => _connection.GetTcpInfo().Value is { Unacknowledged: > 0 };

    private async ValueTask<StreamResult?> LimitedAsync(Func<CancellationToken, ValueTask<StreamResult>> call)
    {
        using var timer = _options.IdleTimeout is { } idle ? new CancellationTokenSource(idle, _time) : null;
        using var either = timer is null ? null : CancellationTokenSource.CreateLinkedTokenSource(_stop, timer.Token);
        try
        {
            var result = await call(either?.Token ?? _stop);
            End = result.Status switch
            {
                StreamStatus.Reset => StreamEnd.PeerReset,
                StreamStatus.Failed => StreamEnd.Failed,
                _ => End,
            };
            return result;
        }
        catch (OperationCanceledException)
        {
            End = _stop.IsCancellationRequested ? StreamEnd.Stopped : StreamEnd.Idle;
            return null;
        }
    }
}
