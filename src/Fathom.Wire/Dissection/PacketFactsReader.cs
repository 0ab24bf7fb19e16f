using System.Buffers.Binary;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection;

/// <summary>Reads <see cref="PacketFacts"/>.</summary>
internal static class PacketFactsReader
{
    // Every ICMP error quotes at least the first eight octets behind the IP header (RFC 792): ports, or an echo's identity.
    private const int QuotedUpperLength = 8;

    internal static bool TryRead(int linkType, ReadOnlySpan<byte> frame, out PacketFacts facts)
    {
        facts = default;
        switch (linkType)
        {
            case LinkType.Ethernet:
                if (!EthernetFrame.TryReadTruncated(frame, out var ethernet, out _)) return false;
                facts = facts with { SourceMac = ethernet.Source, DestinationMac = ethernet.Destination };
                return TryReadTyped(frame, EthernetFrame.HeaderLength, ethernet.EtherType, ref facts);
            case LinkType.RawIp or LinkType.Ipv4 or LinkType.Ipv6:
                return TryReadTyped(frame, 0, LinkEnvelope.TypeOfRawIp(frame), ref facts);
            case LinkType.Null or LinkType.Loop:
                return frame.Length >= LinkEnvelope.FamilyLength
                    && TryReadTyped(frame, LinkEnvelope.FamilyLength, LinkEnvelope.TypeOfFamily(frame), ref facts);
            case LinkType.LinuxCooked:
                return frame.Length >= LinkEnvelope.CookedLength
                    && TryReadTyped(frame, LinkEnvelope.CookedLength, LinkEnvelope.TypeOfCooked(frame, false), ref facts);
            case LinkType.LinuxCookedV2:
                return frame.Length >= LinkEnvelope.CookedV2Length
                    && TryReadTyped(frame, LinkEnvelope.CookedV2Length, LinkEnvelope.TypeOfCooked(frame, true), ref facts);
            default:
                return false;
        }
    }

    private static bool TryReadTyped(ReadOnlySpan<byte> frame, int offset, EtherType type, ref PacketFacts facts)
    {
        for (var tags = 0; type.IsVlanTag() && tags < LinkEnvelope.MaxVlanTags; tags++)
        {
            if (!VlanTag.TryReadTruncated(frame[offset..], out var tag, out _)) break;
            facts = facts with { VlanId = tag.VlanId };
            type = tag.EtherType;
            offset += VlanTag.HeaderLength;
        }

        facts = facts with { EtherType = type };
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
        facts = facts with
        {
            ArpOperation = arp.Operation,
            ArpSenderMac = arp.SenderMac,
            ArpSender = arp.SenderAddress,
            ArpTargetMac = arp.TargetMac,
            ArpTarget = arp.TargetAddress,
        };
        return true;
    }

    private static bool TryReadIpv4(ReadOnlySpan<byte> bytes, int offset, ref PacketFacts facts)
    {
        if (!Ipv4Packet.TryReadTruncated(bytes, out var packet, out _)) return false;
        facts = facts with
        {
            IpVersion = IpVersion.V4,
            IpOffset = offset,
            IpLength = packet.TotalLength,
            Source = packet.Source,
            Destination = packet.Destination,
            HopLimit = packet.TimeToLive,
            Ecn = packet.Ecn,
            Protocol = packet.Protocol,
            Identification = packet.Identification,
            DontFragment = packet.DontFragment,
            IsFragment = packet.IsFragment,
            FragmentOffset = packet.FragmentOffset,
        };
        if (packet.FragmentOffset == 0) ReadUpper(packet.Payload, offset + packet.HeaderLength, ref facts);
        return true;
    }

    private static bool TryReadIpv6(ReadOnlySpan<byte> bytes, int offset, ref PacketFacts facts)
    {
        if (!Ipv6Packet.TryReadTruncated(bytes, out var packet, out _)) return false;
        var whole = packet.TryReadUpperLayer(out var upper, out _);
        facts = facts with
        {
            IpVersion = IpVersion.V6,
            IpOffset = offset,
            IpLength = Ipv6Packet.HeaderLength + packet.PayloadLength,
            Source = packet.Source,
            Destination = packet.Destination,
            HopLimit = packet.HopLimit,
            Ecn = packet.Ecn,
            Protocol = upper.Protocol,
            Identification = upper.FragmentIdentification,
            IsFragment = upper.IsFragment,
            FragmentOffset = upper.FragmentOffset,
        };
        if (whole && upper.FragmentOffset == 0) ReadUpper(upper.Bytes, offset + upper.Offset, ref facts);
        return true;
    }

