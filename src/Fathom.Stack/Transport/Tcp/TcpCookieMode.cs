namespace Fathom.Stack.Transport.Tcp;

/// <summary>When a listener answers a SYN from a cookie alone, keeping nothing (RFC 4987 §3.6).</summary>
public enum TcpCookieMode : byte
{
    /// <summary>Never: where the queue is full, SYNs are dropped.</summary>
    Never,

    /// <summary>Where the queue of half-open connections is full.</summary>
    WhenFull,

    /// <summary>Always: for tests.</summary>
    Always,
}
