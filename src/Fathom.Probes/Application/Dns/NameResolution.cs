using Fathom.Hosts.Application;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Application.Dns;

/// <summary>
/// A stub resolver that asks every configured server at once, so that one that is dead shows beside one that
/// answers, and that goes on with the first good answer. The search list is followed as libc follows it.
/// </summary>
public sealed class NameResolution
{
    // How long the other family's answer may take once one has come. RFC 8305 §3 gives 50 ms to open a connection;
    // a diagnosis wants to see both families, and a resolver that must ask around takes longer for the second.
    private static readonly TimeSpan FamilyGrace = TimeSpan.FromMilliseconds(300);

    private readonly ProbeContext _context;
    private readonly ResolverConfiguration _configuration;
    private readonly IReadOnlyList<DnsType> _types;
    private readonly DnsQueryOptions _options;

    private NameResolution(ProbeContext context, ResolverConfiguration configuration, IReadOnlyList<DnsType> types, DnsQueryOptions options)
    {
        _context = context;
        _configuration = configuration;
        _types = types;
        _options = options;
    }

    /// <summary>The answers that the walk goes on with: of the first server with addresses, else of the first in the configured order with a definite answer, else null.</summary>
    public Task<ServerAnswers?> First { get; private set; } = null!;

    /// <summary>What every server said of the name that <see cref="First"/> settled on (or of the last candidate), in the configured order.</summary>
    public Task<IReadOnlyList<ServerAnswers>> All { get; private set; } = null!;

    /// <summary>Starts to resolve.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="configuration">Servers and search list.</param>
    /// <param name="name">The name, without trailing dot.</param>
    /// <param name="types">The types to ask for.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends everything.</param>
    public static NameResolution Start(
        ProbeContext context, ResolverConfiguration configuration, string name, IReadOnlyList<DnsType> types, DnsQueryOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(name);
        var resolution = new NameResolution(context, configuration, types, options);
        var first = new TaskCompletionSource<ServerAnswers?>();
        resolution.First = first.Task;
        resolution.All = resolution.RunAsync(Candidates(name, configuration), first, cancellation);
        return resolution;
    }

    /// <summary>The names that libc would try, in order (resolv.conf(5), search and ndots).</summary>
    /// <param name="name">The name, without trailing dot.</param>
    /// <param name="configuration">The configuration.</param>
    public static IReadOnlyList<DnsName> Candidates(string name, ResolverConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configuration);
        var names = new List<DnsName>();
        void Add(string text)
        {
            if (DnsName.TryParse(text, out var parsed, out _) && !names.Contains(parsed)) names.Add(parsed);
        }

        var asIsFirst = name.Count(static c => c == '.') >= configuration.Ndots;
        if (asIsFirst) Add(name);
        foreach (var domain in configuration.Search) Add(name + "." + domain);
        Add(name);
        return names;
    }

    private async Task<IReadOnlyList<ServerAnswers>> RunAsync(IReadOnlyList<DnsName> candidates, TaskCompletionSource<ServerAnswers?> first, CancellationToken cancellation)
    {
        try
        {
            IReadOnlyList<ServerAnswers>? settled = null;
            foreach (var candidate in candidates)
            {
                var tasks = _configuration.Servers.Select(server => AskAsync(server, candidate, cancellation)).ToArray();
                var best = await PickAsync(tasks);
                if (best is { Addresses.Count: > 0 })
                {
                    first.TrySetResult(best);
                    return await Task.WhenAll(tasks);
                }

                // The first candidate's own fate is what a person wants to read when none of them exists.
                var answers = await Task.WhenAll(tasks);
                settled ??= answers;
                if (best is null) break; // no server speaks: another name will not help
            }

            settled ??= [];
            first.TrySetResult(settled.FirstOrDefault(static a => a.IsDefinite));
            return settled;
        }
        catch (OperationCanceledException)
        {
            first.TrySetCanceled(cancellation);
            throw;
        }
        catch (Exception e)
        {
            // A defect: whoever waits for the first answer must hear of it, too.
            first.TrySetException(e);
            throw;
        }
    }

    /// <summary>Waits for the first answer with addresses; else for all, and takes the first definite one in order.</summary>
    private static async Task<ServerAnswers?> PickAsync(Task<ServerAnswers>[] tasks)
    {
        var open = tasks.ToList();
        while (open.Count > 0)
        {
            var done = await Task.WhenAny(open);
            open.Remove(done);
            if (await done is { Addresses.Count: > 0 } good) return good;
        }

        foreach (var task in tasks)
        {
            if (await task is { IsDefinite: true } definite) return definite;
        }

        return null;
    }

    private async Task<ServerAnswers> AskAsync(IpEndpoint server, DnsName name, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _context.Host.Time);
        using var grace = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
        var exchanges = _types.Select(type => (Type: type, Task: DnsExchange.RunAsync(_context, server, new DnsQuestion(name, type), _options, grace.Token))).ToList();
        var outcomes = new List<DnsExchangeOutcome>();
        var open = exchanges.Select(static e => e.Task).ToList();
        while (open.Count > 0)
        {
            Task<DnsExchangeOutcome> done;
            try
            {
                done = await Task.WhenAny(open);
                open.Remove(done);
                outcomes.Add(await done);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                continue; // the other family was too slow
            }

            if (outcomes[^1] is DnsExchangeOutcome.Answered a && AliasChain.Follow(a.Message, a.Question).Addresses.Count > 0)
                timer.CancelAfter(FamilyGrace);
        }

        return new ServerAnswers(server, name, outcomes);
    }

    /// <summary>Orders addresses as a browser tries them: both families in turn, IPv6 first where this host has it (RFC 8305 §4).</summary>
    /// <param name="addresses">The addresses.</param>
    /// <param name="preferV6">This host has a usable IPv6 address and route.</param>
    public static IReadOnlyList<IpAddress> Interleave(IEnumerable<IpAddress> addresses, bool preferV6)
    {
        var (six, four) = (new Queue<IpAddress>(), new Queue<IpAddress>());
        foreach (var address in addresses) (address.IsV6 ? six : four).Enqueue(address);
        var ordered = new List<IpAddress>();
        var (one, other) = preferV6 ? (six, four) : (four, six);
        while (one.Count + other.Count > 0)
        {
            if (one.TryDequeue(out var a)) ordered.Add(a);
            if (other.TryDequeue(out var b)) ordered.Add(b);
        }

        return ordered;
    }
}
