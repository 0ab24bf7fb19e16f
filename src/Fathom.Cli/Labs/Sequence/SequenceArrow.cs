namespace Fathom.Cli.Labs.Sequence;

/// <summary>A packet in a sequence diagram.</summary>
/// <param name="At">When it left, from the diagram's beginning.</param>
/// <param name="From">The column of its sender.</param>
/// <param name="To">The columns of those who got it; the one that it was on the way to, where it was lost. Never empty.</param>
/// <param name="Text">What it is, safe for a terminal.</param>
/// <param name="Lost">Why it did not arrive; null where it did.</param>
internal sealed record SequenceArrow(TimeSpan At, int From, IReadOnlyList<int> To, string Text, string? Lost)
{
    /// <summary>The column of the last host that it had reached when it was lost; null where that has none, or it was not lost.</summary>
    public int? LostAfter { get; init; }

    /// <summary>The leftmost column that it touches.</summary>
    public int First => Math.Min(From, To.Min());

    /// <summary>The rightmost column that it touches.</summary>
    public int Last => Math.Max(From, To.Max());

    /// <summary>What stands at the arrow.</summary>
    public string Label => Lost is null ? Text : $"{Text} ({Lost})";
}
