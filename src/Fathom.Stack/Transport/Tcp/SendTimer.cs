namespace Fathom.Stack.Transport.Tcp;

/// <summary>What a sender waits for. One at a time: each replaces the other.</summary>
internal enum SendTimer : byte
{
    None,

    /// <summary>An acknowledgment (RFC 6298).</summary>
    Retransmit,

    /// <summary>A sign that the tail has arrived (RFC 8985 §7).</summary>
    TailProbe,

    /// <summary>Segments that may only be late (RFC 8985 §6.3).</summary>
    Reorder,

    /// <summary>The peer's window to open (RFC 9293 §3.8.6.1), or what is held back to go out.</summary>
    Persist,
}
