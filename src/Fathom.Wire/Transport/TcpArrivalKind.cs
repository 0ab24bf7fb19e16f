namespace Fathom.Wire.Transport;

/// <summary>What a segment was to a <see cref="TcpStreamAssembler"/>.</summary>
public enum TcpArrivalKind : byte
{
    /// <summary>It brought nothing: no data and no FIN.</summary>
    Empty = 0,

    /// <summary>It continued the stream; it may have closed a gap behind which more was waiting.</summary>
    InOrder,

    /// <summary>It lies behind a gap and was kept.</summary>
    OutOfOrder,

    /// <summary>All of it was there already.</summary>
    Duplicate,

    /// <summary>All of it lies outside the window (RFC 9293 §3.10.7.4): dropped, and answered with an acknowledgment.</summary>
    OutsideWindow,

    /// <summary>It lies behind a gap, and so many separate pieces wait already that it was dropped.</summary>
    TooManyGaps,
}
