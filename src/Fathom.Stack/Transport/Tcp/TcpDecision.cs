namespace Fathom.Stack.Transport.Tcp;

/// <summary>What a connection decided, apart from its states.</summary>
public enum TcpDecision : byte
{
    /// <summary>A segment is taken for lost: those sent after it have arrived (RFC 8985 §6.2, RFC 6675 §4).</summary>
    MarkLost,

    /// <summary>Recovery begins: the window is reduced and what is lost is sent again (RFC 6675 §5).</summary>
    EnterRecovery,

    /// <summary>Everything outstanding when recovery began is acknowledged.</summary>
    LeaveRecovery,

    /// <summary>The retransmission timer went off (RFC 6298 §5.4): the window falls to one segment.</summary>
    EnterLoss,

    /// <summary>Everything outstanding at the time-out is acknowledged.</summary>
    LeaveLoss,

    /// <summary>The retransmission was not needed: the window is what it was (RFC 3522, RFC 3708, RFC 5682).</summary>
    UndoReduction,

    /// <summary>The network said that it is congested (RFC 3168 §6.1.2): the window is reduced.</summary>
    ReduceForCongestionMark,

    /// <summary>A segment is sent again in recovery.</summary>
    Retransmit,

    /// <summary>A segment is sent again since the timer went off.</summary>
    RetransmitAfterTimeout,

    /// <summary>The last segment is sent again, or a new one, to learn whether the tail was lost (RFC 8985 §7.3).</summary>
    ProbeTail,

    /// <summary>The peer's window is closed: it is asked for its window (RFC 9293 §3.8.6.1).</summary>
    ProbeWindow,

    /// <summary>The peer is asked whether it is still there (RFC 9293 §3.8.4).</summary>
    ProbeKeepAlive,

    /// <summary>Round trips grow: slow start goes on slowly (RFC 9406 §4.2).</summary>
    SlowSlowStart,

    /// <summary>Slow start has ended.</summary>
    LeaveSlowStart,

    /// <summary>A segment is not acceptable and is answered by an acknowledgment (RFC 5961).</summary>
    Challenge,

    /// <summary>A larger segment is sent to learn whether the path carries it (RFC 4821 §7).</summary>
    ProbePathMtu,

    /// <summary>The path carries less than believed.</summary>
    LowerPathMtu,

    /// <summary>The path carries more than believed.</summary>
    RaisePathMtu,

    /// <summary>The peer dropped octets that it had reported to have (RFC 2018 §8).</summary>
    SacksReneged,

    /// <summary>A SYN is answered from a cookie, nothing is kept (RFC 4987 §3.6).</summary>
    SendCookie,

    /// <summary>An acknowledgment brought a cookie back: the connection is made of it.</summary>
    AcceptCookie,
}
