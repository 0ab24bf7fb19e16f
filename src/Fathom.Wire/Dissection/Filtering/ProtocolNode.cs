using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection.Filtering;

/// <summary>"ip", "arp", "tcp", "ip6 proto 58": what the packet is.</summary>
/// <param name="Type">What the frame must carry, or null for IPv4 or IPv6.</param>
/// <param name="Protocol">What the IP packet must carry, or null.</param>
internal sealed record ProtocolNode(EtherType? Type, IpProtocol? Protocol) : FilterNode
{
    // RFC 8200 §3: the fixed header has 40 octets; a fragment header begins with the next header.
    private const int V6HeaderLength = 40;

    internal override bool Evaluate(ref FilterPacket packet)
    {
        if (Type is { } type && packet.Type != type) return false;
        if (Protocol is not { } protocol) return true;
        if (packet.Type == EtherType.Ipv4) return packet.Octet(9) == (byte)protocol;
        if (packet.Type != EtherType.Ipv6) return false;
        var next = packet.Octet(6);
        return next == (byte)protocol || (next == (byte)IpProtocol.Fragment && packet.Octet(V6HeaderLength) == (byte)protocol);
    }
}
