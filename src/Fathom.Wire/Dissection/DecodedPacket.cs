using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection;

/// <summary>
/// A frame decoded to the typed views of its layers, in one pass and without allocating: for programs that look at many packets. What it does
/// not have is at its default: ask <see cref="Layers"/> before a view. Reading is lax: what a cut or damaged frame still has is there, and
/// <see cref="Fault"/> says where it ended. <see cref="Dissector"/> is the same for people, with every field as text.
/// </summary>
/// <example>
/// <code>
/// while (reader.TryReadRecord(out var record))
/// {
///     DecodedPacket.Read(record.Interface.LinkType, record.Bytes, out var packet);
///     if (packet.Has(PacketLayers.Tcp)) ports[packet.Tcp.DestinationPort]++;
///     if (packet.TryGetDns(out var dns)) foreach (var question in dns.Questions) …
/// }
/// </code>
/// </example>
public ref partial struct DecodedPacket
{
    private const ushort DnsPort = 53;

    private PacketLayers _damaged;
    private int _faultEnd;
    private int _linkEnd;
    private int _vlanOffset;
    private int _vlanEnd;
    private int _networkEnd;
    private int _transportEnd;
    private int _payloadLength;

    /// <summary>The frame's octets.</summary>
    public ReadOnlySpan<byte> Frame { get; private set; }

    /// <summary>What there is.</summary>
    public PacketLayers Layers { get; private set; }

    /// <summary>Octets from the frame's first to the first of the protocol that is damaged.</summary>
    public int FaultOffset { get; private set; }

    /// <summary>What the link carries, behind VLAN tags and SNAP; none where that is not an EtherType.</summary>
    public EtherType EtherType { get; private set; }

    /// <summary>The upper layer's protocol, after extension headers; of the whole datagram's, in a fragment.</summary>
    public IpProtocol Protocol { get; private set; }

    /// <summary>Octets from the frame's first to the network layer's first.</summary>
    public int NetworkOffset { get; private set; }

    /// <summary>Octets from the frame's first to the first of the upper layer's header; 0 where there is none.</summary>
    public int TransportOffset { get; private set; }

    /// <summary>Octets from the frame's first to the first of <see cref="Payload"/>.</summary>
    public int PayloadOffset { get; private set; }

    /// <summary>The packet is a piece of a larger one.</summary>
    public bool IsFragment { get; private set; }

    /// <summary>The piece's place in octets. Above 0 there is no upper layer's header.</summary>
    public int FragmentOffset { get; private set; }

    /// <summary>The IPv4 identification, or that of an IPv6 fragment header.</summary>
    public uint Identification { get; private set; }

    /// <summary>VLAN tags.</summary>
    public int VlanCount { get; private set; }

    /// <summary>What the last layer carries, without the link's padding: of ICMP the octets behind the first eight.</summary>
    public readonly ReadOnlySpan<byte> Payload => Frame.Slice(PayloadOffset, _payloadLength);

    /// <summary>The Ethernet frame.</summary>
    public readonly EthernetFrame Ethernet => EthernetFrame.FromChecked(Frame[.._linkEnd]);

    /// <summary>The innermost VLAN tag.</summary>
    public readonly VlanTag Vlan => VlanTag.FromChecked(Frame[_vlanOffset.._vlanEnd]);

    /// <summary>The outermost VLAN tag: of a provider, where there are two.</summary>
    public readonly VlanTag OuterVlan => VlanTag.FromChecked(Frame[(_vlanOffset - (Math.Max(0, VlanCount - 1) * VlanTag.HeaderLength)).._vlanEnd]);

    /// <summary>The ARP packet.</summary>
    public readonly ArpPacket Arp => ArpPacket.FromChecked(Frame[NetworkOffset.._networkEnd]);

    /// <summary>The IPv4 packet; its options are walked by <see cref="Ipv4Packet.EnumerateOptions"/>.</summary>
    public readonly Ipv4Packet Ipv4 => Ipv4Packet.FromChecked(Frame[NetworkOffset.._networkEnd]);

    /// <summary>The IPv6 packet; its extension headers are walked by <see cref="Ipv6Packet.EnumerateExtensions"/>.</summary>
    public readonly Ipv6Packet Ipv6 => Ipv6Packet.FromChecked(Frame[NetworkOffset.._networkEnd]);

    /// <summary>The ICMP message.</summary>
    public readonly IcmpMessage Icmp => IcmpMessage.FromChecked(Frame[TransportOffset.._transportEnd]);

    /// <summary>The ICMPv6 message.</summary>
    public readonly Icmpv6Message Icmpv6 => Icmpv6Message.FromChecked(Frame[TransportOffset.._transportEnd]);

    /// <summary>The UDP datagram.</summary>
    public readonly UdpDatagram Udp => UdpDatagram.FromChecked(Frame[TransportOffset.._transportEnd]);

    /// <summary>The TCP segment; its options are walked by <see cref="TcpSegment.EnumerateOptions"/>.</summary>
    public readonly TcpSegment Tcp => TcpSegment.FromChecked(Frame[TransportOffset.._transportEnd]);

    /// <summary>Something is cut or wrong; <see cref="Fault"/> says what.</summary>
    public readonly bool IsDamaged => _damaged != PacketLayers.None;

    /// <summary>The first fault, or no error. Its offset counts from <see cref="FaultOffset"/>. It is found again when it is asked for.</summary>
    public readonly WireError Fault
    {
        get
        {
            WireError error = default;
            var bytes = Frame[FaultOffset.._faultEnd];
            switch (_damaged)
            {
                case PacketLayers.Ethernet:
                    EthernetFrame.TryReadTruncated(bytes, out _, out error);
                    break;
                case PacketLayers.OtherLink:
                    error = WireError.TooShort("link header", 0, _linkEnd, bytes.Length, "header");
                    break;
                case PacketLayers.Vlan:
                    VlanTag.TryReadTruncated(bytes, out _, out error);
                    break;
                case PacketLayers.Arp:
                    ArpPacket.TryRead(bytes, out _, out error);
                    break;
                case PacketLayers.Ipv4:
                    Ipv4Packet.TryReadTruncated(bytes, out _, out error);
                    break;
                case PacketLayers.Ipv6:
                    Ipv6Packet.TryReadTruncated(bytes, out _, out error);
                    break;
                case PacketLayers.Ipv6Extensions:
                    Ipv6.TryReadUpperLayer(out _, out error);
                    break;
                case PacketLayers.Udp:
                    UdpDatagram.TryReadTruncated(bytes, out _, out error);
                    break;
                case PacketLayers.Tcp:
                    TcpSegment.TryRead(bytes, out _, out error);
                    break;
                case PacketLayers.Icmp:
                    IcmpMessage.TryRead(bytes, out _, out error);
                    break;
                case PacketLayers.Icmpv6:
                    Icmpv6Message.TryRead(bytes, out _, out error);
                    break;
            }

            return error;
        }
    }

    /// <summary>True for IPv4 or IPv6.</summary>
    public readonly bool IsIp => (Layers & (PacketLayers.Ipv4 | PacketLayers.Ipv6)) != 0;

    /// <summary>The IP sender; 0.0.0.0 for a packet that is not IP.</summary>
    public readonly IpAddress Source => Has(PacketLayers.Ipv4) ? Ipv4.Source : Has(PacketLayers.Ipv6) ? Ipv6.Source : default;

    /// <summary>The IP receiver; 0.0.0.0 for a packet that is not IP.</summary>
    public readonly IpAddress Destination => Has(PacketLayers.Ipv4) ? Ipv4.Destination : Has(PacketLayers.Ipv6) ? Ipv6.Destination : default;

    /// <summary>The receiver in the pseudo-header of checksums: behind a routing header that is not yet walked, its last address (RFC 8200 §8.1).</summary>
    public readonly IpAddress FinalDestination
    {
        get
        {
            if (!Has(PacketLayers.Ipv6Extensions)) return Destination;
            Ipv6.TryReadUpperLayer(out var upper, out _);
            return upper.FinalDestination;
        }
    }

    /// <summary>True if the packet has all of these layers.</summary>
    /// <param name="layers">The layers.</param>
    public readonly bool Has(PacketLayers layers) => (Layers & layers) == layers;

    /// <summary>Decodes a frame. Never throws for what the octets are.</summary>
    /// <param name="linkType">What the frame begins with, see <see cref="LinkType"/>. Of another number nothing is read.</param>
    /// <param name="frame">The frame's octets, as many as were captured.</param>
    /// <param name="packet">What was read. It looks at the frame's octets: it is valid as long as they are.</param>
    public static void Read(int linkType, ReadOnlySpan<byte> frame, out DecodedPacket packet)
    {
        packet = default;
        packet.Frame = frame;
        packet.Carry(0, frame.Length);
        if (linkType == LinkType.Ethernet) packet.ReadEthernet();
        else packet.ReadOtherLink(linkType);
    }

    /// <summary>Reads the DNS, mDNS or LLMNR message by the ports: a datagram's, or a whole one in a TCP segment (RFC 1035 §4.2).</summary>
    /// <param name="dns">The message, or the default.</param>
    /// <returns>False where there is none, or it is damaged.</returns>
    public readonly bool TryGetDns(out DnsMessageView dns)
    {
        const int LengthOctets = 2;
        if (Has(PacketLayers.Udp) && (IsDnsPort(Udp.DestinationPort) || IsDnsPort(Udp.SourcePort))) return DnsMessageView.TryRead(Payload, out dns, out _);
        if (Has(PacketLayers.Tcp) && (Tcp.DestinationPort == DnsPort || Tcp.SourcePort == DnsPort) && _payloadLength > LengthOctets)
            return DnsMessageView.TryRead(Payload[LengthOctets..], out dns, out _);
        dns = default;
        return false;
    }

    /// <summary>Decodes the packet inside this one: in an IP-in-IP tunnel, or the start of one that an ICMP error quotes.</summary>
    /// <param name="inner">The packet; it counts its offsets from its own first octet.</param>
    /// <returns>False where there is none.</returns>
    public readonly bool TryReadInner(out DecodedPacket inner)
    {
        var bytes = Has(PacketLayers.Icmp) ? Icmp.QuotedPacket
            : Has(PacketLayers.Icmpv6) ? Icmpv6.QuotedPacket
            : TransportOffset > 0 && Protocol is IpProtocol.Ipv4 or IpProtocol.Ipv6 ? Payload
            : default;
        Read(LinkType.RawIp, bytes, out inner);
        return inner.IsIp;
    }

    // RFC 6762 §3 and RFC 4795 §2.
    private static bool IsDnsPort(ushort port) => port is DnsPort or 5353 or 5355;
}
