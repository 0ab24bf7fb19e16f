namespace Fathom.Wire.Capture;

/// <summary>What a pcapng file says about how much of the traffic it holds (draft-ietf-opsawg-pcapng §4.6). Null where it does not say.</summary>
public sealed record CaptureStatistics
{
    /// <summary>The section, from 0.</summary>
    public int Section { get; init; }

    /// <summary>The interface's number in that section.</summary>
    public int InterfaceId { get; init; }

    /// <summary>When the figures were taken, in nanoseconds since the Unix epoch; null where it does not fit 64 bits.</summary>
    public long? UnixNanoseconds { get; init; }

    /// <summary>Packets that the interface received (isb_ifrecv).</summary>
    public ulong? Received { get; init; }

    /// <summary>Packets that the interface dropped for want of room (isb_ifdrop).</summary>
    public ulong? Dropped { get; init; }

    /// <summary>Packets that the filter let pass (isb_filteraccept).</summary>
    public ulong? FilterAccepted { get; init; }

    /// <summary>Packets that the operating system dropped (isb_osdrop).</summary>
    public ulong? OsDropped { get; init; }

    /// <summary>Packets that reached the capturing program (isb_usrdeliv).</summary>
    public ulong? Delivered { get; init; }
}
