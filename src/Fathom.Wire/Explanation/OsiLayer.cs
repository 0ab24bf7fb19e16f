namespace Fathom.Wire.Explanation;

/// <summary>One of the seven layers of the OSI model (ISO/IEC 7498-1), beside the TCP/IP layer that does its work.</summary>
/// <param name="Number">1 to 7, from the wire upwards.</param>
/// <param name="Name">"Transport".</param>
/// <param name="Model">The TCP/IP layer; null for the physical layer, of which that model says nothing.</param>
/// <param name="Does">What it is for.</param>
/// <param name="Unit">What its unit of data is called.</param>
/// <param name="Addresses">What it names its ends by.</param>
/// <param name="Protocols">Protocols that stand there.</param>
public sealed record OsiLayer(int Number, string Name, ModelLayer? Model, string Does, string Unit, string Addresses, string Protocols)
{
    /// <summary>The seven, from 7 down to 1, as they are drawn.</summary>
    public static IReadOnlyList<OsiLayer> All { get; } =
    [
        new(7, "Application", ModelLayer.Application, "what programs say to each other: ask for a page, deliver mail, resolve a name", "message", "names, URLs", "HTTP, DNS, SMTP, SSH, DHCP"),
        new(6, "Presentation", ModelLayer.Application, "how values are written, compressed and encrypted; on the Internet a part of the application", "message", "none", "TLS's encryption, character sets, gzip, JSON"),
        new(5, "Session", ModelLayer.Application, "dialogs that are opened, resumed and closed; on the Internet a part of the application", "message", "session ids, cookies", "TLS's resumption, HTTP sessions, RPC"),
        new(4, "Transport", ModelLayer.Transport, "from process to process: TCP makes a reliable stream, UDP sends single datagrams", "segment (TCP), datagram (UDP)", "ports", "TCP, UDP, QUIC, SCTP"),
        new(3, "Network", ModelLayer.Internet, "from host to host across many networks: addresses, routes, fragments, errors", "packet", "IP addresses", "IPv4, IPv6, ICMP, ICMPv6"),
        new(2, "Data link", ModelLayer.Link, "to the next station on the same link, with a check that the frame is undamaged", "frame", "MAC addresses", "Ethernet, Wi-Fi, VLAN, ARP, PPP"),
        new(1, "Physical", null, "bits as voltage, light or radio; RFC 1122 leaves it to the link", "symbol, bit", "none", "1000BASE-T, 802.11ax radio, DSL, fiber"),
    ];
}
