using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection.Filtering;

/// <summary>The words before an identifier: "tcp src port". An identifier without any takes those of the one before it.</summary>
/// <param name="Word">The protocol's word, or null.</param>
/// <param name="Direction">Which end.</param>
/// <param name="Kind">"host", "net", "port", "portrange", "proto", or null where no word said so.</param>
internal readonly record struct FilterQualifiers(string? Word, FilterDirection Direction, string? Kind)
{
    /// <summary>What the frame must carry by the protocol's word, or null.</summary>
    internal EtherType? Type => Word switch
    {
        "ip" => EtherType.Ipv4,
        "ip6" => EtherType.Ipv6,
        "arp" => EtherType.Arp,
        "rarp" => EtherType.Rarp,
        _ => null,
    };

    /// <summary>What the IP packet must carry by the protocol's word, or null.</summary>
    internal IpProtocol? Protocol => Word switch
    {
        "tcp" => IpProtocol.Tcp,
        "udp" => IpProtocol.Udp,
        "sctp" => IpProtocol.Sctp,
        "icmp" => IpProtocol.Icmp,
        "icmp6" => IpProtocol.Icmpv6,
        _ => null,
    };
}
