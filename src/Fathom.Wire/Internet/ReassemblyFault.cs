namespace Fathom.Wire.Internet;

/// <summary>Why a fragment was not taken.</summary>
public enum ReassemblyFault : byte
{
    /// <summary>It was.</summary>
    None = 0,

    /// <summary>The bytes are no whole packet.</summary>
    Unreadable,

    /// <summary>
    /// It overlaps another fragment with other bounds or other bytes: the whole packet is given up (RFC 5722 §4, RFC 8200 §4.5). IPv4 once
    /// let the later one win (RFC 791 §3.2); attacks hid headers that way (RFC 1858), so it is treated as IPv6's.
    /// </summary>
    Overlap,

    /// <summary>The packet was given up before, for an overlap; what still comes of it is dropped (RFC 5722 §4).</summary>
    GivenUp,

    /// <summary>More follows, and its length is no multiple of eight (RFC 8200 §4.5: answered with a parameter problem).</summary>
    UnevenLength,

    /// <summary>The packet would be longer than 65,535 octets (RFC 8200 §4.5: answered with a parameter problem).</summary>
    TooLong,

    /// <summary>It contradicts the end that an earlier fragment stated: the whole packet is given up.</summary>
    OtherEnd,

    /// <summary>It carries nothing.</summary>
    Empty,

    /// <summary>The first fragment ends before the upper layer's header does (RFC 7112 §5).</summary>
    HeadersMissing,

    /// <summary>A limit of <see cref="IpReassemblerOptions"/> was reached.</summary>
    Limit,
}
