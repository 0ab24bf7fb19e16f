using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Services.Transport;

/// <summary>
/// One UDP socket (for each local address) that serves all peers: UDP has no connections to accept, so a peer is whoever a datagram
/// says it is from.
/// </summary>
public sealed class UdpServer : IAsyncDisposable
{
    private readonly INetworkHost _host;
    private readonly UdpServerOptions _options;
    private readonly IDatagramService _service;
    private readonly IUdpServerObserver? _observer;
    private readonly IReadOnlyList<IDatagramSocket> _sockets;
    private readonly Lock _gate = new();
    private readonly Dictionary<IpEndpoint, UdpPeer> _peers = [];
    private readonly List<UdpPeer> _order = [];
    private readonly UdpPeer _others = new(default(IpEndpoint));
    private readonly CancellationTokenSource _enough = new();
    private long _datagrams;
    private long _undelivered;

    private UdpServer(INetworkHost host, UdpServerOptions options, IDatagramService service, IUdpServerObserver? observer, IReadOnlyList<IDatagramSocket> sockets)
    {
        _host = host;
        _options = options;
        _service = service;
        _observer = observer;
        _sockets = sockets;
        Local = [.. sockets.Select(static s => s.Local)];
    }

    /// <summary>Where it listens, with the port that was chosen.</summary>
    public IReadOnlyList<IpEndpoint> Local { get; }

    /// <summary>Opens the sockets. From then on datagrams are queued; <see cref="RunAsync"/> serves them.</summary>
    /// <param name="host">The host.</param>
    /// <param name="options">Where, and the limits.</param>
    /// <param name="service">What is answered.</param>
    /// <param name="observer">Hears of it; may be null.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async Task<HostResult<UdpServer>> StartAsync(
        INetworkHost host, UdpServerOptions options, IDatagramService service, IUdpServerObserver? observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(service);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BufferSize, 1);
        ArgumentOutOfRangeException.ThrowIfZero(options.Local.Count);
        var opened = await LocalEndpoints.OpenAsync(
            options.Local,
            local => host.OpenDatagramAsync(new DatagramOptions(local.Address.Version) { Local = local }, cancellation),
            static socket => socket.Local);
        return opened.TryGet(out var sockets, out var refusal) ? new UdpServer(host, options, service, observer, sockets) : refusal;
    }

    /// <summary>Serves until it is stopped, and returns the counts. Runs once.</summary>
    /// <param name="stop">Stops the server.</param>
    public async Task<UdpServerSummary> RunAsync(CancellationToken stop)
    {
        var start = _host.Time.GetTimestamp();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, _enough.Token);
        await Task.WhenAll(_sockets.Select(s => ServeAsync(s, ended.Token)));
        return new UdpServerSummary([.. _order], _others.Datagrams > 0 ? _others : null, _undelivered, _host.Time.GetElapsedTime(start));
    }

    /// <summary>Closes the sockets; a server that runs ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _enough.Cancel();
        foreach (var socket in _sockets) await socket.DisposeAsync();
    }

    private async Task ServeAsync(IDatagramSocket socket, CancellationToken ended)
    {
        var buffer = new byte[_options.BufferSize];
        try
        {
            while (!ended.IsCancellationRequested)
            {
                switch (await socket.ReceiveAsync(buffer, ended))
                {
                    case DatagramEvent.Received received:
                        await TakeAsync(socket, received, buffer.AsMemory(0, Math.Min(received.Length, buffer.Length)), ended);
                        break;
                    case DatagramEvent.Failed failed:
                        Undelivered(failed.Error);
                        break;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // Stopped, or disposed of while it served.
        }
    }

    private async Task TakeAsync(IDatagramSocket socket, DatagramEvent.Received received, ReadOnlyMemory<byte> payload, CancellationToken ended)
    {
        var peer = PeerOf(received.From);
        var answer = _service.Answer(received.From, payload);
        bool isLast;
        lock (_gate)
        {
            peer.Datagrams++;
            peer.Octets += received.Length;
            if (received.Truncated) peer.Truncated++;
            if (answer is not null) peer.Answers++;
            isLast = ++_datagrams == _options.StopAfter;
        }

        _observer?.OnDatagram(received, payload.Span, answer?.Length);
        if (answer is { } bytes && await socket.SendAsync(bytes, received.From, new PacketOptions(), ended) is { } refused) Undelivered(refused);
        (_service as IDatagramSource)?.OnTaken(received.From, socket);
        if (isLast) _enough.Cancel();
    }

    private void Undelivered(NetworkError error)
    {
        lock (_gate)
        {
            _undelivered++;
            if (error.Destination is { } to && _peers.TryGetValue(to, out var peer)) peer.Undelivered++;
        }

        _observer?.OnUndelivered(error);
    }

    private UdpPeer PeerOf(IpEndpoint from)
    {
        lock (_gate)
        {
            if (_peers.TryGetValue(from, out var known)) return known;
            if (_peers.Count >= _options.MaximumPeers) return _others;
            var peer = new UdpPeer(from);
            _peers[from] = peer;
            _order.Add(peer);
            return peer;
        }
    }
}
