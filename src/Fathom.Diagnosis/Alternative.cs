namespace Fathom.Diagnosis;

/// <summary>What else it could be.</summary>
/// <param name="Cause">The other cause's id.</param>
/// <param name="NextExperiment">What would tell the two apart.</param>
public sealed record Alternative(string Cause, string NextExperiment);
