namespace Fathom.Diagnosis;

/// <summary>How a stage ended.</summary>
public enum StageStatus
{
    /// <summary>In order.</summary>
    Pass,

    /// <summary>Passed, with something wrong.</summary>
    Warn,

    /// <summary>Failed.</summary>
    Fail,

    /// <summary>Not run: not needed, or an earlier stage failed.</summary>
    Skipped,

    /// <summary>Could not be measured. Never a failure.</summary>
    Unknown,
}
