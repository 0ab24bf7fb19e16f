using System.Net.Sockets;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Portable;

/// <summary>A TCP connection on the managed socket, without figures and without ICMP errors.</summary>
internal sealed class PortableConnection(Socket socket, IpEndpoint local, IpEndpoint remote, TimeProvider time) : IStreamConnection
{
    public IpEndpoint Local => local;

    public IpEndpoint Remote => remote;

    /// <summary>Opens a connection.</summary>
    public static async ValueTask<ConnectResult> OpenAsync(IpEndpoint remote, ConnectOptions options, TimeProvider time, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (options.MaximumSegmentSize is not null)
        {
            return new ConnectResult.Refused(new HostRefusal(HostRefusalKind.NotSupported, "The maximum segment size cannot be chosen on this system."));
        }

        Socket? socket = null;
        IpEndpoint? bound = null;
        using var patience = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            socket = new Socket(Convert.Family(remote.Address.Version), SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if (options.HopLimit is { } hops) socket.Ttl = hops;
            // Bound before it connects, so that the port is known however the attempt ends.
            socket.Bind(options.Source is { } source ? Convert.ToNet(new IpEndpoint(source, 0)) : Convert.Any(remote.Address.Version));
            bound = Convert.FromNet(socket.LocalEndPoint);
            await socket.ConnectAsync(Convert.ToNet(remote), either.Token);
            var local = Convert.FromNet(socket.LocalEndPoint);
            return new ConnectResult.Connected(new PortableConnection(socket, local, remote, time)) { Local = local };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            socket?.Dispose();
            return new ConnectResult.TimedOut(null) { Local = bound };
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            return Failed(e, remote, bound, time);
        }
    }

    public async ValueTask<StreamResult> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var written = 0;
        try
        {
            while (written < bytes.Length) written += await socket.SendAsync(bytes[written..], SocketFlags.None, cancellation);
            return new StreamResult(StreamStatus.Ok, written);
        }
        catch (SocketException e)
        {
            return SocketErrors.End(e.SocketErrorCode, remote, time, written);
        }
    }

    public async ValueTask<StreamResult> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (buffer.IsEmpty) throw new ArgumentException("The buffer is empty.", nameof(buffer));
        try
        {
            var count = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellation);
            return new StreamResult(count == 0 ? StreamStatus.End : StreamStatus.Ok, count);
        }
        catch (SocketException e)
        {
            return SocketErrors.End(e.SocketErrorCode, remote, time);
        }
    }

    public ValueTask<StreamResult> ShutdownAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            return ValueTask.FromResult(new StreamResult(StreamStatus.Ok, 0));
        }
        catch (SocketException e)
        {
            return ValueTask.FromResult(SocketErrors.End(e.SocketErrorCode, remote, time));
        }
    }

    public void Abort()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    public HostResult<TcpConnectionInfo> GetTcpInfo() => new HostRefusal(HostRefusalKind.NotSupported, "This system does not tell a connection's figures.");

    public IReadOnlyList<NetworkError> TakeErrors() => [];

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return default;
    }

    private static ConnectResult Failed(SocketException exception, IpEndpoint remote, IpEndpoint? local, TimeProvider time)
    {
        ConnectResult result = exception.SocketErrorCode switch
        {
            // Windows ignores ICMP here. Elsewhere a port unreachable would look the same, and the system does not tell.
            SocketError.ConnectionRefused or SocketError.ConnectionReset => new ConnectResult.Reset(),
            SocketError.TimedOut => new ConnectResult.TimedOut(null),
            SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.HostDown or SocketError.AccessDenied
                => new ConnectResult.Unreachable(SocketErrors.Local(exception.SocketErrorCode, remote, time)),
            _ => new ConnectResult.Refused(SocketErrors.Refuse($"{remote} cannot be tried", exception)),
        };
        return result with { Local = local };
    }
}
