using Fathom.Hosts;
using Fathom.Hosts.Transport;

namespace Fathom.Services.Application.Http;

/// <summary>
/// An HTTP/1.1 server (RFC 9112): persistent connections, pipelined requests answered in order, chunks both ways, Expect: 100-continue, HEAD.
/// A request that two readers could read differently is refused, and its connection closed.
/// </summary>
/// <param name="host">The host, for its clock.</param>
/// <param name="listener">Where it listens; it stays the caller's.</param>
/// <param name="handler">Answers.</param>
/// <param name="options">Limits.</param>
/// <param name="onServed">Is told of every request; may be called concurrently. Null for nobody.</param>
public sealed class HttpServer(INetworkHost host, IStreamListener listener, IHttpHandler handler, HttpServerOptions options, Action<HttpServed>? onServed = null)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];

    /// <summary>Serves until cancelled; then it ends what is under way, and returns.</summary>
    /// <param name="cancellation">Stops it, without an exception.</param>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var room = new HostGate(options.MaximumConnections);
        try
        {
            while (true)
            {
                await room.EnterAsync(cancellation);
                var connection = await listener.AcceptAsync(cancellation);
                var task = ServeAsync(connection, room, cancellation);
                lock (_gate)
                {
                    _running.RemoveWhere(static done => done.IsCompleted);
                    _running.Add(task);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // That is how it ends.
        }

        Task[] rest;
        lock (_gate) rest = [.. _running];
        await Task.WhenAll(rest);
    }

    private async Task ServeAsync(IStreamConnection connection, HostGate room, CancellationToken cancellation)
    {
        try
        {
            await using (connection) await new HttpServerConnection(host, connection, handler, options, onServed).RunAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The server stops.
        }
        finally
        {
            room.Leave();
        }
    }
}
