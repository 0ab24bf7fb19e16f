namespace Fathom.Probes.Transport;

/// <summary>Which end of a connection did something first.</summary>
public enum ClosingSide
{
    /// <summary>Not known, or nobody yet.</summary>
    Unknown = 0,

    /// <summary>This end, which opened the connection.</summary>
    Here,

    /// <summary>The peer closed first.</summary>
    Peer,

    /// <summary>Both at once: each sent its FIN before it had the other's (RFC 9293 §3.6, simultaneous close).</summary>
    Both,
}
