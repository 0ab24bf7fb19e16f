using Fathom.Hosts.Os.Linux.Internet;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Transport;

/// <summary>A listening TCP socket for one IP version.</summary>
internal sealed class TcpListener : IStreamListener
{
    private readonly NativeSocket _socket;
    private readonly ArrivalClock _clock;

    private TcpListener(NativeSocket socket, IpEndpoint local, ArrivalClock clock)
    {
        _socket = socket;
        _clock = clock;
        Local = local;
    }

    public IpEndpoint Local { get; }

    public static HostResult<IStreamListener> Open(ListenOptions options, ArrivalClock clock)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Backlog, 1);
        var what = $"No one can listen at {options.Local}";
        var version = options.Local.Address.Version;
        var socket = NativeSocket.Open(SocketAddress.Family(version), SOCK_STREAM, 0, out var error);
        if (socket is null) return Refusals.FromErrno(what, error);

        // A connection of an earlier listener in TIME-WAIT must not keep the port, unless that is what is to be seen.
        error = options.ReuseAddress ? socket.SetOption(SOL_SOCKET, SO_REUSEADDR, 1) : 0;
        if (error == 0 && version == IpVersion.V6) error = socket.SetOption(IPPROTO_IPV6, IPV6_V6ONLY, 1);
        if (error == 0) error = ErrorQueue.Enable(socket, version); // accepted sockets inherit it
        if (error == 0) error = socket.SetOption(IPPROTO_TCP, TCP_NODELAY, 1);
        if (error == 0) error = socket.Bind(options.Local);
        if (error == 0) error = socket.Listen(options.Backlog);
        if (error == 0 && socket.GetLocal() is { } local) return new TcpListener(socket, local, clock);
        socket.Dispose();
        var remedy = -error == Errno.AccessDenied
            ? "Ports below net.ipv4.ip_unprivileged_port_start need CAP_NET_BIND_SERVICE: choose a higher one."
            : null;
        return Refusals.FromErrno(what, -error, remedy);
    }

    public async ValueTask<IStreamConnection> AcceptAsync(CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var socket = _socket.Accept(out var error);
            if (socket is not null)
            {
                if (socket.GetRemote() is { } remote && socket.GetLocal() is { } local)
                {
                    return new TcpConnection(socket, new TcpErrorQueue(socket, _clock), _clock, local, remote, isInitiator: false);
                }

                socket.Dispose(); // reset before it could be looked at
            }
            else if (error == Errno.Again)
            {
                await _socket.WaitReadableAsync(cancellation);
            }
            else if (error is Errno.TooManyFiles or Errno.FileTableFull or Errno.NoMemory or Errno.NoBuffers or Errno.InvalidArgument)
            {
                throw new IOException("A connection cannot be accepted: " + Errno.Describe(error));
            }

            // accept(2): other errors are those of the connection that was waiting. The next one may be well.
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return default;
    }
}
