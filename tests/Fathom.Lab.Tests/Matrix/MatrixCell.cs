using Fathom.Diagnosis;

namespace Fathom.Lab.Tests.Matrix;

/// <summary>One fault at one place, one target: what the check has to say of it.</summary>
/// <param name="Cause">The fault, and the cause that is to be called; empty: nothing is wrong.</param>
/// <param name="Place">Where it is put.</param>
/// <param name="From">Where the check runs.</param>
/// <param name="Target">What is checked.</param>
/// <param name="Status">The status that the contract's words give it.</param>
public sealed record MatrixCell(string Cause, string Place, string From, string Target, VerdictStatus Status)
{
    /// <summary>Other causes that are true as well where the fault is there.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>Only packets show it: who may not look at them cannot tell it from what else it looks like.</summary>
    public bool NeedsPackets { get; init; }

    /// <summary>The cell as a command line.</summary>
    /// <param name="seed">The lab's luck.</param>
    public string ToCommand(ulong seed) => FormattableString.Invariant($"fathom check {Target} --lab --from {From} --fault {Cause}@{Place} --seed {seed}");

    public override string ToString() => $"{Cause}@{Place} {From} {Target}";
}
