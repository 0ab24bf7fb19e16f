using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Linux.Internet;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Transport;

/// <summary>Opens one TCP connection and tells how the attempt ended.</summary>
internal sealed class TcpConnector(IpEndpoint remote, ConnectOptions options, ArrivalClock clock)
{
    private readonly List<NetworkError> _errors = [];
    private IpEndpoint? _local;

    public async ValueTask<ConnectResult> ConnectAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (options.Source is { } source && source.Version != remote.Address.Version)
        {
            throw new ArgumentException($"The source {source} and the destination {remote.Address} are of different versions.");
        }

        var socket = NativeSocket.Open(SocketAddress.Family(remote.Address.Version), SOCK_STREAM, 0, out var error);
        if (socket is null) return new ConnectResult.Refused(Refusals.FromErrno("A TCP socket cannot be opened", error));
        var queue = new TcpErrorQueue(socket, clock);
        var isHandedOver = false;
        try
        {
            if (Prepare(socket) is { } refusal) return new ConnectResult.Refused(refusal);
            error = -socket.Connect(remote);
            _local = socket.GetLocal() is { Port: > 0 } bound ? bound : null;
            if (error == Errno.InProgress) error = await CompleteAsync(socket, queue, cancellation);
            queue.Drain(_errors);
            if (error != 0) return End(socket, error);
            isHandedOver = true;
            var connection = new TcpConnection(socket, queue, clock, _local ?? default, remote, isInitiator: true);
            return new ConnectResult.Connected(connection) { Local = _local, Errors = _errors };
        }
        finally
        {
            if (!isHandedOver) socket.Dispose();
        }
    }

    private HostRefusal? Prepare(NativeSocket socket)
    {
        var isV6 = remote.Address.IsV6;
        var result = ErrorQueue.Enable(socket, remote.Address.Version);
        // Probes write whole messages: Nagle (RFC 1122 §4.2.3.4) would only hold their tails back.
        if (result == 0) result = socket.SetOption(IPPROTO_TCP, TCP_NODELAY, 1);
        if (result == 0 && options.HopLimit is { } hops)
        {
            result = isV6 ? socket.SetOption(IPPROTO_IPV6, IPV6_UNICAST_HOPS, hops) : socket.SetOption(IPPROTO_IP, IP_TTL, hops);
        }

        if (result < 0) return Refusals.FromErrno("A TCP socket cannot be set up", -result);
        if (options.MaximumSegmentSize is { } size && (result = socket.SetOption(IPPROTO_TCP, TCP_MAXSEG, size)) < 0)
        {
            return Refusals.FromErrno($"The maximum segment size {size} cannot be used", -result);
        }

        return options.Source is { } source && (result = socket.Bind(new IpEndpoint(source, 0))) < 0
            ? Refusals.FromErrno($"{source} cannot be the source address", -result)
            : null;
    }

    // Returns 0 once connected, ETIMEDOUT after our own or the kernel's patience, or what ended the attempt.
    private async ValueTask<int> CompleteAsync(NativeSocket socket, TcpErrorQueue queue, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(options.Timeout, clock.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        while (true)
        {
            // Before the first wait too: on the loopback interface it is all over when connect(2) returns.
            if (Outcome(socket, queue) is { } outcome) return outcome;
            try
            {
                await socket.WaitWritableAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return Outcome(socket, queue) ?? Errno.TimedOut; // what came in the last moment counts
            }
            catch (OperationCanceledException)
            {
                throw new OperationCanceledException(cancellation);
            }
        }
    }

    private int? Outcome(NativeSocket socket, TcpErrorQueue queue)
    {
        // The socket's error first: emptying the queue clears it (sock_dequeue_err_skb in net/core/skbuff.c).
        if (socket.GetOption(SOL_SOCKET, SO_ERROR, out var error) == 0 && error != 0) return error;
        queue.Drain(_errors);
        Span<byte> buffer = stackalloc byte[TcpInfoReader.Capacity];
        var info = TcpInfoReader.Ask(socket, buffer);
        if (TcpInfoReader.IsOpen(info)) return 0;
        if (!TcpInfoReader.IsClosed(info)) return null;
        // It came between the two questions: the entry of the queue still has its number.
        if (socket.GetOption(SOL_SOCKET, SO_ERROR, out error) == 0 && error != 0) return error;
        return _errors.Count > 0 ? _errors[^1].SystemError : Errno.ConnectionAborted;
    }

    private ConnectResult End(NativeSocket socket, int error)
    {
        var reported = _errors.FindLast(entry => entry.SystemError == error);
        ConnectResult result = error switch
        {
            Errno.TimedOut => new ConnectResult.TimedOut(ReadInfo(socket)),
            // RFC 9293 §3.10.7.3: an RST in SYN-SENT. An ICMP message of the same meaning left an entry.
            Errno.ConnectionRefused or Errno.ConnectionReset when reported is null => new ConnectResult.Reset(),
            // connect(2): no free port is left for this destination. Nothing was sent.
            Errno.AddressNotAvailable => new ConnectResult.Refused(new HostRefusal(HostRefusalKind.Failed, $"{remote} cannot be tried: no local port is free for it.",
                "wait until connections to it have ended, or widen net.ipv4.ip_local_port_range")),
            Errno.NoMemory or Errno.NoBuffers => new ConnectResult.Refused(Refusals.FromErrno($"{remote} cannot be tried", error)),
            _ => new ConnectResult.Unreachable(reported ?? LocalError(error)),
        };
        return result with { Local = _local, Errors = _errors };
    }

    private NetworkError LocalError(int error) => new(NetworkErrorOrigin.Local, 0, 0, null, remote, null, error, clock.Now, default);

    private static TcpConnectionInfo? ReadInfo(NativeSocket socket)
    {
        Span<byte> buffer = stackalloc byte[TcpInfoReader.Capacity];
        var info = TcpInfoReader.Ask(socket, buffer);
        return info.IsEmpty ? null : TcpInfoReader.Read(info, isInitiator: true);
    }
}
