using Fathom.Probes.Internet.Path;

namespace Fathom.Diagnosis.Internet;

/// <summary>What was learned of the way to an address from which no answer came.</summary>
/// <param name="Subject">The address.</param>
/// <param name="Reach">Its echoes.</param>
/// <param name="Walks">Hop-limited walks, the one nearest to the failed traffic first.</param>
/// <param name="GatewayAnswers">The gateway itself answers IP packets; null where that was not asked.</param>
/// <param name="Evidence">Ids of the evidence.</param>
internal sealed record PathAnalysis(
    Subject Subject,
    ReachObservation Reach,
    IReadOnlyList<PathOutcome> Walks,
    bool? GatewayAnswers,
    IReadOnlyList<string> Evidence)
{
    /// <summary>The target itself answered something.</summary>
    public bool IsAlive => Reach.IsAlive || Walks.Any(static w => w.Reached);

    /// <summary>Not one probe could be sent: silence then says nothing.</summary>
    public bool CouldNotProbe => Walks.All(static w => w.Refusal is null && w.LastAnswer is null && w.NotSent);

    /// <summary>The walk that got furthest.</summary>
    public PathOutcome? Furthest => Walks.OrderByDescending(static w => w.LastAnswer?.HopLimit ?? 0).FirstOrDefault();
}
