using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection;

/// <summary>Reads <see cref="PacketFacts"/>.</summary>
internal static class PacketFactsReader
{
    internal static bool TryRead(int linkType, ReadOnlySpan<byte> frame, out PacketFacts facts)
    {
        facts = default;
        switch (linkType)
        {
            case LinkType.Ethernet:
                if (!EthernetFrame.TryReadTruncated(frame, out var ethernet, out _)) return false;
                facts.SourceMac = ethernet.Source;
                facts.DestinationMac = ethernet.Destination;
                return TryReadTyped(frame, EthernetFrame.HeaderLength, ethernet.EtherType, ref facts);
            case LinkType.RawIp or LinkType.Ipv4 or LinkType.Ipv6:
                return TryReadTyped(frame, 0, LinkEnvelope.TypeOfRawIp(frame), ref facts);
            case LinkType.Null or LinkType.Loop:
                return LoopbackFrame.TryRead(frame, out var loopback, out _)
                    && TryReadTyped(frame, LoopbackFrame.HeaderLength, loopback.EtherType, ref facts);
            case LinkType.LinuxCooked:
                return CookedFrame.TryRead(frame, out var cooked, out _)
                    && TryReadTyped(frame, CookedFrame.HeaderLength, cooked.EtherType, ref facts);
            case LinkType.LinuxCookedV2:
                return CookedFrameV2.TryRead(frame, out var cookedV2, out _)
                    && TryReadTyped(frame, CookedFrameV2.HeaderLength, cookedV2.EtherType, ref facts);
            default:
                return false;
        }
    }

    private static bool TryReadTyped(ReadOnlySpan<byte> frame, int offset, EtherType type, ref PacketFacts facts)
    {
        for (var tags = 0; type.IsVlanTag() && tags < LinkEnvelope.MaxVlanTags; tags++)
        {
            if (!VlanTag.TryReadTruncated(frame[offset..], out var tag, out _)) break;
            facts.VlanId = tag.VlanId;
            type = tag.EtherType;
            offset += VlanTag.HeaderLength;
        }

        facts.EtherType = type;
        var bytes = frame[offset..];
        return type switch
        {
            EtherType.Arp => TryReadArp(bytes, ref facts),
            EtherType.Ipv4 => TryReadIpv4(bytes, offset, ref facts),
            EtherType.Ipv6 => TryReadIpv6(bytes, offset, ref facts),
            _ => false,
        };
    }

    private static bool TryReadArp(ReadOnlySpan<byte> bytes, ref PacketFacts facts)
    {
        if (!ArpPacket.TryRead(bytes, out var arp, out _) || !arp.IsIpv4OverEthernet) return false;
        facts.ArpOperation = arp.Operation;
        facts.ArpSenderMac = arp.SenderMac;
        facts.ArpSender = arp.SenderAddress;
        facts.ArpTargetMac = arp.TargetMac;
        facts.ArpTarget = arp.TargetAddress;
        return true;
    }

    private static bool TryReadIpv4(ReadOnlySpan<byte> bytes, int offset, ref PacketFacts facts)
    {
        if (!Ipv4Packet.TryReadTruncated(bytes, out var packet, out _)) return false;
        facts.IpVersion = IpVersion.V4;
        facts.IpOffset = offset;
        facts.IpLength = packet.TotalLength;
        facts.Source = packet.Source;
        facts.Destination = packet.Destination;
        facts.HopLimit = packet.TimeToLive;
        facts.Ecn = packet.Ecn;
        facts.Protocol = packet.Protocol;
        facts.Identification = packet.Identification;
        facts.DontFragment = packet.DontFragment;
        facts.IsFragment = packet.IsFragment;
        facts.FragmentOffset = packet.FragmentOffset;
        if (packet.FragmentOffset == 0) ReadUpper(packet.Payload, offset + packet.HeaderLength, ref facts);
        return true;
    }

    private static bool TryReadIpv6(ReadOnlySpan<byte> bytes, int offset, ref PacketFacts facts)
    {
        if (!Ipv6Packet.TryReadTruncated(bytes, out var packet, out _)) return false;
        var whole = packet.TryReadUpperLayer(out var upper, out _);
        facts.IpVersion = IpVersion.V6;
        facts.IpOffset = offset;
        facts.IpLength = Ipv6Packet.HeaderLength + packet.PayloadLength;
        facts.Source = packet.Source;
        facts.Destination = packet.Destination;
        facts.HopLimit = packet.HopLimit;
        facts.Ecn = packet.Ecn;
        facts.Protocol = upper.Protocol;
        facts.Identification = upper.FragmentIdentification;
        facts.IsFragment = upper.IsFragment;
        facts.FragmentOffset = upper.FragmentOffset;
        if (whole && upper.FragmentOffset == 0) ReadUpper(upper.Bytes, offset + upper.Offset, ref facts);
        return true;
    }

    private static void ReadUpper(ReadOnlySpan<byte> bytes, int offset, ref PacketFacts facts)
    {
        facts.TransportOffset = offset;
        switch (facts.Protocol)
        {
            case IpProtocol.Tcp:
                ReadTcp(bytes, offset, ref facts);
                break;
            case IpProtocol.Udp when UdpDatagram.TryReadTruncated(bytes, out var udp, out _):
                facts.HasPorts = true;
                facts.SourcePort = udp.SourcePort;
                facts.DestinationPort = udp.DestinationPort;
                facts.PayloadOffset = offset + UdpDatagram.HeaderLength;
                facts.PayloadLength = udp.Payload.Length;
                break;
            case IpProtocol.Icmp when facts.IpVersion == IpVersion.V4 && IcmpMessage.TryRead(bytes, out var icmp, out _):
                ReadIcmp(icmp, offset, ref facts);
                break;
            case IpProtocol.Icmpv6 when facts.IpVersion == IpVersion.V6 && Icmpv6Message.TryRead(bytes, out var icmpv6, out _):
                ReadIcmpv6(icmpv6, offset, ref facts);
                break;
        }
    }

    private static void ReadTcp(ReadOnlySpan<byte> bytes, int offset, ref PacketFacts facts)
    {
        if (!TcpSegment.TryRead(bytes, out var tcp, out _)) return;
        facts.HasPorts = true;
        facts.SourcePort = tcp.SourcePort;
        facts.DestinationPort = tcp.DestinationPort;
        facts.TcpFlags = tcp.Flags;
        facts.TcpSequence = tcp.SequenceNumber;
        facts.TcpAcknowledgment = tcp.AcknowledgmentNumber;
        facts.TcpWindow = tcp.Window;
        facts.PayloadOffset = offset + tcp.HeaderLength;
        facts.PayloadLength = tcp.Payload.Length;
    }

    private static void ReadIcmp(IcmpMessage icmp, int offset, ref PacketFacts facts)
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
        facts.PayloadOffset = offset + IcmpMessage.HeaderLength;
        facts.PayloadLength = icmp.Body.Length;
        if (icmp.IsError) facts.Quoted = QuotedPacketReader.Read(icmp.QuotedPacket);
    }

    private static void ReadIcmpv6(Icmpv6Message icmp, int offset, ref PacketFacts facts)
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
        facts.PayloadOffset = offset + Icmpv6Message.HeaderLength;
        facts.PayloadLength = icmp.Body.Length;
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
