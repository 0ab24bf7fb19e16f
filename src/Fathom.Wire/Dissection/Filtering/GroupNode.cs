using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection.Filtering;

/// <summary>"broadcast" and "multicast": packets for more than one receiver.</summary>
/// <param name="Kind">Which.</param>
internal sealed record GroupNode(GroupKind Kind) : FilterNode
{
    internal override bool Evaluate(ref FilterPacket packet) => Kind switch
    {
        GroupKind.LinkBroadcast => packet.IsEthernet && packet.Mac(0) == MacAddress.Broadcast,
        GroupKind.LinkMulticast => packet.IsEthernet && packet.Mac(0).IsGroup,
        GroupKind.Ipv4Multicast => packet.Type == EtherType.Ipv4 && packet.Octet(16) >= 224, // as libpcap: 240.0.0.0/4 too
        _ => packet.Type == EtherType.Ipv6 && packet.Octet(24) == 0xFF,
    };
}
