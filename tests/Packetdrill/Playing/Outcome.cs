namespace Packetdrill.Playing;

/// <summary>How a script went, and why.</summary>
/// <param name="Verdict">How.</param>
/// <param name="Line">The line of the first difference, or of what is not applicable; 0: none.</param>
/// <param name="Detail">The difference, or the reason; empty for a pass.</param>
/// <param name="Largest">The largest difference of a time that the language's tolerance covered; null: every time was exact.</param>
internal sealed record Outcome(Verdict Verdict, int Line, string Detail, TimeDifference? Largest)
{
    /// <summary>What the script has looked up beside TCP, which this runner does not have: the kernel's counters.</summary>
    public IReadOnlyList<string> Unchecked { get; init; } = [];
}
