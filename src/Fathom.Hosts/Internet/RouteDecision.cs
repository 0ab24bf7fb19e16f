using Fathom.Wire.Internet;

namespace Fathom.Hosts.Internet;

/// <summary>What the host would do with a packet to a destination.</summary>
/// <param name="Destination">The destination asked for.</param>
/// <param name="Kind">The decision. <see cref="RouteKind.None"/>: no route.</param>
/// <param name="Prefix">The prefix of the route that matched; null where the system does not tell, or none did.</param>
/// <param name="Gateway">The next hop, or null where the destination is on-link.</param>
/// <param name="InterfaceIndex">The outgoing interface, or null.</param>
/// <param name="Source">The source address that the host would use, or null.</param>
/// <param name="PathMtu">The path MTU that the host believes in, in octets, or null where it does not tell.</param>
public sealed record RouteDecision(
    IpAddress Destination,
    RouteKind Kind,
    IpPrefix? Prefix,
    IpAddress? Gateway,
    int? InterfaceIndex,
    IpAddress? Source,
    int? PathMtu)
{
    /// <summary>The address whose neighbor entry a packet needs: the gateway, or the destination itself.</summary>
    public IpAddress NextHop => Gateway ?? Destination;

    /// <summary>A packet would leave this host or come back to it.</summary>
    public bool IsUsable => Kind is RouteKind.Unicast or RouteKind.Local or RouteKind.Multicast or RouteKind.Broadcast;
}
