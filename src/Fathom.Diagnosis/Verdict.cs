namespace Fathom.Diagnosis;

/// <summary>The outcome of a check: at most one root cause.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Summary">One or two sentences.</param>
public sealed record Verdict(VerdictStatus Status, string Summary)
{
    /// <summary>The root finding; null where nothing is wrong or nothing is known.</summary>
    public Finding? Root { get; init; }

    /// <summary>Causes that the walk excluded.</summary>
    public IReadOnlyList<string> RuledOut { get; init; } = [];
}
