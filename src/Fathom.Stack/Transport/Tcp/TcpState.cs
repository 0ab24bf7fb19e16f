namespace Fathom.Stack.Transport.Tcp;

/// <summary>The states of a connection (RFC 9293 §3.3.2).</summary>
public enum TcpState : byte
{
    /// <summary>No connection.</summary>
    Closed,

    /// <summary>Waiting for a connection request.</summary>
    Listen,

    /// <summary>A SYN was sent; one is awaited.</summary>
    SynSent,

    /// <summary>Both SYNs have been seen; ours is not acknowledged yet.</summary>
    SynReceived,

    /// <summary>Data flows.</summary>
    Established,

    /// <summary>Our FIN was sent and is not acknowledged yet; the peer may still send.</summary>
    FinWait1,

    /// <summary>Our FIN is acknowledged; the peer may still send.</summary>
    FinWait2,

    /// <summary>The peer's FIN came; we may still send.</summary>
    CloseWait,

    /// <summary>Both have sent a FIN at the same time; ours is not acknowledged yet.</summary>
    Closing,

    /// <summary>The peer's FIN came first, then ours was sent; it is not acknowledged yet.</summary>
    LastAck,

    /// <summary>All is done; old segments of the connection are waited out.</summary>
    TimeWait,
}
