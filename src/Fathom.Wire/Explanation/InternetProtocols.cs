using Fathom.Wire.Internet;

namespace Fathom.Wire.Explanation;

/// <summary>The internet layer's protocols.</summary>
internal static class InternetProtocols
{
    internal static readonly ProtocolEntry[] All =
    [
        new("IPv4", "Internet Protocol, version 4", ModelLayer.Internet, [3], "RFC 791",
            "Brings a packet from any host to any other across many networks, each router looking only at the destination and choosing the next hop. It promises nothing: packets may be lost, doubled, reordered, or cut into fragments on the way.")
        {
            Aliases = ["ip", "ip4"], Unit = "packet", Numbers = ["EtherType 0x0800", "IP protocol 4 (inside IP)"], RidesOn = ["Ethernet", "Wi-Fi", "PPP"], Carries = ["TCP", "UDP", "ICMP"], IsDissected = true,
            Headers = [HeaderLayout.Of<Ipv4Packet>("IPv4 header", "ipv4", "options: 0 to 40 octets, then the payload")],
        },
        new("IPv6", "Internet Protocol, version 6", ModelLayer.Internet, [3], "RFC 8200",
            "Does what IPv4 does with 128-bit addresses, so that every device can have its own again. Routers never fragment its packets, and rarely used fields moved into extension headers.")
        {
            Aliases = ["ip6", "ipv6-extension"], Unit = "packet", Numbers = ["EtherType 0x86dd", "IP protocol 41 (inside IP)"], RidesOn = ["Ethernet", "Wi-Fi", "PPP"], Carries = ["TCP", "UDP", "ICMPv6", "extension headers"], IsDissected = true,
            Headers = [HeaderLayout.Of<Ipv6Packet>("IPv6 header", "ipv6", "extension headers, then the payload")],
        },
        new("IPv6 fragment header", "IPv6 fragment header", ModelLayer.Internet, [3], "RFC 8200 §4.5, RFC 5722, RFC 6946",
            "Marks a packet as a piece of a larger one that only its sender may cut. Overlapping pieces make the whole packet invalid, because they once hid attacks.")
        {
            Aliases = ["ipv6-fragment", "ipv6-frag", "fragment header"], Unit = "packet", Numbers = ["IP protocol 44"], RidesOn = ["IPv6"], IsDissected = true,
            Headers = [HeaderLayout.Of<Ipv6Fragment>("IPv6 fragment header", "ipv6-fragment", "a piece of the fragmentable part")],
        },
        new("IPv6 hop-by-hop options", "IPv6 hop-by-hop options header", ModelLayer.Internet, [3], "RFC 8200 §4.3",
            "Options that every router on the way may read; router alert is the usual one. Many routers drop or ignore it, so little else uses it.")
        {
            Aliases = ["ipv6-hop-by-hop", "hopopt", "hop-by-hop options"], Unit = "packet", Numbers = ["IP protocol 0"], RidesOn = ["IPv6"], IsDissected = true,
            Headers = [HeaderLayout.Of<Ipv6Options>("IPv6 options header", "ipv6-options", "options, padded to a multiple of 8 octets")],
        },
        new("IPv6 destination options", "IPv6 destination options header", ModelLayer.Internet, [3], "RFC 8200 §4.6",
            "Options for the receiver alone. Mobile IPv6's home address is one.")
        { Aliases = ["ipv6-destination-options", "ipv6-opts", "destination options"], Unit = "packet", Numbers = ["IP protocol 60"], RidesOn = ["IPv6"], IsDissected = true },
        new("IPv6 routing header", "IPv6 routing header", ModelLayer.Internet, [3], "RFC 8200 §4.4, RFC 8754",
            "Lists addresses that the packet must pass. Type 0, which let strangers bounce traffic, is forbidden (RFC 5095); segment routing uses type 4.")
        {
            Aliases = ["ipv6-routing", "ipv6-route", "routing header", "segment routing"], Unit = "packet", Numbers = ["IP protocol 43"], RidesOn = ["IPv6"], IsDissected = true,
            Headers =
            [
                HeaderLayout.Of<Ipv6Routing>("IPv6 routing header", "ipv6-routing", "what the type says: addresses, mostly"),
                new("Segment routing header (type 4)", "ipv6-routing", Ipv6Routing.LayoutOf(Ipv6Routing.SegmentRouting).ToArray(), "segments, the last first; then TLVs"),
            ],
        },
        new("ICMP", "Internet Control Message Protocol", ModelLayer.Internet, [3], "RFC 792, RFC 1122",
            "How hosts and routers tell a sender that its IPv4 packet did not arrive, and why; the message quotes the packet's beginning. Ping's echo is a part of it. A network that blocks all of it breaks path MTU discovery.")
        {
            Aliases = ["icmpv4"], Numbers = ["IP protocol 1"], RidesOn = ["IPv4"], Carries = ["the beginning of the packet that failed"], IsDissected = true,
            Headers =
            [
                HeaderLayout.Of<IcmpMessage>("ICMP message (the words of each type share octets 4 to 7)", "icmp", "echo: data; error: the quoted packet"),
                HeaderLayout.Of<IcmpTimestamp>("Timestamp request and reply", "icmp"),
                HeaderLayout.Of<IcmpAddressMask>("Address mask request and reply", "icmp"),
                HeaderLayout.Of<IcmpRouterAdvertisement>("Router advertisement (RFC 1256)", "icmp", "address and preference of each router"),
                HeaderLayout.Of<ExtendedEchoRequest>("Extended echo request", "icmp", "extension object that names an interface"),
                HeaderLayout.Of<ExtendedEchoReply>("Extended echo reply", "icmp"),
            ],
        },
        new("ICMPv6", "Internet Control Message Protocol for IPv6", ModelLayer.Internet, [3], "RFC 4443, RFC 4861",
            "IPv6's errors and echo, and also what ARP and router discovery are to IPv4: neighbor and router messages. Without it IPv6 does not work at all.")
        {
            Aliases = ["icmp6", "ipv6-icmp"], Numbers = ["IP protocol 58"], RidesOn = ["IPv6"], Carries = ["ND", "MLD", "the beginning of the packet that failed"], IsDissected = true,
            Headers =
            [
                HeaderLayout.Of<Icmpv6Message>("ICMPv6 message (the words of each type share octets 4 to 7)", "icmpv6", "what the type says"),
                HeaderLayout.Of<NodeInformation>("Node information query and reply", "icmpv6", "subject, or time to live and answer"),
            ],
        },
        new("ND", "Neighbor Discovery", ModelLayer.Internet, [2, 3], "RFC 4861, RFC 4862",
            "Five ICMPv6 messages by which IPv6 hosts find routers, prefixes, MAC addresses of neighbors and better first hops, and detect that an address is taken. They are sent with hop limit 255, so that none can come from outside the link.")
        {
            Aliases = ["ndp", "neighbor discovery protocol", "slaac", "dad"], Numbers = ["ICMPv6 types 133 to 137"], RidesOn = ["ICMPv6"], IsDissected = true,
            Headers =
            [
                HeaderLayout.Of<NeighborSolicitation>("Neighbor solicitation", "nd", "options"),
                HeaderLayout.Of<NeighborAdvertisement>("Neighbor advertisement", "nd", "options"),
                HeaderLayout.Of<RouterSolicitation>("Router solicitation", "nd", "options"),
                HeaderLayout.Of<RouterAdvertisement>("Router advertisement", "nd", "options: prefixes, MTU, resolvers"),
                HeaderLayout.Of<NeighborRedirect>("Redirect", "nd", "options"),
            ],
        },
        new("AH", "Authentication Header", ModelLayer.Internet, [3], "RFC 4302",
            "Proves that a packet comes from who it says and was not changed, addresses included, but hides nothing. It cannot pass a NAT, which changes addresses; ESP is used instead.")
        {
            Aliases = ["ipsec ah", "authentication header"], Unit = "packet", Numbers = ["IP protocol 51"], RidesOn = ["IPv4", "IPv6"], IsDissected = true,
            Headers = [HeaderLayout.Of<AuthenticationHeader>("Authentication header", "ah", "integrity check value")],
        },
        new("ESP", "Encapsulating Security Payload", ModelLayer.Internet, [3], "RFC 4303",
            "Encrypts and signs what an IP packet carries: the working part of IPsec VPNs. What is inside, even the protocol, can only be read with the key.")
        {
            Aliases = ["ipsec", "esp header"], Unit = "packet", Numbers = ["IP protocol 50", "UDP port 4500 (through NAT)"], RidesOn = ["IPv4", "IPv6", "UDP"],
            Carries = ["IPv4", "IPv6", "TCP", "UDP"], IsDissected = true,
            Headers = [HeaderLayout.Of<EncapsulatedPayload>("ESP header", "esp", "encrypted: payload, padding, next header, check value")],
        },
        new("IGMP", "Internet Group Management Protocol", ModelLayer.Internet, [3], "RFC 3376",
            "A host tells its router which IPv4 multicast groups it wants to hear. Switches listen too, so that they need not send the group's packets to everybody.")
        {
            Aliases = ["igmpv1", "igmpv2", "igmpv3"], Numbers = ["IP protocol 2"], RidesOn = ["IPv4"], IsDissected = true,
            Headers =
            [
                HeaderLayout.Of<IgmpMessage>("IGMP versions 1 and 2: query, report, leave", "igmp"),
                HeaderLayout.Of<IgmpQuery>("IGMPv3 membership query", "igmp", "sources"),
                HeaderLayout.Of<IgmpReport>("IGMPv3 membership report", "igmp", "group records"),
                new("IGMPv3 group record", "igmp", MulticastGroupRecord.LayoutOf(IpVersion.V4).Fields.ToArray(), "sources, then auxiliary data"),
            ],
        },
        new("MLD", "Multicast Listener Discovery", ModelLayer.Internet, [3], "RFC 3810",
            "IPv6's IGMP, as ICMPv6 messages. Every IPv6 host sends it for its solicited-node groups, long before any video is watched.")
        {
            Aliases = ["mldv1", "mldv2"], Numbers = ["ICMPv6 types 130 to 132 and 143"], RidesOn = ["ICMPv6"], IsDissected = true,
            Headers =
            [
                HeaderLayout.Of<MldMessage>("MLDv1 query, report, done", "mld"),
                HeaderLayout.Of<MldQuery>("MLDv2 query", "mld", "sources"),
                HeaderLayout.Of<MldReport>("MLDv2 report", "mld", "group records"),
                new("MLDv2 group record", "mld", MulticastGroupRecord.LayoutOf(IpVersion.V6).Fields.ToArray(), "sources, then auxiliary data"),
            ],
        },
        new("Mobile IPv6", "Mobility Support in IPv6", ModelLayer.Internet, [3], "RFC 6275",
            "Lets a host keep its address while it moves: a home agent forwards its packets, and it tells its correspondents where it is by mobility headers. Hardly deployed; phone networks solve it below IP.")
        {
            Aliases = ["ipv6-mobility", "mobility header", "mip6"], Numbers = ["IP protocol 135"], RidesOn = ["IPv6"], IsDissected = true,
            Headers = [HeaderLayout.Of<MobilityHeader>("Mobility header", "ipv6-mobility", "what the message type says")],
        },
        new("HIP", "Host Identity Protocol", ModelLayer.Internet, [3], "RFC 7401",
            "Names hosts by their public keys instead of their addresses, so that connections outlive a change of address. Its four messages agree on keys for ESP.")
        {
            Aliases = ["host identity"], Unit = "packet", Numbers = ["IP protocol 139"], RidesOn = ["IPv4", "IPv6"], IsDissected = true,
            Headers = [HeaderLayout.Of<HostIdentityHeader>("HIP header", "hip", "parameters")],
        },
        new("Shim6", "Level 3 Multihoming Shim Protocol for IPv6", ModelLayer.Internet, [3], "RFC 5533",
            "Lets two hosts with several addresses go on with another pair when the first fails, without their applications noticing.")
        {
            Aliases = ["shim6 header"], Unit = "packet", Numbers = ["IP protocol 140"], RidesOn = ["IPv6"], IsDissected = true,
            Headers =
            [
                HeaderLayout.Of<Shim6Header>("Shim6 control message", "shim6", "what the type says"),
                new("Shim6 payload extension", "shim6", Shim6Header.LayoutOf(isPayload: true).ToArray()),
            ],
        },
        new("GRE", "Generic Routing Encapsulation", ModelLayer.Internet, [3], "RFC 2784",
            "Carries packets of almost any protocol inside IP packets, from one end of a tunnel to the other. It encrypts nothing, and its octets make the path's MTU smaller.")
        { Unit = "packet", Numbers = ["IP protocol 47"], RidesOn = ["IPv4", "IPv6"], Carries = ["IPv4", "IPv6", "Ethernet"] },
        new("OSPF", "Open Shortest Path First", ModelLayer.Internet, [3], "RFC 2328, RFC 5340 (IPv6)",
            "Routers of one organization tell each other their links, and each computes the shortest ways over the whole map. Changes are known everywhere within seconds.")
        { Numbers = ["IP protocol 89"], RidesOn = ["IPv4", "IPv6"] },
        new("VRRP", "Virtual Router Redundancy Protocol", ModelLayer.Internet, [3], "RFC 9568",
            "Two or more routers share one gateway address, and one takes over when the other dies. Hosts notice nothing but a moment of silence.")
        { Numbers = ["IP protocol 112"], RidesOn = ["IPv4", "IPv6"] },
        new("PIM", "Protocol Independent Multicast", ModelLayer.Internet, [3], "RFC 7761",
            "Routers build the trees along which multicast packets flow from a source to all who asked for them.")
        { Numbers = ["IP protocol 103"], RidesOn = ["IPv4", "IPv6"] },
        new("WireGuard", "WireGuard", ModelLayer.Internet, [3], "no RFC; the designers' paper (NDSS 2017)",
            "A VPN that carries IP packets inside encrypted UDP datagrams between peers that know each other's public keys. A port that gets no valid message stays silent, so a wrong key looks like a filtered port.")
        { Unit = "packet", Numbers = ["UDP port 51820 (usual)"], RidesOn = ["UDP"], Carries = ["IPv4", "IPv6"] },
        new("VXLAN", "Virtual eXtensible LAN", ModelLayer.Internet, [2, 3], "RFC 7348",
            "Carries Ethernet frames inside UDP datagrams, so that machines in different data centers share one virtual link. Its fifty octets must fit the network below.")
        { Unit = "frame", Numbers = ["UDP port 4789"], RidesOn = ["UDP"], Carries = ["Ethernet"] },
    ];
}
