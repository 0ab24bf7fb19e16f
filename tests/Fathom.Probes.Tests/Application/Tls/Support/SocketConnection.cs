using System.Net;
using System.Net.Sockets;
using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Tests.Application.Tls.Support;

/// <summary>A TCP connection over loopback.</summary>
internal sealed class SocketConnection(Socket socket) : IStreamConnection
{
    public IpEndpoint Local => new(IpAddress.LoopbackV4, (ushort)((IPEndPoint)socket.LocalEndPoint!).Port);

    public IpEndpoint Remote => new(IpAddress.LoopbackV4, (ushort)((IPEndPoint)socket.RemoteEndPoint!).Port);

    public static async Task<SocketConnection> OpenAsync(int port, CancellationToken cancellation = default)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
        return new SocketConnection(socket);
    }

    public async ValueTask<StreamResult> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            var count = bytes.Length;
            while (!bytes.IsEmpty) bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, cancellation)..];
            return new StreamResult(StreamStatus.Ok, count);
        }
        catch (SocketException)
        {
            return new StreamResult(StreamStatus.Reset, 0);
        }
    }

    public async ValueTask<StreamResult> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            var count = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellation);
            return count == 0 ? new StreamResult(StreamStatus.End, 0) : new StreamResult(StreamStatus.Ok, count);
        }
        catch (SocketException)
        {
            return new StreamResult(StreamStatus.Reset, 0);
        }
    }

    public ValueTask<StreamResult> ShutdownAsync(CancellationToken cancellation)
    {
        socket.Shutdown(SocketShutdown.Send);
        return ValueTask.FromResult(new StreamResult(StreamStatus.Ok, 0));
    }

    public void Abort() => socket.Close(0);

    public HostResult<TcpConnectionInfo> GetTcpInfo() => new HostRefusal(HostRefusalKind.NotSupported, "not here");

    public IReadOnlyList<NetworkError> TakeErrors() => [];

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
