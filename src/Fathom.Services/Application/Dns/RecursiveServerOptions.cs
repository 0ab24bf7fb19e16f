using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Wire.Internet;

namespace Fathom.Services.Application.Dns;

/// <summary>How a recursive server works, and whom it serves.</summary>
/// <param name="Hints">Where the root is.</param>
/// <param name="Clients">Whoever asks from elsewhere is refused: an open resolver serves attacks (RFC 5358 §4).</param>
public sealed record RecursiveServerOptions(RootHints Hints, IReadOnlyList<IpPrefix> Clients)
{
    /// <summary>How it asks other servers, and how much it may do for one question.</summary>
    public IterativeOptions Resolution { get; init; } = new();

    /// <summary>The bounds of its cache.</summary>
    public DnsCacheOptions Cache { get; init; } = new();

    /// <summary>Different questions under way at once; one more is answered SERVFAIL. Equal ones count once.</summary>
    public int MaximumOutstanding { get; init; } = 256;

    /// <summary>After so long a question is given up. BIND's resolver-query-timeout: 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What it does wrong on purpose; null: nothing.</summary>
    public DnsBehavior? Behavior { get; init; }
}
