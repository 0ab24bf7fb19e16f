namespace Fathom.Probes.Application.Http;

/// <summary>A request with all that followed from it: redirects and retries.</summary>
/// <param name="Hops">The requests in order, at least one.</param>
public sealed record HttpJourney(IReadOnlyList<HttpHop> Hops)
{
    /// <summary>The last request: its answer is the answer.</summary>
    public HttpHop Last => Hops[^1];

    /// <summary>From the start to the end.</summary>
    public TimeSpan Duration { get; init; }
}
