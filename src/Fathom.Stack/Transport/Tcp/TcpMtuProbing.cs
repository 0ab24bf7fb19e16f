namespace Fathom.Stack.Transport.Tcp;

/// <summary>Whether a connection finds the path MTU by its own segments (RFC 4821), without believing in ICMP.</summary>
public enum TcpMtuProbing : byte
{
    /// <summary>Never.</summary>
    Off,

    /// <summary>Once retransmissions of large segments go unanswered: a black hole is suspected (RFC 2923 §2.1).</summary>
    OnBlackHole,

    /// <summary>From the start: small segments first, then larger ones as probes.</summary>
    Always,
}
