using Fathom.Stack.Sockets;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>An ICMP or ICMPv6 error that arrived for a packet which this host sent.</summary>
/// <param name="Reporter">Who sent the error.</param>
/// <param name="Type">ICMP or ICMPv6 type; which of the two, <paramref name="Source"/>'s version says.</param>
/// <param name="Code">The code.</param>
/// <param name="NextHopMtu">The MTU told by "fragmentation needed" or "packet too big", in octets; 0: none.</param>
/// <param name="Source">The source of the packet quoted: an address of this host.</param>
/// <param name="Destination">Where the packet quoted was going.</param>
/// <param name="At">When the error arrived.</param>
internal readonly record struct IcmpReport(
    IpAddress Reporter,
    byte Type,
    byte Code,
    int NextHopMtu,
    IpAddress Source,
    IpAddress Destination,
    TimeSpan At)
{
    /// <summary>TTL or hop limit that was left of the error's packet; 0 of the stack's own.</summary>
    public byte HopLimit { get; init; }

    /// <summary>The stack itself says so; no packet has arrived.</summary>
    public bool IsLocal { get; init; }

    /// <summary>As sockets show it.</summary>
    public DeliveryError ToDeliveryError() => new(Reporter, Type, Code, NextHopMtu, IsLocal);
}
