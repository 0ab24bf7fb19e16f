using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Services.Transport;

/// <summary>
/// Accepts TCP connections and hands each to a service, many at once, within limits. The memory of a connection is what its service
/// takes; a peer that does not read is not read from either (back-pressure is the service's: read, then write, then read again).
/// </summary>
public sealed class TcpServer : IAsyncDisposable
{
    private readonly INetworkHost _host;
    private readonly TcpServerOptions _options;
    private readonly IStreamService _service;
    private readonly ITcpServerObserver? _observer;
    private readonly IReadOnlyList<IStreamListener> _listeners;
    private readonly Lock _gate = new();
    private readonly Dictionary<StreamEnd, int> _ends = [];
    private readonly List<Task> _sessions = [];
    private readonly HostGate _room;
    private readonly CancellationTokenSource _enough = new();
    private int _accepted;
    private int _turnedAway;
    private int _open;
    private int _mostAtOnce;
    private long _received;
    private long _sent;
    private string? _fault;

    private TcpServer(INetworkHost host, TcpServerOptions options, IStreamService service, ITcpServerObserver? observer, IReadOnlyList<IStreamListener> listeners)
    {
        _host = host;
        _options = options;
        _service = service;
        _observer = observer;
        _listeners = listeners;
        _room = new HostGate(options.MaximumClients);
        Local = [.. listeners.Select(static l => l.Local)];
    }

    /// <summary>Where it listens, with the port that was chosen.</summary>
    public IReadOnlyList<IpEndpoint> Local { get; }

    /// <summary>Begins to listen. From then on clients can connect; <see cref="RunAsync"/> serves them.</summary>
    /// <param name="host">The host.</param>
    /// <param name="options">Where, and the limits.</param>
    /// <param name="service">What is done with each connection.</param>
    /// <param name="observer">Hears of it; may be null.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async Task<HostResult<TcpServer>> StartAsync(
        INetworkHost host, TcpServerOptions options, IStreamService service, ITcpServerObserver? observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(service);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumClients, 1);
        ArgumentOutOfRangeException.ThrowIfZero(options.Local.Count);
        var opened = await LocalEndpoints.OpenAsync(
            options.Local,
            local => host.ListenAsync(new ListenOptions(local, options.Backlog) { ReuseAddress = options.ReuseAddress }, cancellation),
            static listener => listener.Local);
        return opened.TryGet(out var listeners, out var refusal) ? new TcpServer(host, options, service, observer, listeners) : refusal;
    }

    /// <summary>Serves until it is stopped; then the connections that are open are closed, and the counts returned. Runs once.</summary>
    /// <param name="stop">Stops the server.</param>
    public async Task<TcpServerSummary> RunAsync(CancellationToken stop)
    {
        var start = _host.Time.GetTimestamp();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, _enough.Token);
        await Task.WhenAll(_listeners.Select(l => AcceptAsync(l, ended.Token, stop)));
        // No new ones come. After enough connections the last ones are served to their end; a stop ends them now, each in order.
        Task[] left;
        lock (_gate) left = [.. _sessions];
        await Task.WhenAll(left);
        return new TcpServerSummary(_accepted, _turnedAway, _mostAtOnce, _received, _sent, _host.Time.GetElapsedTime(start), _ends) { Fault = _fault };
    }

    /// <summary>Closes the listeners; a server that runs accepts no more, and serves the open connections to their end.</summary>
    public async ValueTask DisposeAsync()
    {
        _enough.Cancel();
        foreach (var listener in _listeners) await listener.DisposeAsync();
    }

    private async Task AcceptAsync(IStreamListener listener, CancellationToken ended, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                if (_options.QueueWhenFull) await _room.EnterAsync(ended);
                IStreamConnection connection;
                try
                {
                    connection = await listener.AcceptAsync(ended);
                }
                catch
                {
                    if (_options.QueueWhenFull) _room.Leave();
                    throw;
                }

                if (!_options.QueueWhenFull && !_room.TryEnter()) TurnAway(connection);
                else Begin(_options.Wrap?.Invoke(connection) ?? connection, stop);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // Stopped, or disposed of while it served.
        }
        catch (IOException e)
        {
            // Out of descriptors or memory: what is open is served on.
            lock (_gate) _fault ??= e.Message;
        }
        finally
        {
            // A port that is not served must not look open: what waits in the backlog is reset by closing the listener.
            await listener.DisposeAsync();
        }
    }

    private void TurnAway(IStreamConnection connection)
    {
        lock (_gate) _turnedAway++;
        var remote = connection.Remote;
        connection.Abort();
        _observer?.OnTurnedAway(remote);
    }

    private void Begin(IStreamConnection connection, CancellationToken stop)
    {
        bool isLast;
        lock (_gate)
        {
            var session = new StreamSession(++_accepted, connection, _host.Time, _options, stop);
            isLast = _accepted == _options.StopAfter;
            _sessions.RemoveAll(static t => t.IsCompleted);
            _sessions.Add(ServeAsync(session));
            _mostAtOnce = Math.Max(_mostAtOnce, ++_open);
        }

        if (isLast) _enough.Cancel();
    }

    private async Task ServeAsync(StreamSession session)
    {
        // A peer that never pauses must not keep the others from being accepted.
        await Task.Yield();
        _observer?.OnAccepted(session);
        await _service.ServeAsync(session);
        if (session.End == StreamEnd.None) session.End = StreamEnd.Served;
        lock (_gate)
        {
            _open--;
            _ends[session.End] = _ends.GetValueOrDefault(session.End) + 1;
            _received += session.Received;
            _sent += session.Sent;
        }

        // Before the client learns of the end: when it comes again at once, it is not one too many, and its story comes after this one's.
        try
        {
            _observer?.OnEnded(session);
        }
        finally
        {
            _room.Leave();
            await session.CloseAsync();
        }
    }
}
