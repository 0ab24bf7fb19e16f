using System.Net;
using System.Net.Sockets;

namespace Fathom.EndToEnd.Worlds.Servers;

/// <summary>A TCP server inside a namespace whose whole behavior is one delegate per connection.</summary>
internal sealed class StreamServer : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Func<Socket, CancellationToken, Task> _behavior;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;

    public StreamServer(string networkNamespace, int port, Func<Socket, CancellationToken, Task> behavior)
    {
        _behavior = behavior;
        _listener = NamespaceThread.Listen(networkNamespace, new IPEndPoint(IPAddress.IPv6Any, port));
        _loop = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _loop;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptAsync(_end.Token);
                connections.RemoveAll(task => task.IsCompleted);
                connections.Add(ServeAsync(connection));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The world ends: so do the connections, each by the same token.
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        using (connection)
        {
            try
            {
                await _behavior(connection, _end.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // The client went away, as clients of misbehaving servers do, or the world ended.
            }
        }
    }
}
