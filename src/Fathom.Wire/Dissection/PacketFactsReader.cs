using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection;

/// <summary>Reads <see cref="PacketFacts"/> from the layers of a <see cref="DecodedPacket"/>.</summary>
internal static class PacketFactsReader
{
    internal static bool TryRead(int linkType, ReadOnlySpan<byte> frame, out PacketFacts facts)
    {
        DecodedPacket.Read(linkType, frame, out var packet);
        facts = default;
        if (packet.Has(PacketLayers.Ethernet))
        {
            facts.SourceMac = packet.Ethernet.Source;
            facts.DestinationMac = packet.Ethernet.Destination;
        }

        if (packet.Has(PacketLayers.Vlan)) facts.VlanId = packet.Vlan.VlanId;
        facts.EtherType = packet.EtherType;
        if (packet.Has(PacketLayers.Arp)) return TryReadArp(packet.Arp, ref facts);
        if (!packet.IsIp) return false;
        ReadIp(in packet, ref facts);
        ReadUpper(in packet, ref facts);
        return true;
    }

    private static bool TryReadArp(ArpPacket arp, ref PacketFacts facts)
    {
        if (facts.EtherType != EtherType.Arp || !arp.IsIpv4OverEthernet) return false;
        facts.ArpOperation = arp.Operation;
        facts.ArpSenderMac = arp.SenderMac;
        facts.ArpSender = arp.SenderAddress;
        facts.ArpTargetMac = arp.TargetMac;
        facts.ArpTarget = arp.TargetAddress;
        return true;
    }

    private static void ReadIp(in DecodedPacket packet, ref PacketFacts facts)
    {
        facts.IpOffset = packet.NetworkOffset;
        facts.Source = packet.Source;
        facts.Destination = packet.Destination;
        facts.Protocol = packet.Protocol;
        facts.Identification = packet.Identification;
        facts.IsFragment = packet.IsFragment;
        facts.FragmentOffset = packet.FragmentOffset;
        facts.TransportOffset = packet.TransportOffset;
        if (packet.Has(PacketLayers.Ipv4))
        {
            facts.IpVersion = IpVersion.V4;
            facts.IpLength = packet.Ipv4.TotalLength;
            facts.HopLimit = packet.Ipv4.TimeToLive;
            facts.Ecn = packet.Ipv4.Ecn;
            facts.DontFragment = packet.Ipv4.DontFragment;
            return;
        }

        facts.IpVersion = IpVersion.V6;
        facts.IpLength = Ipv6Packet.HeaderLength + packet.Ipv6.PayloadLength;
        facts.HopLimit = packet.Ipv6.HopLimit;
        facts.Ecn = packet.Ipv6.Ecn;
    }

    private static void ReadUpper(in DecodedPacket packet, ref PacketFacts facts)
    {
        if (packet.Has(PacketLayers.Tcp)) ReadTcp(packet.Tcp, ref facts);
        else if (packet.Has(PacketLayers.Udp)) ReadUdp(packet.Udp, ref facts);
        else if (packet.Has(PacketLayers.Icmp)) ReadIcmp(packet.Icmp, ref facts);
        else if (packet.Has(PacketLayers.Icmpv6)) ReadIcmpv6(packet.Icmpv6, ref facts);
        else return;
        facts.PayloadOffset = packet.PayloadOffset;
        facts.PayloadLength = packet.Payload.Length;
    }

    private static void ReadUdp(UdpDatagram udp, ref PacketFacts facts)
    {
        facts.HasPorts = true;
        facts.SourcePort = udp.SourcePort;
        facts.DestinationPort = udp.DestinationPort;
    }

    private static void ReadTcp(TcpSegment tcp, ref PacketFacts facts)
    {
        facts.HasPorts = true;
        facts.SourcePort = tcp.SourcePort;
        facts.DestinationPort = tcp.DestinationPort;
        facts.TcpFlags = tcp.Flags;
        facts.TcpSequence = tcp.SequenceNumber;
        facts.TcpAcknowledgment = tcp.AcknowledgmentNumber;
        facts.TcpWindow = tcp.Window;
    }

    private static void ReadIcmp(IcmpMessage icmp, ref PacketFacts facts)
    {
        var request = icmp.Type == IcmpType.EchoRequest;
        var reply = icmp.Type == IcmpType.EchoReply;
        var tooBig = icmp.Type == IcmpType.DestinationUnreachable && icmp.Code == (byte)IcmpUnreachableCode.FragmentationNeeded;
        facts.IsIcmp = true;
        facts.IcmpType = (byte)icmp.Type;
        facts.IcmpCode = icmp.Code;
        facts.IsEchoRequest = request;
        facts.IsEchoReply = reply;
        facts.EchoIdentifier = request || reply ? icmp.Identifier : (ushort)0;
        facts.EchoSequence = request || reply ? icmp.SequenceNumber : (ushort)0;
        facts.IsIcmpError = icmp.IsError;
        facts.NextHopMtu = tooBig ? icmp.NextHopMtu : 0u;
        if (icmp.IsError) facts.Quoted = QuotedPacketReader.Read(icmp.QuotedPacket);
    }

    private static void ReadIcmpv6(Icmpv6Message icmp, ref PacketFacts facts)
    {
        var request = icmp.Type == Icmpv6Type.EchoRequest;
        var reply = icmp.Type == Icmpv6Type.EchoReply;
        facts.IsIcmp = true;
        facts.IcmpType = (byte)icmp.Type;
        facts.IcmpCode = icmp.Code;
        facts.IsEchoRequest = request;
        facts.IsEchoReply = reply;
        facts.EchoIdentifier = request || reply ? icmp.Identifier : (ushort)0;
        facts.EchoSequence = request || reply ? icmp.SequenceNumber : (ushort)0;
        facts.IsIcmpError = icmp.IsError;
        facts.NextHopMtu = icmp.Type == Icmpv6Type.PacketTooBig ? icmp.Mtu : 0;
        if (icmp.IsError) facts.Quoted = QuotedPacketReader.Read(icmp.QuotedPacket);
        ReadNeighborDiscovery(icmp, ref facts);
    }

    private static void ReadNeighborDiscovery(Icmpv6Message icmp, ref PacketFacts facts)
    {
        ReadOnlySpan<byte> options;
        IpAddress? target = null;
        switch (icmp.Type)
        {
            case Icmpv6Type.NeighborSolicitation when NeighborSolicitation.TryRead(icmp.Bytes, out var view, out _):
                target = view.Target;
                options = view.Options;
                break;
            case Icmpv6Type.NeighborAdvertisement when NeighborAdvertisement.TryRead(icmp.Bytes, out var view, out _):
                target = view.Target;
                options = view.Options;
                break;
            case Icmpv6Type.Redirect when NeighborRedirect.TryRead(icmp.Bytes, out var view, out _):
                target = view.Target;
                options = view.Options;
                break;
            case Icmpv6Type.RouterSolicitation when RouterSolicitation.TryRead(icmp.Bytes, out var view, out _):
                options = view.Options;
                break;
            case Icmpv6Type.RouterAdvertisement when RouterAdvertisement.TryRead(icmp.Bytes, out var view, out _):
                options = view.Options;
                break;
            default:
                return;
        }

        MacAddress? mac = null;
        foreach (var option in new NdOptionEnumerator(options))
        {
            if (option.TryGetLinkLayerAddress(out var address)) mac = address;
        }

        facts.NeighborTarget = target;
        facts.NeighborMac = mac;
    }
}
