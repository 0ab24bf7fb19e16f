using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using static Fathom.Wire.Explanation.OptionLayouts;

namespace Fathom.Wire.Explanation;

/// <summary>Options, records and objects that stand in headers, each drawn.</summary>
internal static class OptionTerms
{
    private const ModelLayer Internet = ModelLayer.Internet;
    private const ModelLayer Transport = ModelLayer.Transport;

    internal static readonly TermEntry[] All =
    [
        new("TCP option", "", Transport, "RFC 9293 §3.2", "What may stand between the TCP header's fixed part and the data, 40 octets at most: maximum segment size, window scale, SACK, timestamps, fast open, multipath. Most are agreed on in the SYN.", "tcp options")
        {
            Headers = [Tcp("Maximum segment size", 2, 4), Tcp("Window scale", 3, 3), Tcp("SACK permitted", 4, 2), Tcp("Timestamps", 8, 10)],
        },
        new("TCP timestamps", "", Transport, "RFC 7323 §3", "Each segment brings its sender's clock and sends back the other side's: so round trips are measured, and old segments are told from new ones when sequence numbers come round again (PAWS).", "timestamps", "paws", "tsval", "tsecr")
        { Headers = [Tcp("Timestamps option", 8, 10)] },
        new("User timeout", "", Transport, "RFC 5482", "How long the sender waits for an acknowledgment before it gives the connection up, told to the other side.", "uto")
        { Headers = [Tcp("User timeout option", 28, 4)] },
        new("AccECN", "More accurate ECN feedback", Transport, "RFC 9768", "Tells the sender how many packets and octets routers marked, and not only that they did; three header bits carry a counter, and an option the octets.", "accecn option")
        { Headers = [Tcp("Accurate ECN option, order 0", 172, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0)] },
        new("Multipath TCP", "MPTCP", Transport, "RFC 8684", "One connection over several paths, a phone's Wi-Fi and mobile network say: each path is a TCP connection of its own, tied to the others by options, and data moves to another when one fails.")
        {
            Headers =
            [
                Multipath("MP_CAPABLE, in the SYN-ACK", MultipathSubtype.Capable, 12), Multipath("MP_JOIN, in the SYN", MultipathSubtype.Join, 12),
                Multipath("DSS, data sequence signal, with long numbers and a checksum", MultipathSubtype.DataSequence, 28, 0x0F), Multipath("ADD_ADDR, IPv4", MultipathSubtype.AddAddress, 16),
                Multipath("MP_TCPRST", MultipathSubtype.Reset, 4),
            ],
        },
        new("Fast open", "TCP Fast Open", Transport, "RFC 7413", "Data in the SYN, to a server that gave the client a cookie before: it saves a round trip. Many middleboxes drop such SYNs.", "tfo")
        { Headers = [Tcp("Fast open option", 34, 10)] },
        new("TCP-AO", "TCP Authentication Option", Transport, "RFC 5925", "A keyed code in each segment that nobody on the way can forge. BGP sessions use it, or still its predecessor, the MD5 option of RFC 2385.", "tcp md5", "authentication option")
        { Headers = [Tcp("Authentication option", 29, 16), Tcp("MD5 signature option", 19, 18)] },
        new("IP option", "IPv4 option", Internet, "RFC 791 §3.1, RFC 6814", "What may stand between the IPv4 header's fixed part and the payload: routes, timestamps, router alert. Most networks drop packets with any but the last.", "ip options", "record route", "source route")
        {
            Headers = [Ipv4("Record route", 7, 7, 4), Ipv4("Internet timestamp, with addresses", 68, 12, 5, 1), Ipv4("Loose source route", 131, 7, 4)],
        },
        new("Router alert", "", Internet, "RFC 2113, RFC 2711", "An option by which a packet asks every router to look into it though it is not for the router. IGMP, MLD and RSVP use it.", "router alert option")
        { Headers = [Ipv4("IPv4 router alert", 148, 4), Ipv6("IPv6 router alert", Ipv6OptionType.RouterAlert)] },
        new("Jumbogram", "IPv6 jumbogram", Internet, "RFC 2675", "An IPv6 packet of more than 65,535 octets: its payload length is zero, and a hop-by-hop option has the real one. No common link carries it.", "jumbo payload")
        { Headers = [Ipv6("Jumbo payload option", Ipv6OptionType.JumboPayload)] },
        new("Prefix information", "", Internet, "RFC 4861 §4.6.2", "The option by which a router tells a link's prefix: whether its addresses are on the link, whether hosts may make addresses of it, and for how long.", "pio", "prefix option")
        { Headers = [Nd("Prefix information option", NdOptionType.PrefixInformation)] },
        new("RDNSS", "Recursive DNS Server option", Internet, "RFC 8106 §5.1", "The option by which a router tells hosts the resolvers, so that IPv6 works without DHCPv6.", "recursive dns servers")
        { Headers = [Nd("Recursive DNS server option", NdOptionType.RecursiveDnsServer)] },
        new("DNSSL", "DNS Search List option", Internet, "RFC 8106 §5.2", "The option by which a router tells hosts the domains to try behind a short name.", "dns search list")
        { Headers = [Nd("DNS search list option", NdOptionType.DnsSearchList)] },
        new("PREF64", "NAT64 prefix option", Internet, "RFC 8781", "The option by which a router tells hosts without IPv4 the prefix under which IPv4 addresses can be reached.", "nat64 prefix")
        { Headers = [Nd("PREF64 option", NdOptionType.Nat64Prefix)] },
        new("Route information", "", Internet, "RFC 4191 §2.3", "The option by which a router says which prefixes are reached through it, and how much it should be preferred to others.", "rio", "more specific route")
        { Headers = [Nd("Route information option", NdOptionType.RouteInformation)] },
        new("ICMP extension", "Multi-part ICMP message", Internet, "RFC 4884", "Objects behind the quoted packet of an ICMP error, by which routers tell more: the MPLS labels that the packet had, the interface on which it came. Traceroute shows them.", "extension object", "icmp extensions")
        {
            Headers =
            [
                new("Extension structure", "icmp", IcmpExtensionEnumerator.HeaderLayout.ToArray(), "objects"), Extension("MPLS label stack object", IcmpExtensionObject.MplsLabelStack, 1),
                Extension("Interface information object", IcmpExtensionObject.InterfaceInformation, 0),
            ],
        },
        new("Group record", "", Internet, "RFC 3376 §4.2.4, RFC 3810 §5.2.5", "What a host says about one multicast group in an IGMPv3 or MLDv2 report: from which sources it wants it. 'to exclude' without sources joins the group, 'to include' without sources leaves it.", "membership report", "source-specific multicast", "ssm")
        { Headers = [HeaderLayout.Of("IGMPv3 group record", MulticastGroupRecord.LayoutOf(IpVersion.V4)), HeaderLayout.Of("MLDv2 group record", MulticastGroupRecord.LayoutOf(IpVersion.V6))] },
    ];
}
