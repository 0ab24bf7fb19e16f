namespace Fathom.Hosts.Transport;

/// <summary>The TCP and UDP sockets of a host, and the ports that it gives out by itself.</summary>
/// <param name="Sockets">The sockets.</param>
/// <param name="EphemeralFirst">The first port given to a socket that did not choose (binding port 0, or connecting); null where the host does not tell.</param>
/// <param name="EphemeralLast">The last one.</param>
public sealed record HostSockets(IReadOnlyList<HostSocket> Sockets, ushort? EphemeralFirst, ushort? EphemeralLast);
