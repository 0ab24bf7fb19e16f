namespace Fathom.Diagnosis;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Something is wrong; the target was got all the same.</summary>
    Warn,

    /// <summary>The target was not got.</summary>
    Fail,
}
