using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Explanation;

/// <summary>The link's protocols.</summary>
internal static class LinkProtocols
{
    internal static readonly ProtocolEntry[] All =
    [
        new("Ethernet", "Ethernet II and IEEE 802.3", ModelLayer.Link, [1, 2], "IEEE 802.3, RFC 894 (IPv4), RFC 2464 (IPv6)",
            "Carries frames between stations on one local link. Each frame names its sender and receiver by MAC address and ends in a checksum that the adapter adds and takes off, so that captures do not show it.")
        {
            Aliases = ["ethernet ii", "802.3", "eth"], Unit = "frame", RidesOn = ["twisted pair", "fiber"], Carries = ["IPv4", "IPv6", "ARP", "VLAN", "LLC"], IsDissected = true,
            Headers = [HeaderLayout.Of<EthernetFrame>("Ethernet header", "ethernet", "payload: 46 to 1,500 octets")],
        },
        new("VLAN", "Virtual LAN tag", ModelLayer.Link, [2], "IEEE 802.1Q",
            "Four octets in an Ethernet frame that say to which virtual network it belongs, so that one cable and one switch can serve many separate networks. With two tags (QinQ, IEEE 802.1ad) a provider carries a customer's networks inside its own.")
        {
            Aliases = ["802.1q", "qinq", "802.1ad", "dot1q"], Unit = "frame", Numbers = ["EtherType 0x8100", "EtherType 0x88a8 (outer tag)"], RidesOn = ["Ethernet"], Carries = ["IPv4", "IPv6", "ARP"], IsDissected = true,
            Headers = [HeaderLayout.Of<VlanTag>("VLAN tag", "vlan")],
        },
        new("LLC", "Logical Link Control", ModelLayer.Link, [2], "IEEE 802.2, RFC 1042",
            "Says what an IEEE 802.3 length frame carries, where Ethernet II has a type instead. Switches still use it among themselves; with the SNAP extension it can carry any EtherType.")
        {
            Aliases = ["802.2"], Unit = "frame", RidesOn = ["Ethernet", "Wi-Fi"], Carries = ["STP", "SNAP"], IsDissected = true,
            Headers = [HeaderLayout.Of<LlcFrame>("LLC header, unnumbered", "llc", "what the service access points say")],
        },
        new("SNAP", "Subnetwork Access Protocol", ModelLayer.Link, [2], "IEEE 802 §9, RFC 1042",
            "Five octets behind an LLC header that say what follows by an organization and a type; with organization zero the type is an EtherType. It let protocols with EtherTypes run over links that only know LLC, Wi-Fi among them.")
        {
            Aliases = ["subnetwork access"], Unit = "frame", Numbers = ["LLC service access point 0xaa"], RidesOn = ["LLC"], Carries = ["IPv4", "IPv6", "ARP"], IsDissected = true,
            Headers = [HeaderLayout.Of<SnapFrame>("SNAP header", "snap", "payload")],
        },
        new("ARP", "Address Resolution Protocol", ModelLayer.Link, [2, 3], "RFC 826, RFC 5227",
            "Asks everybody on the link who has an IPv4 address, and learns the MAC address from the one who answers. Nothing proves an answer, so whoever lies first wins (ARP spoofing).")
        {
            Unit = "packet", Numbers = ["EtherType 0x0806"], RidesOn = ["Ethernet", "Wi-Fi"], Aliases = ["address resolution"], IsDissected = true,
            Headers = [HeaderLayout.Of<ArpPacket>("ARP packet, IPv4 over Ethernet", "arp")],
        },
        new("RARP", "Reverse Address Resolution Protocol", ModelLayer.Link, [2, 3], "RFC 903",
            "Once asked a server for the IPv4 address that belongs to a MAC address, when a machine without a disk started. DHCP took its place; hypervisors still send it to tell switches that a machine moved.")
        { Unit = "packet", Numbers = ["EtherType 0x8035"], RidesOn = ["Ethernet"], IsDissected = true },
        new("Linux cooked capture", "Linux cooked capture (SLL)", ModelLayer.Link, [2], "LINKTYPE_LINUX_SLL, LINKTYPE_LINUX_SLL2",
            "Not a protocol of any wire: the header that Linux puts in front of packets when a capture runs on all interfaces at once. It keeps the protocol and the direction, and drops the real link header.")
        {
            Aliases = ["linux-cooked", "sll", "sll2", "cooked"], Unit = "packet", Carries = ["IPv4", "IPv6", "ARP"], IsDissected = true,
            Headers =
            [
                HeaderLayout.Of<CookedFrame>("Linux cooked header", "linux-cooked", "payload"),
                HeaderLayout.Of<CookedFrameV2>("Linux cooked header, version 2", "linux-cooked", "payload"),
            ],
        },
        new("Loopback capture", "BSD loopback header", ModelLayer.Link, [2], "LINKTYPE_NULL, LINKTYPE_LOOP",
            "Not a protocol of any wire: four octets that BSD and macOS put in front of packets captured on their loopback interface. They say whether IPv4 or IPv6 follows.")
        {
            Aliases = ["loopback", "null/loopback"], Unit = "packet", Carries = ["IPv4", "IPv6"], IsDissected = true,
            Headers = [HeaderLayout.Of<LoopbackFrame>("BSD loopback header", "loopback", "packet")],
        },
        new("Wi-Fi", "Wireless LAN", ModelLayer.Link, [1, 2], "IEEE 802.11",
            "Carries frames by radio between stations and access points, which answer each frame because the air loses many. Hosts mostly show its frames as if they were Ethernet's.")
        { Aliases = ["802.11", "wlan", "wifi"], Unit = "frame", RidesOn = ["radio"], Carries = ["IPv4", "IPv6", "ARP", "EAPOL"] },
        new("PPP", "Point-to-Point Protocol", ModelLayer.Link, [2], "RFC 1661",
            "Carries packets over a line with exactly two ends, and lets them agree on addresses and passwords first. Today it lives on inside PPPoE and some VPNs.")
        { Unit = "frame", RidesOn = ["serial lines", "PPPoE", "L2TP"], Carries = ["IPv4", "IPv6"] },
        new("PPPoE", "PPP over Ethernet", ModelLayer.Link, [2], "RFC 2516",
            "Runs PPP sessions over Ethernet, so that an access provider can log customers in. Its eight octets are why many DSL lines have an MTU of 1,492.")
        { Unit = "frame", Numbers = ["EtherType 0x8863 (discovery)", "EtherType 0x8864 (session)"], RidesOn = ["Ethernet"], Carries = ["PPP"] },
        new("MPLS", "Multiprotocol Label Switching", ModelLayer.Link, [2, 3], "RFC 3031, RFC 3032",
            "Puts a short label before a packet, by which a provider's routers forward it without looking at its addresses. Traceroute shows the labels where routers report them.")
        { Unit = "packet", Numbers = ["EtherType 0x8847"], RidesOn = ["Ethernet", "PPP"], Carries = ["IPv4", "IPv6", "Ethernet"] },
        new("STP", "Spanning Tree Protocol", ModelLayer.Link, [2], "IEEE 802.1D, 802.1w",
            "Lets switches find loops among themselves and shut the ports that close them. Without it one frame to everybody would circle forever.")
        { Aliases = ["rstp", "spanning tree"], Unit = "frame", RidesOn = ["LLC"] },
        new("LLDP", "Link Layer Discovery Protocol", ModelLayer.Link, [2], "IEEE 802.1AB",
            "A switch or host tells its direct neighbor its name, port and abilities. It is how one learns which socket in the wall ends at which switch port.")
        { Unit = "frame", Numbers = ["EtherType 0x88cc"], RidesOn = ["Ethernet"] },
        new("LACP", "Link Aggregation Control Protocol", ModelLayer.Link, [2], "IEEE 802.1AX",
            "Lets two devices agree to use several cables as one. Frames of one flow stay on one cable, so that they keep their order.")
        { Unit = "frame", Numbers = ["EtherType 0x8809"], RidesOn = ["Ethernet"] },
        new("EAPOL", "EAP over LAN", ModelLayer.Link, [2], "IEEE 802.1X, RFC 3748",
            "Carries a login to the switch or access point before anything else may pass. The four-way handshake of WPA2 and WPA3 uses it too.")
        { Aliases = ["802.1x", "eap"], Unit = "frame", Numbers = ["EtherType 0x888e"], RidesOn = ["Ethernet", "Wi-Fi"] },
        new("MACsec", "MAC Security", ModelLayer.Link, [2], "IEEE 802.1AE",
            "Encrypts and signs Ethernet frames between two devices on one link. It hides nothing beyond that link.")
        { Unit = "frame", Numbers = ["EtherType 0x88e5"], RidesOn = ["Ethernet"] },
        new("PTP", "Precision Time Protocol", ModelLayer.Link, [2, 7], "IEEE 1588",
            "Sets clocks to well under a microsecond with time stamps taken by the network adapters themselves. It runs directly on Ethernet or over UDP.")
        { Numbers = ["EtherType 0x88f7", "UDP port 319", "UDP port 320"], RidesOn = ["Ethernet", "UDP"] },
    ];
}
