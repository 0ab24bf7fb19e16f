namespace Packetdrill.Language;

/// <summary>A TCP segment.</summary>
internal sealed record TcpPacketAction(Direction Direction, IpSpec Ip, PortSpec? Ports, TcpSpec Tcp) : PacketAction(Direction, Ip);
