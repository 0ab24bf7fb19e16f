namespace Fathom.Probes.Internet.Path;

/// <summary>How far and how long a walk goes.</summary>
/// <param name="Wait">How long to wait for a silent hop.</param>
public sealed record PathLimits(TimeSpan Wait)
{
    /// <summary>Hop limits tried at the most: what traceroute uses; the longest paths of the Internet have about 30 hops.</summary>
    public const int MaximumHops = 30;

    /// <summary>How many hop limits to try; the number of routers on the way, if it is known.</summary>
    public int Hops { get; init; } = MaximumHops;

    /// <summary>
    /// Hop limits probed at once. With eight, each of two routers in a loop answers four times: below the six that
    /// Linux answers at once.
    /// </summary>
    public int Window { get; init; } = 8;

    /// <summary>Ends the walk with what is known by then.</summary>
    public CancellationToken Finish { get; init; }
}
