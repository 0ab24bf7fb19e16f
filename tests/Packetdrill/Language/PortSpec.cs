namespace Packetdrill.Language;

/// <summary><c>12345 &gt; 8080</c>: the ports of a packet, where the script says them.</summary>
internal readonly record struct PortSpec(ushort Source, ushort Destination);
