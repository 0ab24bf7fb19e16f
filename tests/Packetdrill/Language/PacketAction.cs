namespace Packetdrill.Language;

/// <summary>A packet to inject or to see.</summary>
internal abstract record PacketAction(Direction Direction, IpSpec Ip) : EventAction;
