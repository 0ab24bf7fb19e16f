using Fathom.Hosts;
using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Wire.Transport;

namespace Fathom.Services.Application.Dns;

/// <summary>
/// A recursive DNS server: it finds answers from the root down (RFC 1034 §5.3.3), remembers them (RFC 2181 §5.4, RFC 2308), and serves them over UDP and TCP to the clients that
/// it was made for. It does not validate DNSSEC.
/// </summary>
public sealed class RecursiveServer : IAsyncDisposable
{
    private readonly IReadOnlyList<DnsListener> _listeners;
    private readonly RecursiveResponder _responder;

    private RecursiveServer(IReadOnlyList<DnsListener> listeners, RecursiveResponder responder)
    {
        _listeners = listeners;
        _responder = responder;
    }

    /// <summary>Where it answers, with the ports that were chosen.</summary>
    public IReadOnlyList<IpEndpoint> Local => [.. _listeners.Select(static l => l.Local)];

    /// <summary>What it knows.</summary>
    public DnsCache Cache => _responder.Cache;

    /// <summary>What it has counted so far.</summary>
    public RecursiveServerStatistics Statistics => _responder.StatisticsOf(_listeners.Sum(static l => l.Queries));

    /// <summary>Starts to answer.</summary>
    /// <param name="host">The host.</param>
    /// <param name="local">Addresses and ports, at least one: of IPv4 and of IPv6, perhaps. They share the cache.</param>
    /// <param name="options">How it works.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async ValueTask<HostResult<RecursiveServer>> StartAsync(INetworkHost host, IReadOnlyList<IpEndpoint> local, RecursiveServerOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(local.Count, nameof(local));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumOutstanding, 1, nameof(options));
        var responder = new RecursiveResponder(host, options);
        var listeners = new List<DnsListener>();
        foreach (var at in local)
        {
            var started = await DnsListener.StartAsync(host, at, options.Behavior is { } behavior ? new TroubledResponder(host, responder, behavior, recurses: true) : responder, cancellation);
            if (!started.TryGet(out var listener, out var refusal))
            {
                foreach (var open in listeners) await open.DisposeAsync();
                responder.Dispose();
                return refusal;
            }

            listeners.Add(listener);
        }

        return new RecursiveServer(listeners, responder);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // First the questions under way end, then who waits for them.
        await _responder.StopAsync();
        foreach (var listener in _listeners) await listener.DisposeAsync();
        _responder.Dispose();
    }
}
