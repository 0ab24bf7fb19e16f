using Fathom.Diagnosis.Targets;
using Fathom.Probes.Evidence;

namespace Fathom.Diagnosis;

/// <summary>Everything that one check found.</summary>
/// <param name="Target">What was checked.</param>
/// <param name="StartedAt">When it began, by the host's wall clock.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Verdict">The outcome.</param>
/// <param name="Findings">Everything found, the root first.</param>
/// <param name="Stages">All stages, in the order of the walk.</param>
/// <param name="Evidence">The evidence that findings name, and what else was entered.</param>
public sealed record CheckReport(
    CheckTarget Target,
    DateTimeOffset StartedAt,
    TimeSpan Duration,
    Verdict Verdict,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<StageReport> Stages,
    IReadOnlyList<EvidenceItem> Evidence);
