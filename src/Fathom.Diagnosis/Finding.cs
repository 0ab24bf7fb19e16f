namespace Fathom.Diagnosis;

/// <summary>One thing that was found, with its proof.</summary>
/// <param name="Cause">The cause's id (<see cref="Causes"/>).</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Stage">Where in the walk it showed.</param>
/// <param name="Summary">What was found, in one or two sentences; text from the network is escaped.</param>
/// <param name="Evidence">Ids of the evidence. Not empty: never a claim without a packet.</param>
public sealed record Finding(string Cause, Severity Severity, Stage Stage, string Summary, IReadOnlyList<string> Evidence)
{
    /// <summary>How sure it is.</summary>
    public Confidence Confidence { get; init; } = Confidence.Certain;

    /// <summary>What to do about it, or null.</summary>
    public string? Fix { get; init; }

    /// <summary>What else it could be; not empty where the confidence is below certain.</summary>
    public IReadOnlyList<Alternative> Alternatives { get; init; } = [];

    /// <summary>The cause that explains this finding, or null for a root.</summary>
    public string? Follows { get; init; }

    /// <summary>The layer of the cause.</summary>
    public Layer Layer => Causes.LayerOf(Cause);
}
