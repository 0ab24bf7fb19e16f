namespace Fathom.Wire.Explanation;

/// <summary>Words of the field that are no protocols: flags, sizes, roles, and what happens to packets.</summary>
public static class TermGlossary
{
    private const ModelLayer Link = ModelLayer.Link;
    private const ModelLayer Internet = ModelLayer.Internet;
    private const ModelLayer Transport = ModelLayer.Transport;
    private const ModelLayer Application = ModelLayer.Application;

    /// <summary>TCP's control bits, in the header's order.</summary>
    public static IReadOnlyList<TermEntry> TcpFlags { get; } =
    [
        new("AE", "Accurate ECN", Transport, "RFC 9768", "Part of a three-bit counter of packets that routers marked; in a SYN it offers that counter. It was once the nonce sum (NS)."),
        new("CWR", "Congestion Window Reduced", Transport, "RFC 3168 §6.1", "The sender heard ECE and has slowed down. In a SYN, with ECE, it offers ECN."),
        new("ECE", "ECN Echo", Transport, "RFC 3168 §6.1", "The receiver got a packet that a router marked as congested; the sender shall slow down as if it had been lost."),
        new("URG", "Urgent", Transport, "RFC 9293 §3.8.5", "The urgent pointer counts. New applications must not use it (RFC 6093); some old ones (Telnet, FTP) do."),
        new("ACK", "Acknowledge", Transport, "RFC 9293 §3.1", "The acknowledgment number counts. It is set in every segment of a connection but the first SYN.", "acknowledgment"),
        new("PSH", "Push", Transport, "RFC 9293 §3.9.1.2", "The sender has written all it had for now: the receiver gives it to the application without waiting for more. It marks no message boundary."),
        new("RST", "Reset", Transport, "RFC 9293 §3.5.2", "Ends the connection at once, and data under way may be lost. To a SYN it says that nothing listens on the port; a connection that was open answers so to what it does not know."),
        new("SYN", "Synchronize", Transport, "RFC 9293 §3.5", "Opens a connection and tells the first sequence number. SYN, SYN-ACK, ACK are the three-way handshake; MSS, window scale and SACK are agreed in it.", "synchronise"),
        new("FIN", "Finish", Transport, "RFC 9293 §3.6", "The sender has no more data. The other side may go on sending until its own FIN: a half-closed connection.", "half-close", "teardown", "four-way teardown"),
    ];

