namespace Fathom.Cli.Labs.Sequence;

/// <summary>A sequence diagram, before it is drawn.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Hosts">The columns, from the left.</param>
/// <param name="Arrows">The packets, in the order of their departure.</param>
internal sealed record SequenceChart(string Title, IReadOnlyList<string> Hosts, IReadOnlyList<SequenceArrow> Arrows)
{
    /// <summary>Packets between hosts that have no column.</summary>
    public int Elsewhere { get; init; }

    /// <summary>Hosts that sent or got packets and have no column.</summary>
    public IReadOnlyList<string> OtherHosts { get; init; } = [];

    /// <summary>Packets behind the last that is drawn.</summary>
    public int Later { get; init; }

    /// <summary>How long it all took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What is left out, and how to see it, a sentence each.</summary>
    public IEnumerable<string> Remarks()
    {
        if (OtherHosts.Count > 0) yield return $"Not shown: {Elsewhere} packets of {string.Join(", ", OtherHosts)}; --hosts names the columns.";
        if (Later > 0) yield return $"Not shown: {Later} packets that follow; --limit shows more.";
    }
}
