namespace Fathom.Hosts.Transport;

/// <summary>The states of a TCP connection, in the words of RFC 9293 §3.3.2.</summary>
public static class TcpStates
{
    /// <summary>Waits for a connection request.</summary>
    public const string Listen = "LISTEN";

    /// <summary>Sent a SYN, and waits for its match.</summary>
    public const string SynSent = "SYN-SENT";

    /// <summary>Received a SYN and sent one; waits for its acknowledgment.</summary>
    public const string SynReceived = "SYN-RECEIVED";

    /// <summary>Open.</summary>
    public const string Established = "ESTABLISHED";

    /// <summary>Sent FIN; waits for its acknowledgment, or the peer's FIN.</summary>
    public const string FinWait1 = "FIN-WAIT-1";

    /// <summary>The own FIN is acknowledged; waits for the peer's. Half-closed.</summary>
    public const string FinWait2 = "FIN-WAIT-2";

    /// <summary>The peer sent FIN; waits for the local program to close. Half-closed.</summary>
    public const string CloseWait = "CLOSE-WAIT";

    /// <summary>Both sent FIN at once; waits for the own one's acknowledgment.</summary>
    public const string Closing = "CLOSING";

    /// <summary>The peer sent FIN first; waits for the own one's acknowledgment.</summary>
    public const string LastAck = "LAST-ACK";

    /// <summary>Closed first; waits long enough that the peer has got the last acknowledgment and old segments are gone.</summary>
    public const string TimeWait = "TIME-WAIT";

    /// <summary>No connection.</summary>
    public const string Closed = "CLOSED";
}