    /// <summary>All terms, the flags among them.</summary>
    public static IReadOnlyList<TermEntry> All { get; } =
    [
        .. TcpFlags,
        .. OptionTerms.All,
        new("Encapsulation", "", null, "RFC 1122 §1.1.3", "Each layer puts its header before what the layer above gave it, and looks at nothing inside; the receiver takes the headers off in the opposite order. 'fathom dissect --layers' shows it.", "decapsulation"),
        new("Frame", "", Link, "IEEE 802.3", "The link's unit of data: from one station to the next on the same link. A router throws the frame away and makes a new one; the packet inside goes on."),
        new("Packet", "", Internet, "RFC 791, RFC 8200", "The internet layer's unit of data: from host to host. Its addresses stay the same all the way, unless a NAT changes them."),
        new("Segment", "", Transport, "RFC 9293", "TCP's unit of data: a header and some octets of the stream. Where it is cut means nothing to the application."),
        new("Datagram", "", Transport, "RFC 768", "UDP's unit of data: a whole message. It arrives whole or not at all."),
        new("Fragment", "Fragmentation", Internet, "RFC 791 §3.2, RFC 8200 §4.5", "A piece of an IP packet that was too large for a link. The receiver waits for all pieces; if one is lost, the whole packet is. 'fathom packetize' cuts a message of yours.", "reassembly", "ip fragmentation"),
        new("MTU", "Maximum Transmission Unit", Internet, "RFC 791 §3.2, RFC 8200 §5", "The largest packet that a link carries, IP header included: 1,500 octets on Ethernet, at least 68 for IPv4 and 1,280 for IPv6."),
        new("Path MTU", "Path Maximum Transmission Unit", Internet, "RFC 1191, RFC 8201", "The smallest MTU of all links to a destination. A sender learns it from the ICMP errors of routers; where a firewall drops them, large packets vanish without a word.", "pmtu", "pmtud", "path mtu discovery", "black hole"),
        new("MSS", "Maximum Segment Size", Transport, "RFC 9293 §3.7.1", "The most data that a TCP segment may bring, told in the SYN: the MTU less the IP and TCP headers, so 1,460 on Ethernet with IPv4 and 1,440 with IPv6.") { Headers = [OptionLayouts.Tcp("Maximum segment size option", 2, 4)] },
        new("TTL", "Time to Live", Internet, "RFC 791 §3.1; IPv6 calls it hop limit", "How many routers may still forward a packet. At 0 it is dropped, and the router says so: that ends loops, and is what traceroute uses. In DNS: how many seconds an answer may be kept.", "hop limit"),
        new("Checksum", "Internet checksum", null, "RFC 1071", "A number by which a receiver sees that octets were damaged. IP's, TCP's, UDP's and ICMP's is a sum of 16-bit words; it finds accidents, not forgers."),
        new("Port", "", Transport, "RFC 6335", "A number from 0 to 65535 that says which process of a host is meant. Servers listen on known ones, clients get one for the moment ('fathom explain port 443')."),
        new("Ephemeral port", "Dynamic port", Transport, "RFC 6335 §6, RFC 6056", "The port that the system gives a client for one connection: 49152 to 65535 by the registry, 32768 to 60999 by Linux's default.", "ephemeral"),
        new("Socket", "", Transport, "RFC 9293 §4", "An address and a port; in a program, the handle to one. A TCP connection is two sockets: it is named by both addresses and both ports.", "endpoint"),
        new("Three-way handshake", "", Transport, "RFC 9293 §3.5", "SYN, SYN-ACK, ACK: each side tells its first sequence number and hears it acknowledged. After one round trip the client may send.", "handshake", "3-way handshake"),
        new("TIME-WAIT", "", Transport, "RFC 9293 §3.6.1", "The side that closes first keeps the connection's name for some time (a minute on Linux), so that late segments cannot fall into a new one. SO_REUSEADDR lets a server listen again meanwhile.", "time wait"),
        new("Window", "Receive window", Transport, "RFC 9293 §3.8.6, RFC 7323", "How many octets a receiver can still take. At 0 the sender stops and asks now and then: that is back-pressure, and a slow reader, not a slow network.", "flow control", "back-pressure", "window scale") { Headers = [OptionLayouts.Tcp("Window scale option", 3, 3)] },
        new("Congestion control", "", Transport, "RFC 5681, RFC 9438", "A TCP sender's guess of how much the network bears: it grows while acknowledgments come, and falls at a loss or a mark.", "cwnd", "slow start", "cubic"),
        new("Retransmission", "", Transport, "RFC 6298, RFC 5681", "TCP sends a segment again when its acknowledgment does not come in time, or when three acknowledgments in a row ask for it.", "rto", "fast retransmit"),
        new("SACK", "Selective Acknowledgment", Transport, "RFC 2018", "Tells a TCP sender which later octets have arrived behind a gap, so that it sends only the gap again.", "selective acknowledgement", "sack option", "sack blocks") { Headers = [OptionLayouts.Tcp("SACK option", 5, 10)] },
        new("Nagle", "Nagle's algorithm", Transport, "RFC 9293 §3.7.4", "Holds small writes back while earlier data is not acknowledged. With delayed acknowledgments it can cost 40 ms a write; TCP_NODELAY turns it off.", "tcp_nodelay"),
        new("RTT", "Round-Trip Time", null, "RFC 2681", "The time from sending something to hearing its answer. No protocol that asks before it sends is faster than this.", "latency", "round trip"),
        new("Jitter", "", null, "RFC 3550 §6.4.1, RFC 3393", "How much the delay changes from packet to packet. Sound and video feel it before they feel the delay."),
        new("Packet loss", "", null, "RFC 7680", "Packets that do not arrive. TCP repairs it and becomes slow; UDP's applications must live with it.", "loss"),
        new("IP address", "", Internet, "RFC 791, RFC 4291", "Names an interface of a host: 32 bits in IPv4, 128 in IPv6. Its front part, the prefix, names the network, and routers look at that alone ('fathom ip').", "address"),
        new("MAC address", "Media Access Control address", Link, "IEEE 802", "48 bits that name a station on its link; the first half says who made the adapter, unless it is made up. No router passes it on ('fathom mac').", "hardware address", "eui-48"),
        new("CIDR", "Classless Inter-Domain Routing", Internet, "RFC 4632", "Networks written as an address and the number of bits that are fixed: 192.0.2.0/24. It replaced the classes A, B and C ('fathom subnet').", "prefix", "subnet", "netmask", "subnet mask"),
        new("Gateway", "Default gateway", Internet, "RFC 1122 §3.3.1", "The router to which a host sends all that is not on its own link. Without it only neighbors can be reached.", "default route", "next hop", "router"),
        new("NAT", "Network Address Translation", Internet, "RFC 3022, RFC 4787", "A router writes its own address into passing packets and remembers which port belongs to whom, so that many hosts share one public address. Nothing from outside gets in unless something from inside went out first.", "napt", "masquerading", "cgnat"),
        new("Broadcast", "", Link, "RFC 919, RFC 922", "To everybody on the link: ff:ff:ff:ff:ff:ff, 255.255.255.255, or a network's last IPv4 address. IPv6 has none and uses multicast."),
        new("Multicast", "", Internet, "RFC 1112, RFC 4291 §2.7", "To all who joined a group: 224.0.0.0/4 or ff00::/8."),
        new("Anycast", "", Internet, "RFC 4786", "One address at many places; routing leads to the nearest. The DNS root servers live so."),
        new("Unicast", "", Internet, "RFC 4291 §2.5", "To one interface: what nearly all traffic is."),
        new("Loopback", "", Internet, "RFC 1122 §3.2.1.3, RFC 4291 §2.5.3", "The host itself: 127.0.0.0/8 and ::1. Packets to it never reach a wire.", "localhost"),
        new("Resolver", "", Application, "RFC 1034 §5", "Answers questions about names, by asking the servers of the tree and remembering. A stub is the small one in each host that asks a big one.", "stub", "recursive resolver"),
        new("Delegation", "", Application, "RFC 1034 §4.2", "A zone's NS records that hand a part of the names to other servers. The answer that says so is a referral.", "referral", "zone"),
        new("Proxy", "", Application, "RFC 9110 §3.7", "Speaks to the server in the client's place. A reverse proxy (gateway) stands before the servers, and its errors are 502 and 504.", "reverse proxy"),
        new("Cookie", "", Application, "RFC 6265", "A name and a value that a server gives and the client brings back, by which requests become a session ('fathom cookies').", "session"),
        new("Certificate", "X.509 certificate", Application, "RFC 5280", "Says that a key belongs to a name, signed by somebody who is trusted ('fathom tls').", "x.509"),
        new("Firewall", "", null, "RFC 2979", "Lets some packets pass and not others. One that drops makes a connection time out; one that rejects says so by ICMP or a reset."),
        new("ECN", "Explicit Congestion Notification", Internet, "RFC 3168", "Routers mark packets instead of dropping them when it gets tight; the receiver tells the sender."),
        new("DSCP", "Differentiated Services Code Point", Internet, "RFC 2474", "Six bits of the IP header that ask for a class of service. Outside one's own network they mostly mean nothing.", "tos", "qos"),
    ];

    /// <summary>Finds a term by its word, its full name, or another word for it; case does not matter.</summary>
    /// <param name="word">The word.</param>
    /// <returns>The entry, or null.</returns>
    public static TermEntry? Find(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return All.FirstOrDefault(entry => string.Equals(entry.Term, word, StringComparison.OrdinalIgnoreCase)) ?? All.FirstOrDefault(entry => entry.IsCalled(word));
    }
}
