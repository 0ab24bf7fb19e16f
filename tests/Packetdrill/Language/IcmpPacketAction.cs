namespace Packetdrill.Language;

/// <summary>An ICMP or ICMPv6 message.</summary>
/// <param name="Direction">Which way.</param>
/// <param name="Ip">The IP header.</param>
/// <param name="Type">The type's word or number.</param>
/// <param name="Code">The code's word or number.</param>
/// <param name="Mtu">The MTU that it tells.</param>
/// <param name="Identifier">The identifier of an echo.</param>
/// <param name="Quoted">The segment that an error quotes.</param>
/// <param name="QuotedDatagram">Octets of the UDP datagram that an error quotes.</param>
internal sealed record IcmpPacketAction(
    Direction Direction,
    IpSpec Ip,
    string Type,
    string? Code,
    uint? Mtu,
    ushort? Identifier,
    SequenceSpec? Quoted,
    int? QuotedDatagram) : PacketAction(Direction, Ip);