    private static void ReadUpper(ReadOnlySpan<byte> bytes, int offset, ref PacketFacts facts)
    {
        switch (facts.Protocol)
        {
            case IpProtocol.Tcp:
                ReadTcp(bytes, offset, ref facts);
                break;
            case IpProtocol.Udp when UdpDatagram.TryReadTruncated(bytes, out var udp, out _):
                facts = facts with
                {
                    HasPorts = true,
                    SourcePort = udp.SourcePort,
                    DestinationPort = udp.DestinationPort,
                    PayloadOffset = offset + UdpDatagram.HeaderLength,
                    PayloadLength = udp.Payload.Length,
                };
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
        facts = facts with
        {
            HasPorts = true,
            SourcePort = tcp.SourcePort,
            DestinationPort = tcp.DestinationPort,
            TcpFlags = tcp.Flags,
            TcpSequence = tcp.SequenceNumber,
            TcpAcknowledgment = tcp.AcknowledgmentNumber,
            TcpWindow = tcp.Window,
            PayloadOffset = offset + tcp.HeaderLength,
            PayloadLength = tcp.Payload.Length,
        };
    }

    private static void ReadIcmp(IcmpMessage icmp, int offset, ref PacketFacts facts)
    {
        var request = icmp.Type == IcmpType.EchoRequest;
        var reply = icmp.Type == IcmpType.EchoReply;
        var tooBig = icmp.Type == IcmpType.DestinationUnreachable && icmp.Code == (byte)IcmpUnreachableCode.FragmentationNeeded;
        facts = facts with
        {
            IsIcmp = true,
            IcmpType = (byte)icmp.Type,
            IcmpCode = icmp.Code,
            IsEchoRequest = request,
            IsEchoReply = reply,
            EchoIdentifier = request || reply ? icmp.Identifier : (ushort)0,
            EchoSequence = request || reply ? icmp.SequenceNumber : (ushort)0,
            IsIcmpError = icmp.IsError,
            NextHopMtu = tooBig ? icmp.NextHopMtu : 0u,
            PayloadOffset = offset + IcmpMessage.HeaderLength,
            PayloadLength = icmp.Body.Length,
            Quoted = ReadQuoted(icmp.QuotedPacket),
        };
    }

    private static void ReadIcmpv6(Icmpv6Message icmp, int offset, ref PacketFacts facts)
    {
        var request = icmp.Type == Icmpv6Type.EchoRequest;
        var reply = icmp.Type == Icmpv6Type.EchoReply;
        facts = facts with
        {
            IsIcmp = true,
            IcmpType = (byte)icmp.Type,
            IcmpCode = icmp.Code,
            IsEchoRequest = request,
            IsEchoReply = reply,
            EchoIdentifier = request || reply ? icmp.Identifier : (ushort)0,
            EchoSequence = request || reply ? icmp.SequenceNumber : (ushort)0,
            IsIcmpError = icmp.IsError,
            NextHopMtu = icmp.Type == Icmpv6Type.PacketTooBig ? icmp.Mtu : 0,
            PayloadOffset = offset + Icmpv6Message.HeaderLength,
            PayloadLength = icmp.Body.Length,
            Quoted = ReadQuoted(icmp.QuotedPacket),
        };
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

        facts = facts with { NeighborTarget = target, NeighborMac = mac };
    }

    private static QuotedPacketFacts ReadQuoted(ReadOnlySpan<byte> bytes)
    {
        if (Ipv4Packet.TryReadTruncated(bytes, out var v4, out _))
        {
            var quoted = new QuotedPacketFacts
            {
                IpVersion = IpVersion.V4,
                Source = v4.Source,
                Destination = v4.Destination,
                HopLimit = v4.TimeToLive,
                Protocol = v4.Protocol,
                Identification = v4.Identification,
                TotalLength = v4.TotalLength,
            };
            return v4.FragmentOffset == 0 ? WithUpper(quoted, v4.Payload) : quoted;
        }

        if (!Ipv6Packet.TryReadTruncated(bytes, out var v6, out _)) return default;
        var whole = v6.TryReadUpperLayer(out var upper, out _);
        var facts = new QuotedPacketFacts
        {
            IpVersion = IpVersion.V6,
            Source = v6.Source,
            Destination = v6.Destination,
            HopLimit = v6.HopLimit,
            Protocol = upper.Protocol,
            Identification = upper.FragmentIdentification,
            TotalLength = Ipv6Packet.HeaderLength + v6.PayloadLength,
        };
        return whole && upper.FragmentOffset == 0 ? WithUpper(facts, upper.Bytes) : facts;
    }

    // The quote may end inside the upper layer's header, so the first octets are read as they are.
    private static QuotedPacketFacts WithUpper(QuotedPacketFacts quoted, ReadOnlySpan<byte> bytes)
    {
        if (quoted.Protocol is IpProtocol.Tcp or IpProtocol.Udp)
        {
            if (bytes.Length < 4) return quoted;
            var all = bytes.Length >= QuotedUpperLength;
            return quoted with
            {
                HasPorts = true,
                SourcePort = BinaryPrimitives.ReadUInt16BigEndian(bytes),
                DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
                TcpSequence = all && quoted.Protocol == IpProtocol.Tcp
                    ? new SequenceNumber(BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]))
                    : null,
                UdpLength = all && quoted.Protocol == IpProtocol.Udp ? BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) : (ushort)0,
            };
        }

        if (bytes.IsEmpty || quoted.Protocol is not (IpProtocol.Icmp or IpProtocol.Icmpv6)) return quoted;
        var isEcho = bytes.Length >= QuotedUpperLength && (quoted.Protocol == IpProtocol.Icmp
            ? (IcmpType)bytes[0] is IcmpType.EchoRequest or IcmpType.EchoReply
            : (Icmpv6Type)bytes[0] is Icmpv6Type.EchoRequest or Icmpv6Type.EchoReply);
        return quoted with
        {
            IcmpType = bytes[0],
            IsEcho = isEcho,
            EchoIdentifier = isEcho ? BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) : (ushort)0,
            EchoSequence = isEcho ? BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) : (ushort)0,
        };
    }
}
