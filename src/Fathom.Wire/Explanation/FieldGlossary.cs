namespace Fathom.Wire.Explanation;

/// <summary>What each header field means. Fields are named as in the layouts, after the dissector's word for the layer: "ipv4.totalLength".</summary>
public static class FieldGlossary
{
    private static readonly Dictionary<string, string> Meanings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ethernet.destination"] = "MAC address of the station that shall take the frame; all ones means everybody",
        ["ethernet.source"] = "MAC address of the station that sent it: the last hop, not the host that began",
        ["ethernet.typeOrLength"] = "from 1,536 on the EtherType of the payload; up to 1,500 the payload's length (802.3)",
        ["vlan.priority"] = "which frames go first, 0 to 7",
        ["vlan.dropEligible"] = "this frame may be dropped before others when it gets tight",
        ["vlan.vlanId"] = "which virtual network, 1 to 4094",
        ["vlan.typeOrLength"] = "what follows, as in the Ethernet header",
        ["arp.hardwareType"] = "the kind of link: 1 is Ethernet",
        ["arp.protocolType"] = "the kind of address asked for, as an EtherType: 0x0800 is IPv4",
        ["arp.hardwareLength"] = "octets of a hardware address: 6",
        ["arp.protocolLength"] = "octets of a protocol address: 4",
        ["arp.operation"] = "1 asks, 2 answers",
        ["arp.senderHardwareAddress"] = "MAC address of who speaks; receivers remember it with the next field",
        ["arp.senderProtocolAddress"] = "IPv4 address of who speaks; 0.0.0.0 while it checks whether an address is free",
        ["arp.targetHardwareAddress"] = "zero in a question: it is what is asked for",
        ["arp.targetProtocolAddress"] = "the IPv4 address that is looked for",
        ["ipv4.version"] = "4",
        ["ipv4.headerLength"] = "words of four octets; 5 without options",
        ["ipv4.dscp"] = "the class of service that the sender wishes; mostly 0, and often ignored",
        ["ipv4.ecn"] = "may routers mark instead of drop, and did one",
        ["ipv4.totalLength"] = "octets of header and payload; what follows it in the frame is padding",
        ["ipv4.identification"] = "the same in all fragments of one packet",
        ["ipv4.reservedFlag"] = "0",
        ["ipv4.dontFragment"] = "routers must drop rather than cut; the error tells the sender the smaller MTU",
        ["ipv4.moreFragments"] = "not the last piece",
        ["ipv4.fragmentOffset"] = "where the piece belongs, in units of eight octets",
        ["ipv4.timeToLive"] = "every router takes one off and drops the packet at 0, so that loops end; traceroute plays with it",
        ["ipv4.protocol"] = "what the payload is: 1 ICMP, 6 TCP, 17 UDP",
        ["ipv4.headerChecksum"] = "guards the header alone; every router computes it anew",
        ["ipv4.source"] = "the host that sent the packet, or the NAT that wrote itself in",
        ["ipv4.destination"] = "the host that shall get it: all that routers look at",
        ["ipv6.version"] = "6",
        ["ipv6.dscp"] = "the class of service that the sender wishes",
        ["ipv6.ecn"] = "may routers mark instead of drop, and did one",
        ["ipv6.flowLabel"] = "the same for all packets of a conversation, so that they can take one way without a look at the ports",
        ["ipv6.payloadLength"] = "octets behind this header, extension headers included",
        ["ipv6.nextHeader"] = "what follows: an extension header, 6 TCP, 17 UDP, 58 ICMPv6",
        ["ipv6.hopLimit"] = "every router takes one off and drops the packet at 0",
        ["ipv6.source"] = "the host that sent the packet",
        ["ipv6.destination"] = "the host that shall get it",
        ["ipv6-fragment.nextHeader"] = "what the whole packet's fragmentable part begins with",
        ["ipv6-fragment.reserved"] = "0",
        ["ipv6-fragment.fragmentOffset"] = "where the piece belongs, in units of eight octets",
        ["ipv6-fragment.reserved2"] = "0",
        ["ipv6-fragment.moreFragments"] = "not the last piece",
        ["ipv6-fragment.identification"] = "the same in all fragments of one packet",
        ["ipv6-options.nextHeader"] = "what follows this header",
        ["ipv6-options.headerExtensionLength"] = "units of eight octets, not counting the first",
        ["ipv6-routing.nextHeader"] = "what follows this header",
        ["ipv6-routing.headerExtensionLength"] = "units of eight octets, not counting the first",
        ["ipv6-routing.routingType"] = "which kind: 4 is segment routing, 0 is forbidden",
        ["ipv6-routing.segmentsLeft"] = "stops that are still to come",
        ["icmp.type"] = "what kind of message: 0 and 8 echo, 3 unreachable, 11 time exceeded",
        ["icmp.code"] = "which case of the type",
        ["icmp.checksum"] = "over the whole message",
        ["icmp.restOfHeader"] = "by type: echo has identifier and sequence number, fragmentation needed the MTU, redirect the gateway",
        ["icmpv6.type"] = "what kind of message: below 128 errors, from 128 on the rest",
        ["icmpv6.code"] = "which case of the type",
        ["icmpv6.checksum"] = "over the message and the pseudo-header with the addresses",
        ["icmpv6.restOfHeader"] = "by type: echo has identifier and sequence number, packet too big the MTU",
        ["nd.type"] = "133 and 134 router, 135 and 136 neighbor, 137 redirect",
        ["nd.code"] = "0",
        ["nd.checksum"] = "over the message and the pseudo-header with the addresses",
        ["nd.reserved"] = "0",
        ["nd.target"] = "the address that is asked for, or spoken of",
        ["nd.destination"] = "the address that has a better first hop",
        ["nd.router"] = "who speaks is a router",
        ["nd.solicited"] = "this answers a question",
        ["nd.override"] = "forget the MAC address you knew",
        ["nd.currentHopLimit"] = "the hop limit that hosts shall use; 0 says nothing",
        ["nd.managed"] = "addresses come from DHCPv6",
        ["nd.otherConfiguration"] = "resolvers and the like come from DHCPv6",
        ["nd.homeAgent"] = "for mobile hosts",
        ["nd.preference"] = "this router before or after others",
        ["nd.proxy"] = "for proxies of neighbor discovery",
        ["nd.routerLifetime"] = "seconds for which it may be the default router; 0: not any more",
        ["nd.reachableTime"] = "milliseconds for which a neighbor counts as reachable after it was heard",
        ["nd.retransmitTimer"] = "milliseconds between two questions",
        ["ah.nextHeader"] = "what follows this header",
        ["ah.payloadLength"] = "words of four octets, minus two",
        ["ah.reserved"] = "0",
        ["ah.securityParametersIndex"] = "which agreement of keys",
        ["ah.sequenceNumber"] = "counts packets, so that an old one cannot be sent again",
        ["udp.sourcePort"] = "the sending process's port; where an answer goes",
        ["udp.destinationPort"] = "the receiving process's port",
        ["udp.length"] = "octets of header and data",
        ["udp.checksum"] = "over datagram and addresses; 0 over IPv4 means none",
        ["tcp.sourcePort"] = "the sending process's port",
        ["tcp.destinationPort"] = "the receiving process's port; the four ports and addresses together name the connection",
        ["tcp.sequenceNumber"] = "the number of the first octet of data here; SYN and FIN take one each",
        ["tcp.acknowledgmentNumber"] = "the next octet that is expected: all before it has arrived",
        ["tcp.dataOffset"] = "words of four octets before the data; 5 without options",
        ["tcp.reserved"] = "0",
        ["tcp.ae"] = "accurate ECN: part of a counter of marks",
        ["tcp.cwr"] = "I have slowed down",
        ["tcp.ece"] = "a router marked a packet of yours: slow down",
        ["tcp.urg"] = "the urgent pointer counts; nobody uses it any more",
        ["tcp.ack"] = "the acknowledgment number counts: set in every segment but the first",
        ["tcp.psh"] = "give what you have to the application",
        ["tcp.rst"] = "there is no such connection, or it ends now and data may be lost",
        ["tcp.syn"] = "I open, and this is my first number",
        ["tcp.fin"] = "I have no more data; I still take yours",
        ["tcp.window"] = "octets that I can take beyond the acknowledgment, divided by the scale that the SYN agreed on",
        ["tcp.checksum"] = "over segment and addresses",
        ["tcp.urgentPointer"] = "where urgent data ends",
        ["dns.id"] = "ties the answer to the question; a guess at it is how answers are forged",
        ["dns.qr"] = "0 asks, 1 answers",
        ["dns.opcode"] = "0 is a query, 5 an update",
        ["dns.aa"] = "the answer comes from the zone's own server",
        ["dns.tc"] = "the answer did not fit: ask again over TCP",
        ["dns.rd"] = "please do the whole search for me",
        ["dns.ra"] = "I do searches",
        ["dns.z"] = "0",
        ["dns.ad"] = "the resolver has checked the signatures (DNSSEC)",
        ["dns.cd"] = "do not check signatures, I will",
        ["dns.rcode"] = "0 no error, 2 SERVFAIL, 3 NXDOMAIN, 5 REFUSED",
        ["dns.qdcount"] = "questions",
        ["dns.ancount"] = "records that answer",
        ["dns.nscount"] = "records that name the authority, or prove that there is nothing",
        ["dns.arcount"] = "records that save another question; EDNS's OPT is one",
    };

    /// <summary>The meaning of a field.</summary>
    /// <param name="protocol">The dissector's word for the layer: "ipv4".</param>
    /// <param name="field">The field's name: "totalLength".</param>
    /// <returns>A phrase, or null.</returns>
    public static string? Find(string protocol, string field) => Meanings.GetValueOrDefault(protocol + "." + field);

    /// <summary>Finds fields by name, with or without the layer: "totalLength", "total length", "ipv4.totalLength".</summary>
    /// <param name="term">The term.</param>
    public static IEnumerable<(HeaderLayout Layout, FieldSpec Field, string Meaning)> Search(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        var wanted = Plain(term);
        foreach (var layout in ProtocolGlossary.All.SelectMany(static p => p.Headers))
        {
            foreach (var field in layout.Fields)
            {
                var isMeant = Plain(field.Name) == wanted || Plain(layout.Protocol + field.Name) == wanted;
                if (isMeant && Find(layout.Protocol, field.Name) is { } meaning) yield return (layout, field, meaning);
            }
        }
    }

    private static string Plain(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
