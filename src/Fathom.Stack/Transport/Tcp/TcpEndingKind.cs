namespace Fathom.Stack.Transport.Tcp;

/// <summary>How a connection ended.</summary>
public enum TcpEndingKind : byte
{
    /// <summary>Both sides closed it; every octet was acknowledged.</summary>
    Closed,

    /// <summary>This side aborted it.</summary>
    Aborted,

    /// <summary>The peer refused it: an RST in answer to the SYN.</summary>
    Refused,

    /// <summary>The peer reset it.</summary>
    Reset,

    /// <summary>Nothing was acknowledged for too long (R2 of RFC 9293 §3.8.3, or the user timeout).</summary>
    TimedOut,

    /// <summary>Keep-alive probes were not answered (RFC 9293 §3.8.4).</summary>
    KeepAliveTimedOut,

    /// <summary>An ICMP error ended the attempt to connect, or explains a time-out (RFC 9293 §3.9.2.2).</summary>
    Unreachable,
}
