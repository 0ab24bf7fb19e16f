using System.Diagnostics.CodeAnalysis;

namespace Fathom.Wire.Dissection.Filtering;

/// <summary>
/// Says which packets a filter expression means: the part of pcap-filter(7) that people type most, with libpcap's meaning of it. Hosts
/// (addresses, not names), networks, ports and ranges of them with their protocol and direction; ether, ip, ip6, arp, rarp, tcp, udp, sctp, icmp,
/// icmp6, proto; broadcast and multicast; less and greater; and, or, not, parentheses. As with libpcap, what lies behind a VLAN tag or
/// an IPv6 extension header is not looked at, but for a fragment's protocol.
/// </summary>
public sealed class PacketFilter
{
    private readonly FilterNode _root;

    private PacketFilter(FilterNode root) => _root = root;

    /// <summary>What an expression may say, for messages.</summary>
    public static string Vocabulary => "host, net, port and portrange, each with src or dst and a protocol; ether, ip, ip6, arp, rarp, tcp, udp, sctp, icmp, icmp6, proto; broadcast, multicast; less, greater; and, or, not, ( )";

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression: "tcp port 443 and not host 192.0.2.1". An empty one means every packet.</param>
    /// <param name="filter">The filter, or null.</param>
    /// <param name="reason">What is wrong, with the word that it was found at; else empty.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PacketFilter? filter, out string reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        filter = FilterParser.TryParse(text, out var root, out reason) ? new PacketFilter(root) : null;
        return filter is not null;
    }

    /// <summary>True if the filter means the packet. A packet that ends before what the filter looks at is not meant, even under "not".</summary>
    /// <param name="linkType">What the frame begins with, see <see cref="LinkType"/>. Of a link type not known there nothing is meant.</param>
    /// <param name="frame">The frame's octets, as many as were captured.</param>
    /// <param name="originalLength">Octets on the link.</param>
    public bool Matches(int linkType, ReadOnlySpan<byte> frame, long originalLength)
    {
        var packet = new FilterPacket(linkType, frame, originalLength);
        return packet.IsReadable && _root.Evaluate(ref packet) && !packet.IsBeyondEnd;
    }
}
