namespace Fathom.Diagnosis;

/// <summary>How sure a finding is. Anything below <see cref="Certain"/> says what else it could be.</summary>
public enum Confidence
{
    /// <summary>One of several explanations.</summary>
    Possible,

    /// <summary>The best explanation.</summary>
    Likely,

    /// <summary>A packet, or the host's own word, says so.</summary>
    Certain,
}
