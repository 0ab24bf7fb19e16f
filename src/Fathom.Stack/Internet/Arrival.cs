using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>What the internet layer tells an upper one of a packet that arrived for this host.</summary>
/// <param name="Source">The sender.</param>
/// <param name="Destination">The address of this host, or a group, that it was sent to.</param>
/// <param name="Interface">Where it came in.</param>
/// <param name="HopLimit">TTL or hop limit that was left.</param>
/// <param name="Dscp">Differentiated services code point, 0 to 63.</param>
/// <param name="Ecn">Explicit congestion notification.</param>
/// <param name="At">When, in the driver's time.</param>
internal readonly record struct Arrival(
    IpAddress Source,
    IpAddress Destination,
    NetworkInterface Interface,
    byte HopLimit,
    byte Dscp,
    Ecn Ecn,
    TimeSpan At)
{
    /// <summary>Octets of IP headers that stand in front of the segment in its buffer, so that an error can quote the packet.</summary>
    public int HeaderLength { get; init; }

    /// <summary>It came with an IPv6 fragment header, in one piece or in several.</summary>
    public bool HadFragmentHeader { get; init; }
}
