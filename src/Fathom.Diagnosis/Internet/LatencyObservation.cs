namespace Fathom.Diagnosis.Internet;

/// <summary>Round trips to the target, one after the other.</summary>
/// <param name="RoundTrips">Their times, in no particular order; at least one.</param>
/// <param name="What">What went and came back: "echo requests".</param>
/// <param name="Evidence">Ids of the evidence.</param>
internal sealed record LatencyObservation(IReadOnlyList<TimeSpan> RoundTrips, string What, IReadOnlyList<string> Evidence)
{
    /// <summary>The shortest: the path needs no more.</summary>
    public TimeSpan Shortest => RoundTrips.Min();

    /// <summary>What nine of ten stay below.</summary>
    public TimeSpan Usual => RoundTrips.Order().ElementAt((int)(0.9 * (RoundTrips.Count - 1)));
}
