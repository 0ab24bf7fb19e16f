using System.Collections.Concurrent;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Application.Dns.Iterative;

/// <summary>
/// Resolves names as a recursive resolver does (RFC 1034 §5.3.3): from the root, or from what the cache knows, referral by
/// referral, every step shown. Without DNSSEC validation. Safe for concurrent use; resolutions share the cache and what is known of
/// servers' round trips.
/// </summary>
/// <param name="context">Host and evidence.</param>
/// <param name="hints">Where the root is.</param>
/// <param name="cache">What is known already.</param>
/// <param name="options">How, and how much.</param>
public sealed class IterativeResolver(ProbeContext context, RootHints hints, DnsCache cache, IterativeOptions options)
{
    // A resolver that runs for long meets many servers: at so many it begins anew, which costs a few round trips to slow ones.
    private const int MaximumServers = 10_000;

    // A server that never answered comes after all that did; one that was never asked comes first, so that it is tried once.
    private readonly ConcurrentDictionary<IpAddress, TimeSpan> _roundTrips = new();

    internal RootHints Hints => hints;

    /// <summary>What it has learned so far, and asks before it asks a server.</summary>
    public DnsCache Cache => cache;

    /// <summary>How it works.</summary>
    public IterativeOptions Options => options;

    /// <summary>Resolves.</summary>
    /// <param name="question">The question, of class IN.</param>
    /// <param name="observer">Is told every step as it is made; may be null.</param>
    /// <param name="cancellation">Ends the resolution with an <see cref="OperationCanceledException"/>.</param>
    public Task<IterativeResolution> ResolveAsync(DnsQuestion question, Action<ResolutionStep>? observer, CancellationToken cancellation)
        => ResolveAsync(context, question, observer, cancellation);

    /// <summary>Resolves with evidence of its own: for a server, which resolves for as long as it runs.</summary>
    /// <param name="own">Host and evidence of this resolution.</param>
    /// <param name="question">The question, of class IN.</param>
    /// <param name="observer">Is told every step as it is made; may be null.</param>
    /// <param name="cancellation">Ends the resolution with an <see cref="OperationCanceledException"/>.</param>
    public async Task<IterativeResolution> ResolveAsync(ProbeContext own, DnsQuestion question, Action<ResolutionStep>? observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(question);
        var start = own.Host.Time.GetTimestamp();
        var run = new IterativeRun(this, own, observer, cancellation);
        var outcome = await run.ResolveAsync(question, 0, []);
        return new IterativeResolution(question, outcome, run.Steps, run.Queries, own.Since(start));
    }

    /// <summary>Servers in the order in which they are asked: new ones first, in an order of chance, then the fastest.</summary>
    internal IReadOnlyList<(DnsName Host, IpAddress Address)> Order(IReadOnlyList<(DnsName Host, IpAddress Address)> servers)
        => [.. servers
            .Where(s => options.Version is not { } version || s.Address.Version == version)
            .Select(s => (Server: s, Time: _roundTrips.GetValueOrDefault(s.Address), Chance: context.Host.Random.NextUInt16()))
            .OrderBy(static s => s.Time).ThenBy(static s => s.Server.Address.IsV6).ThenBy(static s => s.Chance)
            .Select(static s => s.Server)];

    /// <summary>Remembers how long a server took.</summary>
    internal void Learn(IpAddress server, TimeSpan roundTrip, bool answered)
    {
        if (_roundTrips.Count >= MaximumServers) _roundTrips.Clear();
        _roundTrips[server] = answered ? roundTrip : TimeSpan.FromMinutes(1) + roundTrip;
    }
}
