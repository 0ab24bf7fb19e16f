namespace Fathom.Wire.Dissection;

/// <summary>One protocol's part of a dissected frame.</summary>
/// <param name="Protocol">"ethernet", "vlan", "llc", "snap", "linux-cooked", "loopback", "arp", "ipv4", "ipv6", "ipv6-hop-by-hop", "ipv6-routing",
/// "ipv6-fragment", "ipv6-destination-options", "ipv6-mobility", "hip", "shim6", "ipv6-extension", "ah", "esp", "icmp", "icmpv6", "igmp", "udp", "tcp",
/// an application's name, or "data".</param>
/// <param name="Offset">Octets from the frame's first to the layer's first.</param>
/// <param name="HeaderLength">Octets of the header, options included; 0 for "data".</param>
/// <param name="Length">Octets to the protocol's own end, payload included, as far as they are there. An extension header or tag ends with itself.</param>
/// <param name="IsQuoted">True inside the packet that an ICMP error quotes.</param>
/// <param name="Fields">The fields in their order.</param>
/// <param name="Summary">The layer in one line.</param>
public sealed record DissectedLayer(
    string Protocol, int Offset, int HeaderLength, int Length, bool IsQuoted, DissectedFields Fields, string Summary);
