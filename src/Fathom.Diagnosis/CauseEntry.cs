namespace Fathom.Diagnosis;

/// <summary>A cause of the contract in words.</summary>
/// <param name="Cause">The id.</param>
/// <param name="When">What was seen when it is called.</param>
/// <param name="Try">What to do next.</param>
public sealed record CauseEntry(string Cause, string When, string Try)
{
    /// <summary>Its layer.</summary>
    public Layer Layer => Causes.LayerOf(Cause);
}
