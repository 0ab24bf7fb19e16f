namespace Fathom.Wire.Internet;

/// <summary>What an IP packet carries: the IANA protocol numbers, which are also IPv6 next-header values.</summary>
public enum IpProtocol : byte
{
    /// <summary>IPv6 hop-by-hop options, RFC 8200 §4.3. In IPv4 the number is not in use.</summary>
    HopByHop = 0,

    /// <summary>ICMP, RFC 792.</summary>
    Icmp = 1,

    /// <summary>Internet Group Management Protocol, RFC 3376.</summary>
    Igmp = 2,

    /// <summary>IPv4 in IP, RFC 2003.</summary>
    Ipv4 = 4,

    /// <summary>TCP, RFC 9293.</summary>
    Tcp = 6,

    /// <summary>UDP, RFC 768.</summary>
    Udp = 17,

    /// <summary>DCCP, RFC 4340.</summary>
    Dccp = 33,

    /// <summary>IPv6 in IP, RFC 2473 and RFC 4213.</summary>
    Ipv6 = 41,

    /// <summary>IPv6 routing header, RFC 8200 §4.4.</summary>
    Routing = 43,

    /// <summary>IPv6 fragment header, RFC 8200 §4.5.</summary>
    Fragment = 44,

    /// <summary>Generic routing encapsulation, RFC 2784.</summary>
    Gre = 47,

    /// <summary>Encapsulating security payload, RFC 4303.</summary>
    Esp = 50,

    /// <summary>Authentication header, RFC 4302.</summary>
    Ah = 51,

    /// <summary>ICMPv6, RFC 4443.</summary>
    Icmpv6 = 58,

    /// <summary>Nothing follows, RFC 8200 §4.7.</summary>
    NoNextHeader = 59,

    /// <summary>IPv6 destination options, RFC 8200 §4.6.</summary>
    DestinationOptions = 60,

    /// <summary>OSPF, RFC 2328.</summary>
    Ospf = 89,

    /// <summary>Protocol-independent multicast, RFC 7761.</summary>
    Pim = 103,

    /// <summary>Virtual router redundancy protocol, RFC 5798.</summary>
    Vrrp = 112,

    /// <summary>Layer two tunneling protocol, RFC 3931.</summary>
    L2tp = 115,

    /// <summary>SCTP, RFC 9260.</summary>
    Sctp = 132,

    /// <summary>IPv6 mobility header, RFC 6275.</summary>
    Mobility = 135,

    /// <summary>UDP-Lite, RFC 3828.</summary>
    UdpLite = 136,

    /// <summary>Host identity protocol, RFC 7401.</summary>
    Hip = 139,

    /// <summary>Shim6, RFC 5533.</summary>
    Shim6 = 140,

    /// <summary>For experiments, RFC 3692.</summary>
    Experiment1 = 253,

    /// <summary>For experiments, RFC 3692.</summary>
    Experiment2 = 254,
}
