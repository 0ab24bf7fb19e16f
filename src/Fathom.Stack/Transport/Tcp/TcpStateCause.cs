namespace Fathom.Stack.Transport.Tcp;

/// <summary>What changed a connection's state.</summary>
public enum TcpStateCause : byte
{
    /// <summary>The application connected.</summary>
    Connect,

    /// <summary>A SYN came.</summary>
    SynReceived,

    /// <summary>A SYN-ACK came for our SYN.</summary>
    SynAckReceived,

    /// <summary>Our SYN was acknowledged.</summary>
    SynAcknowledged,

    /// <summary>The application closed, or closed for writing.</summary>
    Close,

    /// <summary>Our FIN was acknowledged.</summary>
    FinAcknowledged,

    /// <summary>The peer's FIN came.</summary>
    FinReceived,

    /// <summary>An RST came.</summary>
    ResetReceived,

    /// <summary>This side reset the connection.</summary>
    Abort,

    /// <summary>A timer ran out.</summary>
    Timeout,

    /// <summary>An ICMP error came.</summary>
    IcmpError,

    /// <summary>A new connection took the place of one in TIME-WAIT.</summary>
    Reused,
}
