using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Application.Dhcpv6;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Ntp;
using Fathom.Wire.Application.Tls;

namespace Fathom.Wire.Explanation;

/// <summary>The applications' protocols.</summary>
internal static class ApplicationProtocols
{
    private static readonly int[] Seven = [7];

    internal static readonly ProtocolEntry[] All =
    [
        new("DNS", "Domain Name System", ModelLayer.Application, [7], "RFC 1034, RFC 1035",
            "Turns names into addresses and other facts. The names form a tree whose parts are run by different owners; a resolver walks it from the root, and remembers answers for as long as they allow.")
        {
            Numbers = ["UDP port 53", "TCP port 53"], RidesOn = ["UDP", "TCP"], Aliases = ["domain"], IsDissected = true,
            Headers = [new HeaderLayout("DNS header", "dns", DnsHeader.Layout.ToArray(), "questions, answers, authority, additional")],
        },
        new("HTTP", "Hypertext Transfer Protocol", ModelLayer.Application, [5, 6, 7], "RFC 9110, RFC 9112 (HTTP/1.1)",
            "A client asks for a resource by method, target and header fields; the server answers with a status, header fields and content. Each request stands for itself: sessions are made on top, with cookies.")
        { Aliases = ["http/1.1", "http1"], Numbers = ["TCP port 80"], RidesOn = ["TCP", "TLS"], Carries = ["web pages, APIs, anything"], IsDissected = true },
        new("HTTPS", "HTTP over TLS", ModelLayer.Application, [5, 6, 7], "RFC 9110 §4.2.2",
            "HTTP inside a TLS connection, so that nobody on the way can read or change it, and a certificate proves the server's name. It is not another protocol, only another wrapping.")
        { Numbers = ["TCP port 443", "UDP port 443 (HTTP/3)"], RidesOn = ["TLS", "QUIC"] },
        new("HTTP/2", "HTTP version 2", ModelLayer.Application, [5, 6, 7], "RFC 9113",
            "The same requests and responses as HTTP/1.1 in binary frames, many at once on one connection. A lost TCP segment still stops all of them.")
        { Aliases = ["http2", "h2"], Unit = "frame", Numbers = ["TCP port 443"], RidesOn = ["TLS"] },
        new("HTTP/3", "HTTP version 3", ModelLayer.Application, [5, 6, 7], "RFC 9114",
            "The same requests and responses over QUIC: a loss stops only the stream it belongs to.")
        { Aliases = ["http3", "h3"], Unit = "frame", Numbers = ["UDP port 443"], RidesOn = ["QUIC"] },
        new("WebSocket", "WebSocket", ModelLayer.Application, Seven, "RFC 6455",
            "Turns an HTTP connection into a channel on which both sides may send messages at any time. It begins as a request with Upgrade.")
        { Aliases = ["ws", "wss"], Unit = "frame", Numbers = ["TCP ports 80 and 443"], RidesOn = ["HTTP", "TLS"] },
        new("TLS", "Transport Layer Security", ModelLayer.Application, [5, 6], "RFC 8446 (1.3), RFC 5246 (1.2)",
            "Agrees on keys with a peer that proves its name by a certificate, then encrypts and signs all that follows. It sits between TCP and the application, which is why the models cannot place it well.")
        {
            Aliases = ["ssl", "transport layer security", "clienthello", "client_hello", "client hello", "serverhello", "server_hello", "server hello", "tls handshake", "tls record"],
            Unit = "record",
            RidesOn = ["TCP"],
            Carries = ["HTTP", "SMTP", "IMAP", "DNS (DoT)"],
            IsDissected = true,
            Headers =
            [
                HeaderLayout.Of<TlsRecord>("TLS record", "tls", "fragment: handshake messages, an alert, or encrypted data"),
                HeaderLayout.Of<TlsHandshakeMessage>("TLS handshake message", "tls", "body"),
                HeaderLayout.Of<TlsClientHello>("ClientHello and ServerHello, as they begin", "tls", "session id, cipher suites, compression methods, extensions"),
            ],
        },
        new("DHCP", "Dynamic Host Configuration Protocol", ModelLayer.Application, [7], "RFC 2131",
            "Lends a host its IPv4 address, and tells it prefix, gateway and resolvers: discover, offer, request, acknowledge. If no server answers, the host makes up an address in 169.254.0.0/16.")
        {
            Aliases = ["dhcpv4", "bootp"], Numbers = ["UDP port 67 (server)", "UDP port 68 (client)"], RidesOn = ["UDP"], IsDissected = true,
            Headers = [HeaderLayout.Of<DhcpMessage>("DHCP message", "dhcp", "magic cookie and options")],
        },
        new("DHCPv6", "Dynamic Host Configuration Protocol for IPv6", ModelLayer.Application, Seven, "RFC 9915, formerly RFC 8415",
            "Gives IPv6 addresses, prefixes for whole networks, and resolvers. The gateway never comes from it: that is the router advertisement's.")
        {
            Numbers = ["UDP port 547 (server)", "UDP port 546 (client)"], RidesOn = ["UDP"], IsDissected = true,
            Headers =
            [
                HeaderLayout.Of<Dhcpv6Message>("DHCPv6 message", "dhcpv6", "options"),
                HeaderLayout.Of<Dhcpv6RelayMessage>("DHCPv6 relay message", "dhcpv6", "options, the relayed message among them"),
            ],
        },
        new("NTP", "Network Time Protocol", ModelLayer.Application, Seven, "RFC 5905",
            "Sets clocks to within milliseconds by comparing four time stamps of a question and its answer. A clock that is wrong makes every certificate look expired or not yet valid.")
        {
            Aliases = ["sntp"], Unit = "packet", Numbers = ["UDP port 123"], RidesOn = ["UDP"], IsDissected = true,
            Headers = [HeaderLayout.Of<NtpPacket>("NTP packet", "ntp", "extension fields and authenticator, if any")],
        },
        new("SSH", "Secure Shell", ModelLayer.Application, [5, 6, 7], "RFC 4251, RFC 4253",
            "An encrypted shell on another machine, with file transfer and tunnels inside. The server is known by its key, which the client remembers from the first time.")
        { Aliases = ["sftp", "scp"], Unit = "packet", Numbers = ["TCP port 22"], RidesOn = ["TCP"] },
        new("Telnet", "Telnet", ModelLayer.Application, Seven, "RFC 854",
            "A terminal on another machine, without encryption: passwords can be read by anyone on the way. SSH took its place.")
        { Unit = "octets", Numbers = ["TCP port 23"], RidesOn = ["TCP"] },
        new("SMTP", "Simple Mail Transfer Protocol", ModelLayer.Application, Seven, "RFC 5321",
            "Hands mail from server to server, found by MX records, and from a mail program to its server. Encryption begins with STARTTLS, or at once on port 465.")
        { Aliases = ["esmtp", "submission"], Numbers = ["TCP port 25", "TCP port 587 (submission)", "TCP port 465 (submission over TLS)"], RidesOn = ["TCP", "TLS"] },
        new("IMAP", "Internet Message Access Protocol", ModelLayer.Application, Seven, "RFC 9051",
            "Reads and sorts mail that stays on the server, from many devices at once.")
        { Aliases = ["imap4"], Numbers = ["TCP port 143", "TCP port 993 (TLS)"], RidesOn = ["TCP", "TLS"] },
        new("POP3", "Post Office Protocol, version 3", ModelLayer.Application, Seven, "RFC 1939",
            "Fetches mail from a server, and by custom deletes it there.")
        { Aliases = ["pop"], Numbers = ["TCP port 110", "TCP port 995 (TLS)"], RidesOn = ["TCP", "TLS"] },
        new("FTP", "File Transfer Protocol", ModelLayer.Application, Seven, "RFC 959",
            "Moves files over two connections, one for commands and one for data; the second one is what firewalls and NAT stumble over. It encrypts nothing by itself.")
        { Numbers = ["TCP port 21", "TCP port 20 (data, active)"], RidesOn = ["TCP"] },
        new("TFTP", "Trivial File Transfer Protocol", ModelLayer.Application, Seven, "RFC 1350",
            "Moves small files over UDP, one block at a time. Machines that boot from the network use it.")
        { Numbers = ["UDP port 69"], RidesOn = ["UDP"] },
        new("SNMP", "Simple Network Management Protocol", ModelLayer.Application, Seven, "RFC 3411, RFC 3416",
            "Asks devices for their counters and settings, numbered in a worldwide tree. Versions 1 and 2 send their password in the clear.")
        { Numbers = ["UDP port 161", "UDP port 162 (traps)"], RidesOn = ["UDP"] },
        new("Syslog", "Syslog", ModelLayer.Application, Seven, "RFC 5424",
            "Sends log messages to a collector. Over UDP some get lost without anybody knowing.")
        { Numbers = ["UDP port 514", "TCP port 6514 (TLS)"], RidesOn = ["UDP", "TLS"] },
        new("mDNS", "Multicast DNS", ModelLayer.Application, Seven, "RFC 6762",
            "DNS without a server: a question goes to everybody on the link, and who has the name under .local answers. Printers and speakers are found this way.")
        {
            Aliases = ["bonjour", "zeroconf"], Numbers = ["UDP port 5353"], RidesOn = ["UDP"], IsDissected = true,
            Headers = [HeaderLayout.Of<DnsHeader>("mDNS header", "mdns", "questions, answers, authority, additional")],
        },
        new("LLMNR", "Link-Local Multicast Name Resolution", ModelLayer.Application, Seven, "RFC 4795",
            "An older way to ask the link for a name, on Windows. Anyone may answer, which attackers do.")
        {
            Numbers = ["UDP port 5355", "TCP port 5355"], RidesOn = ["UDP", "TCP"], IsDissected = true,
            Headers = [HeaderLayout.Of<LlmnrHeader>("LLMNR header", "llmnr", "question, answers, authority, additional")],
        },
        new("DoT", "DNS over TLS", ModelLayer.Application, [5, 6, 7], "RFC 7858",
            "Hides DNS questions from everybody but the resolver. Its port of its own makes it easy to block.")
        { Aliases = ["dns over tls"], Numbers = ["TCP port 853"], RidesOn = ["TLS"] },
        new("DoH", "DNS over HTTPS", ModelLayer.Application, [5, 6, 7], "RFC 8484",
            "DNS questions as HTTPS requests, which look like any web traffic. Browsers use it past the system's resolver.")
        { Aliases = ["dns over https"], Numbers = ["TCP port 443"], RidesOn = ["HTTPS"] },
        new("BGP", "Border Gateway Protocol", ModelLayer.Application, Seven, "RFC 4271",
            "Providers tell each other which prefixes they can reach, and through whom. It is what makes many networks one Internet; a false announcement can take an address range away from its owner.")
        { Numbers = ["TCP port 179"], RidesOn = ["TCP"] },
        new("RIP", "Routing Information Protocol", ModelLayer.Application, Seven, "RFC 2453",
            "Routers tell their neighbors how many hops each network is away. Simple, slow to notice changes, and found in small networks only.")
        { Numbers = ["UDP port 520"], RidesOn = ["UDP"] },
        new("SIP", "Session Initiation Protocol", ModelLayer.Application, [5, 7], "RFC 3261",
            "Finds, rings and hangs up: the signalling of Internet telephony. The voice itself goes by RTP.")
        { Numbers = ["UDP port 5060", "TCP port 5061 (TLS)"], RidesOn = ["UDP", "TCP", "TLS"] },
        new("RTP", "Real-time Transport Protocol", ModelLayer.Application, [5, 6], "RFC 3550",
            "Numbers and time-stamps pieces of sound and video, so that a receiver can play them smoothly or leave out the late ones.")
        { Aliases = ["srtp", "rtcp"], Unit = "packet", RidesOn = ["UDP"] },
        new("LDAP", "Lightweight Directory Access Protocol", ModelLayer.Application, Seven, "RFC 4511",
            "Looks up people, groups and machines in a directory, often to log somebody in.")
        { Aliases = ["ldaps"], Numbers = ["TCP port 389", "TCP port 636 (TLS)"], RidesOn = ["TCP", "TLS"] },
        new("Kerberos", "Kerberos", ModelLayer.Application, [5, 7], "RFC 4120",
            "Proves who somebody is with tickets from a trusted server, so that no password crosses the network. Clocks must agree within minutes.")
        { Numbers = ["UDP port 88", "TCP port 88"], RidesOn = ["UDP", "TCP"] },
        new("SMB", "Server Message Block", ModelLayer.Application, [5, 6, 7], "MS-SMB2 (Microsoft Open Specification)",
            "Shares files and printers, mostly among Windows machines.")
        { Aliases = ["cifs"], Numbers = ["TCP port 445"], RidesOn = ["TCP"] },
        new("NFS", "Network File System", ModelLayer.Application, [5, 6, 7], "RFC 8881",
            "Lets a machine use another one's files as if they were its own, mostly among Unix machines.")
        { Numbers = ["TCP port 2049"], RidesOn = ["TCP"] },
        new("MQTT", "MQTT", ModelLayer.Application, Seven, "OASIS MQTT 5.0",
            "Small devices publish values under topics at a broker, which passes them to all who subscribed.")
        { Numbers = ["TCP port 1883", "TCP port 8883 (TLS)"], RidesOn = ["TCP", "TLS"] },
        new("RDP", "Remote Desktop Protocol", ModelLayer.Application, [5, 6, 7], "MS-RDPBCGR (Microsoft Open Specification)",
            "The screen, keyboard and mouse of a Windows machine far away. Open to the whole Internet it is a favorite target of password guessers.")
        { Numbers = ["TCP port 3389", "UDP port 3389"], RidesOn = ["TLS", "UDP"] },
        new("WHOIS", "WHOIS", ModelLayer.Application, Seven, "RFC 3912; RDAP, RFC 9082, replaces it",
            "Asks a registry who a name or an address range was given to. One line of text in, text out.")
        { Aliases = ["rdap"], Numbers = ["TCP port 43"], RidesOn = ["TCP"] },
        new("Echo", "Echo Protocol", ModelLayer.Application, Seven, "RFC 862",
            "Sends back what it gets. Good for trying things; closed on the Internet, where it was used to bounce attacks.")
        { Numbers = ["TCP port 7", "UDP port 7"], RidesOn = ["TCP", "UDP"] },
    ];
}
