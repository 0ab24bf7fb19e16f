namespace Packetdrill.Language;

/// <summary>A UDP datagram of so many octets.</summary>
internal sealed record UdpPacketAction(Direction Direction, IpSpec Ip, PortSpec? Ports, int Length) : PacketAction(Direction, Ip);
