namespace Fathom.Diagnosis;

/// <summary>How one stage went.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Summary">One line; for a skipped or unknown stage, the reason. Text from the network is escaped.</param>
public sealed record StageReport(Stage Stage, StageStatus Status, string Summary)
{
    /// <summary>How long it took; null if it was not measured.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Figures and words by name, in order. Values: string, bool, long, double, TimeSpan, or lists of these or of facts.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>The layer that the stage belongs to.</summary>
    public Layer Layer => Stage switch
    {
        Stage.Interface or Stage.Neighbor => Layer.Link,
        Stage.Address or Stage.Route or Stage.Reach or Stage.Path => Layer.Internet,
        Stage.Connect => Layer.Transport,
        Stage.Close => Layer.Transport,
        _ => Layer.Application,
    };
}
