namespace Fathom.Lab.Faults;

/// <summary>What came of putting a fault: how it is taken off, or why it cannot be put there.</summary>
/// <param name="Mend">Takes it off; null where it was not put.</param>
/// <param name="Reason">Why it was not put; null where it was.</param>
internal readonly record struct FaultEffect(Action? Mend, string? Reason)
{
    public static implicit operator FaultEffect(Action mend) => new(mend, null);

    public static implicit operator FaultEffect(string reason) => new(null, reason);
}
