using Fathom.Wire.Internet;

namespace Fathom.Hosts.Internet;

/// <summary>One route of the routing table.</summary>
/// <param name="Destination">The prefix.</param>
/// <param name="Kind">What is done with packets to it.</param>
/// <param name="Gateway">The next hop, or null where the destination is on-link or nothing is sent.</param>
/// <param name="InterfaceIndex">The outgoing interface, or null.</param>
/// <param name="Source">The source address that the route prefers, or null.</param>
/// <param name="Metric">The lower, the better.</param>
/// <param name="Table">The table's number (Linux: 254 main, 255 local); 0 where the system has no tables.</param>
/// <param name="IsLinkDown">The route is there and its interface has no carrier.</param>
public sealed record HostRoute(
    IpPrefix Destination,
    RouteKind Kind,
    IpAddress? Gateway,
    int? InterfaceIndex,
    IpAddress? Source,
    long Metric,
    int Table,
    bool IsLinkDown = false);
