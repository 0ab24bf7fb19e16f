using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection;

/// <summary>
/// What ties a captured packet to a probe, read in one pass without allocating. Reading is lax: what a cut or damaged
/// packet no longer tells is left at its default. Fields of a protocol that the packet is not are at their default too.
/// </summary>
public record struct PacketFacts
{
    /// <summary>What the frame carries, behind VLAN tags; for raw IP the version's type.</summary>
    public EtherType EtherType { get; internal set; }

    /// <summary>The link's sender, where the link is Ethernet.</summary>
    public MacAddress SourceMac { get; internal set; }

    /// <summary>The link's receiver, where the link is Ethernet.</summary>
    public MacAddress DestinationMac { get; internal set; }

    /// <summary>The innermost VLAN tag's identifier, or null.</summary>
    public ushort? VlanId { get; internal set; }

    /// <summary>What an ARP packet does; none for any other packet.</summary>
    public ArpOperation ArpOperation { get; internal set; }

    /// <summary>ARP: the sender's MAC address.</summary>
    public MacAddress ArpSenderMac { get; internal set; }

    /// <summary>ARP: the sender's IPv4 address.</summary>
    public IpAddress ArpSender { get; internal set; }

    /// <summary>ARP: the target's MAC address.</summary>
    public MacAddress ArpTargetMac { get; internal set; }

    /// <summary>ARP: the target's IPv4 address.</summary>
    public IpAddress ArpTarget { get; internal set; }

    /// <summary>The IP version; 0 for a packet that is not IP.</summary>
    public IpVersion IpVersion { get; internal set; }

    /// <summary>Octets from the frame's first to the IP header's first.</summary>
    public int IpOffset { get; internal set; }

    /// <summary>Octets of the IP packet, as its header states them.</summary>
    public int IpLength { get; internal set; }

    /// <summary>The IP sender.</summary>
    public IpAddress Source { get; internal set; }

    /// <summary>The IP receiver.</summary>
    public IpAddress Destination { get; internal set; }

    /// <summary>TTL or hop limit.</summary>
    public byte HopLimit { get; internal set; }

    /// <summary>Congestion as routers marked it.</summary>
    public Ecn Ecn { get; internal set; }

    /// <summary>The upper layer's protocol, after extension headers.</summary>
    public IpProtocol Protocol { get; internal set; }

    /// <summary>The IPv4 identification, or that of an IPv6 fragment header.</summary>
    public uint Identification { get; internal set; }

    /// <summary>IPv4: no router may fragment the packet.</summary>
    public bool DontFragment { get; internal set; }

    /// <summary>True if the packet is a piece of a larger one.</summary>
    public bool IsFragment { get; internal set; }

    /// <summary>The piece's place in octets. Above 0 there is no upper-layer header, and nothing below is set.</summary>
    public int FragmentOffset { get; internal set; }

    /// <summary>Octets from the frame's first to the first of the upper layer's header; 0 where there is none.</summary>
    public int TransportOffset { get; internal set; }

    /// <summary>True if source and destination port are there.</summary>
    public bool HasPorts { get; internal set; }

    /// <summary>TCP or UDP source port.</summary>
    public ushort SourcePort { get; internal set; }

    /// <summary>TCP or UDP destination port.</summary>
    public ushort DestinationPort { get; internal set; }

    /// <summary>TCP control bits; none for another protocol.</summary>
    public TcpFlags TcpFlags { get; internal set; }

    /// <summary>TCP sequence number.</summary>
    public SequenceNumber TcpSequence { get; internal set; }

    /// <summary>TCP acknowledgment number.</summary>
    public SequenceNumber TcpAcknowledgment { get; internal set; }

    /// <summary>TCP window as it stands.</summary>
    public ushort TcpWindow { get; internal set; }

    /// <summary>Octets from the frame's first to the first of the TCP or UDP payload, or of the ICMP body behind its eight octets.</summary>
    public int PayloadOffset { get; internal set; }

    /// <summary>Octets of that payload which the frame holds.</summary>
    public int PayloadLength { get; internal set; }

    /// <summary>True if ICMP or ICMPv6 type and code are there.</summary>
    public bool IsIcmp { get; internal set; }

    /// <summary>ICMP type, see <see cref="Internet.IcmpType"/>, or ICMPv6 type, see <see cref="Icmpv6Type"/>, by the IP version.</summary>
    public byte IcmpType { get; internal set; }

    /// <summary>ICMP or ICMPv6 code.</summary>
    public byte IcmpCode { get; internal set; }

    /// <summary>True for an echo request of either version.</summary>
    public bool IsEchoRequest { get; internal set; }

    /// <summary>True for an echo reply of either version.</summary>
    public bool IsEchoReply { get; internal set; }

    /// <summary>Echo identifier.</summary>
    public ushort EchoIdentifier { get; internal set; }

    /// <summary>Echo sequence number.</summary>
    public ushort EchoSequence { get; internal set; }

    /// <summary>True for a message about another packet; <see cref="Quoted"/> says which.</summary>
    public bool IsIcmpError { get; internal set; }

    /// <summary>Fragmentation needed or packet too big: the next link's MTU in octets. 0 for others, and from routers older than RFC 1191.</summary>
    public uint NextHopMtu { get; internal set; }

    /// <summary>The packet that an ICMP error is about.</summary>
    public QuotedPacketFacts Quoted { get; internal set; }

    /// <summary>The target of a neighbor solicitation, advertisement or redirect, or null.</summary>
    public IpAddress? NeighborTarget { get; internal set; }

    /// <summary>The link-layer address option of a neighbor discovery message, or null.</summary>
    public MacAddress? NeighborMac { get; internal set; }

    /// <summary>Source address and port.</summary>
    public readonly IpEndpoint SourceEndpoint => new(Source, SourcePort);

    /// <summary>Destination address and port.</summary>
    public readonly IpEndpoint DestinationEndpoint => new(Destination, DestinationPort);

    /// <summary>True for an ARP packet.</summary>
    public readonly bool IsArp => ArpOperation != ArpOperation.None;

    /// <summary>True for an IPv4 or IPv6 packet.</summary>
    public readonly bool IsIp => IpVersion != 0;

    /// <summary>Reads a frame. Allocates nothing.</summary>
    /// <param name="linkType">What the frame begins with, see <see cref="LinkType"/>.</param>
    /// <param name="frame">The frame's octets.</param>
    /// <param name="facts">What was read; the link's part even where the answer is false.</param>
    /// <returns>True if it is ARP for IPv4 over Ethernet, or IP with a readable header.</returns>
    public static bool TryRead(int linkType, ReadOnlySpan<byte> frame, out PacketFacts facts)
        => PacketFactsReader.TryRead(linkType, frame, out facts);
}
