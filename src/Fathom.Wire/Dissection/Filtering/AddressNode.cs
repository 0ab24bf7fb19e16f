using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection.Filtering;

/// <summary>"host" and "net": an address of the IP header, or of an ARP or RARP packet.</summary>
/// <param name="Prefix">The addresses meant.</param>
/// <param name="Direction">Which end.</param>
/// <param name="Type">What the frame must carry, or null for all that can hold the address.</param>
internal sealed record AddressNode(IpPrefix Prefix, FilterDirection Direction, EtherType? Type) : FilterNode
{
    internal override bool Evaluate(ref FilterPacket packet)
    {
        if (Type is { } type && packet.Type != type) return false;
        return packet.Type switch
        {
            EtherType.Ipv4 when Prefix.Address.IsV4 => Either(ref packet, 12, 16, 4),
            EtherType.Arp or EtherType.Rarp when Prefix.Address.IsV4 => Either(ref packet, 14, 24, 4), // RFC 826, for Ethernet's addresses
            EtherType.Ipv6 when Prefix.Address.IsV6 => Either(ref packet, 8, 24, 16),
            _ => false,
        };
    }

    private bool Either(ref FilterPacket packet, int source, int destination, int length) => Direction switch
    {
        FilterDirection.Source => Prefix.Contains(packet.Address(source, length)),
        FilterDirection.Destination => Prefix.Contains(packet.Address(destination, length)),
        FilterDirection.Both => Prefix.Contains(packet.Address(source, length)) && Prefix.Contains(packet.Address(destination, length)),
        _ => Prefix.Contains(packet.Address(source, length)) || Prefix.Contains(packet.Address(destination, length)),
    };
}
