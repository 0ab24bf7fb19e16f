using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection;

/// <summary>
/// The line of the packets that make up nearly all traffic, written from their views without allocating. What it does not know it leaves
/// to the dissectors, whose line is the same: a test compares the two on every capture.
/// </summary>
internal static class PacketSummary
{
    /// <summary>Octets of the longest line: addresses, numbers, and the longest names of the answers that are shown.</summary>
    internal const int Room = 6 * 1024;

    /// <summary>Writes the line. False if the packet is not one of these; what was written is then to be dropped.</summary>
    internal static bool TryWrite(in DecodedPacket packet, ApplicationDissectors applications, ref SummaryBuffer line)
    {
        const PacketLayers Odd = PacketLayers.Llc | PacketLayers.Ipv6Extensions;
        if (packet.IsDamaged || packet.IsFragment || (packet.Layers & Odd) != 0) return false;
        if (packet.Has(PacketLayers.Arp)) return TryWriteArp(packet.Arp, packet.EtherType, ref line);
        // Options of an IPv4 header may be damaged, and then the line says so.
        if (packet.Has(PacketLayers.Ipv4) && packet.Ipv4.HeaderLength > Ipv4Packet.MinHeaderLength) return false;
        if (packet.Has(PacketLayers.Tcp)) return TryWriteTcp(in packet, applications, ref line);
        if (packet.Has(PacketLayers.Udp)) return TryWriteUdp(in packet, applications, ref line);
        if (packet.Has(PacketLayers.Icmp)) return TryWriteIcmp(in packet, ref line);
        return packet.Has(PacketLayers.Icmpv6) && TryWriteIcmpv6(in packet, ref line);
    }

    private static bool TryWriteArp(ArpPacket arp, EtherType type, ref SummaryBuffer line)
    {
        if (type != EtherType.Arp || !arp.IsIpv4OverEthernet || arp.SenderAddress.IsUnspecified || arp.SenderAddress == arp.TargetAddress) return false;
        switch (arp.Operation)
        {
            case ArpOperation.Request:
                line.Add("ARP who has "u8);
                line.Add(arp.TargetAddress);
                line.Add("? tell "u8);
                line.Add(arp.SenderAddress);
                return !line.IsFull;
            case ArpOperation.Reply:
                line.Add("ARP "u8);
                line.Add(arp.SenderAddress);
                line.Add(" is at "u8);
                line.Add(arp.SenderMac);
                return !line.IsFull;
            default:
                return false;
        }
    }

    private static bool TryWriteTcp(in DecodedPacket packet, ApplicationDissectors applications, ref SummaryBuffer line)
    {
        var tcp = packet.Tcp;
        if (!tcp.Payload.IsEmpty && TransportDissector.Find(applications, IpProtocol.Tcp, tcp.SourcePort, tcp.DestinationPort, tcp.Payload) is not null) return false;
        if (tcp.HeaderLength > TcpSegment.MinHeaderLength && !AreWhole(tcp.EnumerateOptions())) return false;
        TcpSummary.Write(tcp, new IpEnvelope(packet.Source, packet.Destination, packet.Destination), ref line);
        return !line.IsFull;
    }

    // The line says so where they are not.
    private static bool AreWhole(TcpOptionEnumerator options)
    {
        while (options.MoveNext())
        {
        }

        return !options.Error.IsError;
    }

    private static bool TryWriteUdp(in DecodedPacket packet, ApplicationDissectors applications, ref SummaryBuffer line)
    {
        var udp = packet.Udp;
        var application = udp.Payload.IsEmpty ? null : TransportDissector.Find(applications, IpProtocol.Udp, udp.SourcePort, udp.DestinationPort, udp.Payload);
        if (application is not null && application != DnsDissector.Unicast) return false;
        line.Add(application is null ? "UDP "u8 : "DNS "u8);
        line.AddRoute(packet.Source, udp.SourcePort, packet.Destination, udp.DestinationPort);
        if (application is null) line.Add(" len="u8, (uint)udp.Payload.Length);
        else if (!DnsSummary.TryWrite(udp.Payload, ref line)) return false;
        return !line.IsFull;
    }

    private static bool TryWriteIcmp(in DecodedPacket packet, ref SummaryBuffer line)
    {
        var icmp = packet.Icmp;
        if (icmp.Type is not (IcmpType.EchoRequest or IcmpType.EchoReply)) return false;
        line.Add("ICMP "u8);
        return AddEcho(in packet, IcmpText.Describe(icmp.Type, icmp.Code), icmp.Identifier, icmp.SequenceNumber, ref line);
    }

    private static bool TryWriteIcmpv6(in DecodedPacket packet, ref SummaryBuffer line)
    {
        var icmp = packet.Icmpv6;
        if (icmp.Type is not (Icmpv6Type.EchoRequest or Icmpv6Type.EchoReply)) return false;
        line.Add("ICMPv6 "u8);
        return AddEcho(in packet, Icmpv6Text.Describe(icmp.Type, icmp.Code), icmp.Identifier, icmp.SequenceNumber, ref line);
    }

    private static bool AddEcho(in DecodedPacket packet, string what, ushort identifier, ushort number, ref SummaryBuffer line)
    {
        line.Add(what);
        line.Add(" "u8);
        line.AddRoute(packet.Source, packet.Destination);
        line.Add(" id="u8, identifier);
        line.Add(" seq="u8, number);
        return !line.IsFull;
    }
}
