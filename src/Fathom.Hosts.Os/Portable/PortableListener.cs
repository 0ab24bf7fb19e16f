using System.Net.Sockets;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Portable;

/// <summary>A listening managed socket.</summary>
internal sealed class PortableListener : IStreamListener
{
    private readonly Socket _socket;
    private readonly TimeProvider _time;

    private PortableListener(Socket socket, TimeProvider time)
    {
        _socket = socket;
        _time = time;
        Local = Convert.FromNet(socket.LocalEndPoint);
    }

    public IpEndpoint Local { get; }

    public static HostResult<IStreamListener> Open(ListenOptions options, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Backlog, 1);
        Socket? socket = null;
        try
        {
            socket = new Socket(Convert.Family(options.Local.Address.Version), SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if (options.Local.Address.Version == IpVersion.V6) socket.DualMode = false;
            // .NET sets SO_REUSEADDR by itself on Unix; on Windows the option means something else, and TIME-WAIT does not keep a port.
            if (!options.ReuseAddress && !OperatingSystem.IsWindows()) socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, false);
            socket.Bind(Convert.ToNet(options.Local));
            socket.Listen(options.Backlog);
            return new PortableListener(socket, time);
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            return SocketErrors.Refuse($"No one can listen at {options.Local}", e);
        }
    }

    public async ValueTask<IStreamConnection> AcceptAsync(CancellationToken cancellation)
    {
        var accepted = await _socket.AcceptAsync(cancellation);
        return new PortableConnection(accepted, Convert.FromNet(accepted.LocalEndPoint), Convert.FromNet(accepted.RemoteEndPoint), _time);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return default;
    }
}
