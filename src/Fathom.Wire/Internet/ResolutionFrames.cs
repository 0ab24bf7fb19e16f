using Fathom.Wire.Link;

namespace Fathom.Wire.Internet;

/// <summary>Whole Ethernet frames of address resolution: ARP (RFC 826, RFC 5227) for IPv4, neighbor discovery (RFC 4861) for IPv6.</summary>
public static class ResolutionFrames
{
    // RFC 4861 §7.1: receivers drop neighbor discovery with any other hop limit, so that no router can have passed it on.
    private const byte HopLimit = 255;
    private const int LinkLayerOptionLength = 8;

    private static readonly IpAddress AllNodes = IpAddress.Parse("ff02::1");

    /// <summary>Asks who has an address: an ARP request to everybody, or a neighbor solicitation to the address's solicited-node group.</summary>
    /// <param name="mac">The asker's MAC address.</param>
    /// <param name="source">The asker's address. 0.0.0.0: an ARP probe that leaves no trace in tables (RFC 5227 §2.1.1); "::" likewise (RFC 4862 §5.4.2).</param>
    /// <param name="target">The address asked for.</param>
    public static byte[] Question(MacAddress mac, IpAddress source, IpAddress target)
    {
        if (target.IsV4) return Arp(mac, ArpHeader.Request(mac, source, target));
        var group = MulticastMapping.SolicitedNode(target);
        // RFC 4861 §4.3: the option must not stand in a solicitation from the unspecified address.
        var option = source.IsUnspecified ? 0 : LinkLayerOptionLength;
        return Discovery(mac, source, group, NeighborSolicitation.FixedLength + option, message =>
        {
            if (option > 0) NdOptionWriter.WriteLinkLayerAddress(message[NeighborSolicitation.FixedLength..], NdOptionType.SourceLinkLayerAddress, mac);
            new NeighborSolicitationHeader(target.WithZone(0)).WriteTo(message, source.WithZone(0), group);
        });
    }

    /// <summary>Tells everybody that an address is here: a gratuitous ARP request (RFC 5227 §3), or an unsolicited neighbor advertisement that overrides (RFC 4861 §7.2.6).</summary>
    /// <param name="mac">The MAC address.</param>
    /// <param name="address">The address.</param>
    public static byte[] Announcement(MacAddress mac, IpAddress address)
    {
        if (address.IsV4) return Arp(mac, ArpHeader.Request(mac, address, address));
        return Discovery(mac, address, AllNodes, NeighborAdvertisement.FixedLength + LinkLayerOptionLength, message =>
        {
            NdOptionWriter.WriteLinkLayerAddress(message[NeighborAdvertisement.FixedLength..], NdOptionType.TargetLinkLayerAddress, mac);
            new NeighborAdvertisementHeader(address.WithZone(0), Router: false, Solicited: false, Override: true).WriteTo(message, address.WithZone(0), AllNodes);
        });
    }

    private static byte[] Arp(MacAddress mac, ArpHeader arp)
    {
        var frame = new byte[EthernetFrame.HeaderLength + arp.Length];
        arp.WriteTo(frame.AsSpan(EthernetFrame.HeaderLength));
        new EthernetHeader(MacAddress.Broadcast, mac, EtherType.Arp).WriteTo(frame);
        return frame;
    }

    private static byte[] Discovery(MacAddress mac, IpAddress source, IpAddress group, int length, MessageWriter write)
    {
        var frame = new byte[EthernetFrame.HeaderLength + Ipv6Packet.HeaderLength + length];
        var packet = frame.AsSpan(EthernetFrame.HeaderLength);
        write(packet[Ipv6Packet.HeaderLength..]);
        new Ipv6Header { NextHeader = IpProtocol.Icmpv6, HopLimit = HopLimit, Source = source.WithZone(0), Destination = group }.WriteTo(packet);
        new EthernetHeader(MulticastMapping.MacOf(group)!.Value, mac, EtherType.Ipv6).WriteTo(frame);
        return frame;
    }

    private delegate void MessageWriter(Span<byte> message);
}
