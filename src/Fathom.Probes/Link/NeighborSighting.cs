using Fathom.Hosts.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Probes.Link;

/// <summary>A packet of address resolution that crossed a link.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Address">The address that its sender claims; null where it claims none (a probe).</param>
/// <param name="Mac">The sender's MAC address.</param>
/// <param name="Target">The address asked for, or answered about.</param>
/// <param name="Previous">The MAC address that the claimed address had before, where it is another one; else null.</param>
/// <param name="Frame">The frame.</param>
public sealed record NeighborSighting(NeighborSightingKind Kind, IpAddress? Address, MacAddress Mac, IpAddress Target, MacAddress? Previous, CapturedFrame Frame)
{
    /// <summary>
    /// An address has moved to another MAC address: a new network card, a router that took over, or somebody who draws another's
    /// packets to himself (ARP spoofing). What it is cannot be seen in the packet.
    /// </summary>
    public bool IsChange => Previous is not null;
}
