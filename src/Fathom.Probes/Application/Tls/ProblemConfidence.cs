namespace Fathom.Probes.Application.Tls;

/// <summary>How sure a statement is.</summary>
public enum ProblemConfidence
{
    /// <summary>The octets prove it.</summary>
    Certain,

    /// <summary>A hint speaks for it, and the alternative remains.</summary>
    Likely,

    /// <summary>No hint; the alternative is about as good.</summary>
    Possible,
}
