using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Transport;
using Fathom.Wire.Transport;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Transport;

/// <summary>An open TCP connection on a non-blocking socket.</summary>
internal sealed class TcpConnection(
    NativeSocket socket, TcpErrorQueue queue, ArrivalClock clock, IpEndpoint local, IpEndpoint remote, bool isInitiator) : IStreamConnection
{
    // An ICMP error of an open connection is soft (RFC 1122 §4.2.3.9): it is noted, and the call is made again.
    private const int SoftErrorLimit = 64;

    private readonly Lock _gate = new();
    private readonly List<NetworkError> _errors = [];
    private StreamResult? _end; // RST or failure: the kernel tells it to one call only, and end of stream to the next
    private bool _isShutDown;

    public IpEndpoint Local => local;

    public IpEndpoint Remote => remote;

    public async ValueTask<StreamResult> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var written = 0;
        while (written < bytes.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Try(() => socket.Send(bytes.Span[written..]), out var end);
            if (end is { } result) return result with { Count = written };
            if (count == -Errno.Again) await socket.WaitWritableAsync(cancellation);
            else written += count;
        }

        return new StreamResult(StreamStatus.Ok, written);
    }

    public async ValueTask<StreamResult> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (buffer.IsEmpty) throw new ArgumentException("The buffer is empty.", nameof(buffer));
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Try(() => socket.Receive(buffer.Span, 0), out var end);
            if (count > 0) return new StreamResult(StreamStatus.Ok, count);
            if (end is { } result) return result;
            if (count == 0) return new StreamResult(StreamStatus.End, 0);
            await socket.WaitReadableAsync(cancellation);
        }
    }

    public ValueTask<StreamResult> ShutdownAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _isShutDown = true;
            var error = -socket.Shutdown(SHUT_WR);
            if (error == 0) return ValueTask.FromResult(new StreamResult(StreamStatus.Ok, 0));
            // ENOTCONN: the connection is gone, by what the next read would have told.
            if (error == Errno.NotConnected && socket.GetOption(SOL_SOCKET, SO_ERROR, out var pending) == 0 && pending != 0) error = pending;
            _end ??= EndBy(error == Errno.NotConnected ? Errno.ConnectionReset : error);
            return ValueTask.FromResult(_end.Value);
        }
    }

    public void Abort()
    {
        if (socket.Descriptor.IsClosed) return;
        // struct linger { int on; int seconds; }: on, and no time (RFC 9293 §3.10.5, ABORT).
        Span<byte> linger = stackalloc byte[8];
        HostOrder.WriteInt32(linger, 0, 1);
        _ = socket.SetOption(SOL_SOCKET, SO_LINGER, linger);
        socket.Dispose();
    }

    public HostResult<TcpConnectionInfo> GetTcpInfo()
    {
        Span<byte> buffer = stackalloc byte[TcpInfoReader.Capacity];
        var length = socket.GetOption(IPPROTO_TCP, TCP_INFO, buffer);
        return length < 0
            ? Refusals.FromErrno("The connection's figures cannot be read", -length)
            : TcpInfoReader.Read(buffer[..length], isInitiator);
    }

    public IReadOnlyList<NetworkError> TakeErrors()
    {
        lock (_gate)
        {
            queue.Drain(_errors);
            if (socket.GetOption(SOL_SOCKET, SO_ERROR, out var error) == 0 && error != 0) Note(error);
            var taken = _errors.ToArray();
            _errors.Clear();
            return taken;
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return default;
    }

    // Makes a call under the lock. A count, EAGAIN, or the end of the connection, which is remembered.
    private int Try(Func<int> call, out StreamResult? end)
    {
        lock (_gate)
        {
            for (var soft = 0; ; soft++)
            {
                var count = call();
                end = count > 0 ? null : _end;
                if (count >= 0 || end is not null) return count;
                // Whatever woke the caller, the queue is empty afterwards, so that it does not wake him again.
                queue.Drain(_errors);
                if (count == -Errno.Again) return count;
                Note(-count);
                end = _end;
                if (end is not null || soft >= SoftErrorLimit) return count;
            }
        }
    }

    // What the kernel said of the connection: its end, or an ICMP error while it goes on. Of the latter, once a connection is open, Linux
    // keeps the number and not the message (tcp_v4_err in net/ipv4/tcp_ipv4.c), so neither the reporter nor the type is known.
    private void Note(int error)
    {
        if (Errno.IsMadeFromIcmp(error) && !IsClosed()) _errors.Add(LocalError(error));
        else _end ??= EndBy(error);
    }

    private bool IsClosed()
    {
        Span<byte> buffer = stackalloc byte[TcpInfoReader.Capacity];
        return TcpInfoReader.IsClosed(TcpInfoReader.Ask(socket, buffer));
    }

    private StreamResult EndBy(int error)
    {
        // EPIPE: an RST after the peer's FIN, or writing after one's own.
        if (error == Errno.ConnectionReset || (error == Errno.BrokenPipe && !_isShutDown)) return new StreamResult(StreamStatus.Reset, 0);
        var reported = _errors.FindLast(entry => entry.SystemError == error);
        return new StreamResult(StreamStatus.Failed, 0, reported ?? LocalError(error));
    }

    private NetworkError LocalError(int error) => new(NetworkErrorOrigin.Local, 0, 0, null, remote, null, error, clock.Now, default);
}
