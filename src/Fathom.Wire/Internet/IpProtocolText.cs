using System.Globalization;

namespace Fathom.Wire.Internet;

/// <summary>Names of IP protocols for people.</summary>
public static class IpProtocolText
{
    /// <summary>The protocol's usual name: "TCP"; or "protocol 200" for one that is not known here.</summary>
    /// <param name="protocol">The protocol.</param>
    public static string Describe(this IpProtocol protocol) => protocol switch
    {
        IpProtocol.HopByHop => "hop-by-hop options",
        IpProtocol.Icmp => "ICMP",
        IpProtocol.Igmp => "IGMP",
        IpProtocol.Ipv4 => "IPv4",
        IpProtocol.Tcp => "TCP",
        IpProtocol.Udp => "UDP",
        IpProtocol.Dccp => "DCCP",
        IpProtocol.Ipv6 => "IPv6",
        IpProtocol.Routing => "routing header",
        IpProtocol.Fragment => "fragment header",
        IpProtocol.Gre => "GRE",
        IpProtocol.Esp => "ESP",
        IpProtocol.Ah => "AH",
        IpProtocol.Icmpv6 => "ICMPv6",
        IpProtocol.NoNextHeader => "nothing",
        IpProtocol.DestinationOptions => "destination options",
        IpProtocol.Ospf => "OSPF",
        IpProtocol.Pim => "PIM",
        IpProtocol.Vrrp => "VRRP",
        IpProtocol.L2tp => "L2TP",
        IpProtocol.Sctp => "SCTP",
        IpProtocol.Mobility => "mobility header",
        IpProtocol.UdpLite => "UDP-Lite",
        IpProtocol.Hip => "HIP",
        IpProtocol.Shim6 => "Shim6",
        _ => string.Create(CultureInfo.InvariantCulture, $"protocol {(byte)protocol}"),
    };

    /// <summary>
    /// True for the IPv6 extension headers whose length Fathom can read, so that what follows them is found
    /// (RFC 8200 §4, RFC 7045). ESP hides what follows, so it is not among them.
    /// </summary>
    /// <param name="protocol">The next-header value.</param>
    public static bool IsIpv6Extension(this IpProtocol protocol) => protocol
        is IpProtocol.HopByHop or IpProtocol.Routing or IpProtocol.Fragment or IpProtocol.Ah
        or IpProtocol.DestinationOptions or IpProtocol.Mobility or IpProtocol.Hip or IpProtocol.Shim6;
}
