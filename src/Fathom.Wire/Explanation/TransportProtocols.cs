using Fathom.Wire.Application.Quic;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Explanation;

/// <summary>The transport layer's protocols.</summary>
internal static class TransportProtocols
{
    internal static readonly ProtocolEntry[] All =
    [
        new("TCP", "Transmission Control Protocol", ModelLayer.Transport, [4], "RFC 9293",
            "Makes a reliable stream of octets in each direction out of packets that may be lost: it numbers octets, acknowledges them, sends again what is missing, and slows down before the network or the receiver drowns. It keeps the order, not the boundaries: what was written in one piece may be read in several.")
        {
            Unit = "segment", Numbers = ["IP protocol 6"], RidesOn = ["IPv4", "IPv6"], Carries = ["HTTP", "TLS", "SSH", "SMTP", "DNS"], IsDissected = true,
            Headers = [HeaderLayout.Of<TcpSegment>("TCP header", "tcp", "options: 0 to 40 octets, then the data")],
        },
        new("UDP", "User Datagram Protocol", ModelLayer.Transport, [4], "RFC 768",
            "Adds ports and a checksum to IP, and nothing else: a datagram arrives whole or not at all, perhaps twice, perhaps late. Good where an old answer is worth nothing, or the application does its own repeating.")
        {
            Unit = "datagram", Numbers = ["IP protocol 17"], RidesOn = ["IPv4", "IPv6"], Carries = ["DNS", "DHCP", "NTP", "QUIC", "RTP"], IsDissected = true,
            Headers = [HeaderLayout.Of<UdpDatagram>("UDP header", "udp", "data")],
        },
        new("QUIC", "QUIC", ModelLayer.Transport, [4, 5, 6], "RFC 9000, RFC 9001, RFC 9369 (version 2)",
            "Does what TCP and TLS do together, over UDP and in one handshake: many independent streams, encrypted down to the packet numbers. A connection survives a change of address, because it is named by an id and not by addresses.")
        {
            Unit = "packet", Numbers = ["UDP port 443 (with HTTP/3)"], RidesOn = ["UDP"], Carries = ["HTTP/3", "DNS over QUIC"], IsDissected = true,
            Headers = [HeaderLayout.Of<QuicLongHeader>("QUIC long header", "quic", "connection ids, token, length, protected payload")],
        },
        new("SCTP", "Stream Control Transmission Protocol", ModelLayer.Transport, [4], "RFC 9260",
            "Reliable like TCP, but with messages instead of a stream, several streams in one association, and several addresses for each end. Telephone networks and WebRTC's data channels use it.")
        { Unit = "chunk", Numbers = ["IP protocol 132"], RidesOn = ["IPv4", "IPv6", "UDP (RFC 6951)"] },
        new("DCCP", "Datagram Congestion Control Protocol", ModelLayer.Transport, [4], "RFC 4340",
            "Datagrams without repeating, but with congestion control. Hardly deployed: middleboxes do not know it.")
        { Unit = "packet", Numbers = ["IP protocol 33"], RidesOn = ["IPv4", "IPv6"] },
        new("UDP-Lite", "Lightweight User Datagram Protocol", ModelLayer.Transport, [4], "RFC 3828",
            "UDP whose checksum may cover only the beginning, for codecs that prefer damaged sound to none.")
        { Unit = "datagram", Numbers = ["IP protocol 136"], RidesOn = ["IPv4", "IPv6"] },
    ];
}
