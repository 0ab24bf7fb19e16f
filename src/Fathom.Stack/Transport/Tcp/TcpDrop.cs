namespace Fathom.Stack.Transport.Tcp;

/// <summary>Why a segment was not processed.</summary>
public enum TcpDrop : byte
{
    /// <summary>Its header cannot be read.</summary>
    Malformed,

    /// <summary>Its checksum is wrong.</summary>
    Checksum,

    /// <summary>No connection and no listener: it is answered by an RST, unless it is one.</summary>
    NoSocket,

    /// <summary>Nothing of it lies in the window (RFC 9293 §3.10.7.4).</summary>
    OutOfWindow,

    /// <summary>Its timestamp is older than the last one (RFC 7323 §5).</summary>
    OldTimestamp,

    /// <summary>It has no timestamp though timestamps were agreed (RFC 7323 §3.2).</summary>
    NoTimestamp,

    /// <summary>It has no ACK.</summary>
    NoAcknowledgment,

    /// <summary>It acknowledges what was never sent.</summary>
    AcknowledgesUnsent,

    /// <summary>It acknowledges what was acknowledged long ago (RFC 5961 §5.2).</summary>
    AcknowledgesOld,

    /// <summary>An RST that may be forged (RFC 5961 §3.2).</summary>
    SuspectReset,

    /// <summary>A SYN that may be forged (RFC 5961 §4.2).</summary>
    SuspectSyn,

    /// <summary>There is no room: a queue is full.</summary>
    NoRoom,

    /// <summary>The connection is closed for what it carries.</summary>
    Closed,
}
