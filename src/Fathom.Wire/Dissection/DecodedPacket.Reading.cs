using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection;

/// <content>The reading: one pass from the link to the upper layer, which keeps where each begins and ends. What is whole is read first, in one comparison of lengths; only what is not is looked at again.</content>
public ref partial struct DecodedPacket
{
    private void ReadOtherLink(int linkType)
    {
        switch (linkType)
        {
            case LinkType.RawIp or LinkType.Ipv4 or LinkType.Ipv6:
                ReadTyped(LinkEnvelope.TypeOfRawIp(Frame), 0, Frame.Length);
                break;
            case LinkType.Null or LinkType.Loop:
                ReadEnvelope(LoopbackFrame.HeaderLength, LoopbackFrame.TryRead(Frame, out var loopback, out _) ? loopback.EtherType : null);
                break;
            case LinkType.LinuxCooked:
                ReadEnvelope(CookedFrame.HeaderLength, CookedFrame.TryRead(Frame, out var cooked, out _) ? cooked.EtherType : null);
                break;
            case LinkType.LinuxCookedV2:
                ReadEnvelope(CookedFrameV2.HeaderLength, CookedFrameV2.TryRead(Frame, out var cookedV2, out _) ? cookedV2.EtherType : null);
                break;
        }
    }

    private void ReadEthernet()
    {
        if (!EthernetFrame.TryReadTyped(Frame, out var ethernet) && !TryReadOdd(out ethernet)) return;
        Layers = PacketLayers.Ethernet;
        _linkEnd = EthernetFrame.HeaderLength + ethernet.Payload.Length;
        if (ethernet.IsLengthFrame) ReadLlc(EthernetFrame.HeaderLength, _linkEnd);
        else ReadTyped(ethernet.EtherType, EthernetFrame.HeaderLength, _linkEnd);
    }

    private bool TryReadOdd(out EthernetFrame ethernet)
    {
        var isRead = EthernetFrame.TryReadTruncated(Frame, out ethernet, out var error);
        if (error.IsError) Report(PacketLayers.Ethernet, 0, Frame.Length);
        return isRead;
    }

    // A link header without a view of its own here; null: it is cut.
    private void ReadEnvelope(int length, EtherType? type)
    {
        if (type is not { } carried)
        {
            _linkEnd = length;
            Report(PacketLayers.OtherLink, 0, Frame.Length);
            return;
        }

        Layers = PacketLayers.OtherLink;
        ReadTyped(carried, length, Frame.Length);
    }

    private void ReadLlc(int offset, int end)
    {
        Carry(offset, end);
        if (!LlcFrame.TryRead(Frame[offset..end], out var llc, out _)) return;
        Layers |= PacketLayers.Llc;
        if (!llc.IsSnap || !SnapFrame.TryRead(llc.Payload, out var snap, out _)) return;
        if (snap.EtherType != EtherType.None) ReadTyped(snap.EtherType, offset + llc.HeaderLength + SnapFrame.HeaderLength, end);
    }

    private void ReadTyped(EtherType type, int offset, int end)
    {
        if (type.IsVlanTag() && !ReadVlanTags(ref type, ref offset, ref end)) return;
        EtherType = type;
        NetworkOffset = offset;
        switch (type)
        {
            case EtherType.Ipv4:
                ReadIpv4(offset, end);
                break;
            case EtherType.Ipv6:
                ReadIpv6(offset, end);
                break;
            case EtherType.Arp or EtherType.Rarp:
                ReadArp(offset, end);
                break;
            default:
                Carry(offset, end);
                break;
        }
    }

    /// <summary>False where the last tag is cut, or stands before a length.</summary>
    private bool ReadVlanTags(ref EtherType type, ref int offset, ref int end)
    {
        while (type.IsVlanTag() && VlanCount < LinkEnvelope.MaxVlanTags)
        {
            Carry(offset, end);
            var isRead = VlanTag.TryReadTruncated(Frame[offset..end], out var tag, out var error);
            if (error.IsError) Report(PacketLayers.Vlan, offset, end);
            if (!isRead) return false;
            Layers |= PacketLayers.Vlan;
            VlanCount++;
            _vlanOffset = offset;
            type = tag.EtherType;
            offset += VlanTag.HeaderLength;
            _vlanEnd = end = offset + tag.Payload.Length;
            if (type == EtherType.None)
            {
                ReadLlc(offset, end);
                return false;
            }
        }

        return true;
    }

    private void ReadArp(int offset, int end)
    {
        Carry(offset, end);
        if (!ArpPacket.TryRead(Frame[offset..end], out var arp, out _))
        {
            Report(PacketLayers.Arp, offset, end);
            return;
        }

        Layers |= PacketLayers.Arp;
        _networkEnd = offset + ArpPacket.FixedLength + (2 * (arp.HardwareLength + arp.ProtocolLength));
        Carry(_networkEnd, _networkEnd);
    }

    private void ReadIpv4(int offset, int end)
    {
        var bytes = Frame[offset..end];
        if (!Ipv4Packet.TryReadWhole(bytes, out var packet) && !TryReadOdd(bytes, offset, out packet)) return;
        Layers |= PacketLayers.Ipv4;
        _networkEnd = offset + packet.Bytes.Length;
        Protocol = packet.Protocol;
        Identification = packet.Identification;
        if (packet.IsFragment)
        {
            IsFragment = true;
            FragmentOffset = packet.FragmentOffset;
        }

        ReadUpper(offset + packet.HeaderLength);
    }

    private bool TryReadOdd(ReadOnlySpan<byte> bytes, int offset, out Ipv4Packet packet)
    {
        Carry(offset, offset + bytes.Length);
        var isRead = Ipv4Packet.TryReadTruncated(bytes, out packet, out var error);
        if (error.IsError) Report(PacketLayers.Ipv4, offset, offset + bytes.Length);
        return isRead;
    }

    private void ReadIpv6(int offset, int end)
    {
        var bytes = Frame[offset..end];
        if (!Ipv6Packet.TryReadWhole(bytes, out var packet) && !TryReadOdd(bytes, offset, out packet)) return;
        Layers |= PacketLayers.Ipv6;
        _networkEnd = offset + packet.Bytes.Length;
        Protocol = packet.NextHeader;
        if (Protocol.IsIpv6Extension()) ReadExtensions(packet, offset);
        else ReadUpper(offset + Ipv6Packet.HeaderLength);
    }

    private bool TryReadOdd(ReadOnlySpan<byte> bytes, int offset, out Ipv6Packet packet)
    {
        Carry(offset, offset + bytes.Length);
        var isRead = Ipv6Packet.TryReadTruncated(bytes, out packet, out var error);
        if (error.IsError) Report(PacketLayers.Ipv6, offset, offset + bytes.Length);
        return isRead;
    }

    private void ReadExtensions(Ipv6Packet packet, int offset)
    {
        var isWhole = packet.TryReadUpperLayer(out var upper, out _);
        Layers |= PacketLayers.Ipv6Extensions;
        Protocol = upper.Protocol;
        Identification = upper.FragmentIdentification;
        IsFragment = upper.IsFragment;
        FragmentOffset = upper.FragmentOffset;
        if (isWhole)
        {
            ReadUpper(offset + upper.Offset);
            return;
        }

        Report(PacketLayers.Ipv6Extensions, offset, _networkEnd);
        Carry(offset + upper.Offset, _networkEnd);
    }

    private void ReadUpper(int offset)
    {
        Carry(offset, _networkEnd);
        if (FragmentOffset > 0) return;
        TransportOffset = offset;
        var bytes = Frame[offset.._networkEnd];
        switch (Protocol)
        {
            case IpProtocol.Tcp:
                if (TcpSegment.TryReadWhole(bytes, out var tcp)) End(PacketLayers.Tcp, offset, bytes.Length, tcp.HeaderLength);
                else ReportUpper(PacketLayers.Tcp, offset);
                break;
            case IpProtocol.Udp:
                if (UdpDatagram.TryReadWhole(bytes, out var udp) || TryReadOdd(bytes, offset, out udp)) End(PacketLayers.Udp, offset, udp.Bytes.Length, UdpDatagram.HeaderLength);
                break;
            case IpProtocol.Icmp when Has(PacketLayers.Ipv4):
                if (bytes.Length >= IcmpMessage.HeaderLength) End(PacketLayers.Icmp, offset, bytes.Length, IcmpMessage.HeaderLength);
                else ReportUpper(PacketLayers.Icmp, offset);
                break;
            case IpProtocol.Icmpv6 when Has(PacketLayers.Ipv6):
                if (bytes.Length >= Icmpv6Message.HeaderLength) End(PacketLayers.Icmpv6, offset, bytes.Length, Icmpv6Message.HeaderLength);
                else ReportUpper(PacketLayers.Icmpv6, offset);
                break;
        }
    }

    private bool TryReadOdd(ReadOnlySpan<byte> bytes, int offset, out UdpDatagram udp)
    {
        var isRead = UdpDatagram.TryReadTruncated(bytes, out udp, out var error);
        if (error.IsError) ReportUpper(PacketLayers.Udp, offset);
        return isRead;
    }

    private void End(PacketLayers layer, int offset, int length, int headerLength)
    {
        Layers |= layer;
        _transportEnd = offset + length;
        Carry(offset + headerLength, _transportEnd);
    }

    private void Carry(int offset, int end)
    {
        PayloadOffset = offset;
        _payloadLength = end - offset;
    }

    // A first fragment's upper layer ends early by design; a length that is impossible is none the less.
    private void ReportUpper(PacketLayers layer, int offset)
    {
        if (IsDamaged) return;
        Report(layer, offset, _networkEnd);
        if (IsFragment && Fault.Kind == WireErrorKind.TooShort) (_damaged, FaultOffset, _faultEnd) = (PacketLayers.None, 0, 0);
    }

    private void Report(PacketLayers layer, int offset, int end)
    {
        if (IsDamaged) return;
        _damaged = layer;
        FaultOffset = offset;
        _faultEnd = end;
    }
}
