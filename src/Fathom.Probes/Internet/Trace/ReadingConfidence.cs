namespace Fathom.Probes.Internet.Trace;

/// <summary>How sure a line of a reading is.</summary>
public enum ReadingConfidence
{
    /// <summary>Other explanations are as good.</summary>
    Possible = 0,

    /// <summary>The usual explanation of what was seen.</summary>
    Likely,

    /// <summary>What was seen leaves no other.</summary>
    Certain,
}
