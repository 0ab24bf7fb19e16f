namespace Fathom.Probes.Application.Dns.Iterative;

/// <summary>The bounds of a cache.</summary>
public sealed record DnsCacheOptions
{
    /// <summary>Sets of records and negative answers at most; the least recently used one makes room.</summary>
    public int MaximumEntries { get; init; } = 10_000;

    /// <summary>No record is kept longer: a day, as common resolvers have it, so that a slip with a TTL of years mends itself.</summary>
    public TimeSpan MaximumTimeToLive { get; init; } = TimeSpan.FromDays(1);

    /// <summary>No negative answer is kept longer. RFC 2308 §5: "values of one to three hours have been found to work well".</summary>
    public TimeSpan MaximumNegativeTimeToLive { get; init; } = TimeSpan.FromHours(3);
}
