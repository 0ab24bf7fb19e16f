namespace Fathom.Diagnosis;

/// <summary>The outcome of a check.</summary>
public enum VerdictStatus
{
    /// <summary>Got, and nothing is wrong.</summary>
    Works,

    /// <summary>Got, and something is wrong.</summary>
    Degraded,

    /// <summary>Not got.</summary>
    Broken,

    /// <summary>Could not be measured.</summary>
    Unknown,
}
