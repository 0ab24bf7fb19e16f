namespace Fathom.Probes.Transport;

/// <summary>How a connection ended.</summary>
public enum TeardownKind
{
    /// <summary>It has not ended, or nothing tells how.</summary>
    Unknown = 0,

    /// <summary>Each end sent FIN, and both were acknowledged (RFC 9293 §3.6).</summary>
    Orderly,

    /// <summary>One end sent FIN, and the other has not, so far: half-closed.</summary>
    HalfClosed,

    /// <summary>An RST ended it (RFC 9293 §3.5.3): what was under way is lost.</summary>
    Reset,
}
