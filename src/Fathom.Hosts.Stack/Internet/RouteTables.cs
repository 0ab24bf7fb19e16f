using Fathom.Hosts.Internet;
using Fathom.Stack;
using Fathom.Wire.Internet;

namespace Fathom.Hosts.Stack.Internet;

/// <summary>The stack's routes as the port tells them.</summary>
internal static class RouteTables
{
    /// <summary>The routes, and the host's own addresses as routes to itself. Called with the gate held.</summary>
    public static List<HostRoute> Routes(NetworkStack stack)
    {
        var routes = new List<HostRoute>();
        foreach (var route in stack.Routes.Routes) routes.Add(new HostRoute(route.Prefix, route.IsProhibited ? RouteKind.Prohibit : RouteKind.Unicast, route.Gateway, route.Interface.Index, null, route.Metric, 0, !route.Interface.HasCarrier));
        foreach (var own in stack.Addresses)
        {
            routes.Add(new HostRoute(new IpPrefix(own.Address.WithZone(0), own.Address.BitLength), RouteKind.Local, null, own.Interface.Index, own.Address, 0, 0));
        }

        return routes;
    }

    /// <summary>What would be done with a packet. Called with the gate held.</summary>
    public static RouteDecision Find(NetworkStack stack, IpAddress destination)
    {
        foreach (var own in stack.Addresses)
        {
            if (own.Address != destination) continue;
            return new RouteDecision(destination, RouteKind.Local, new IpPrefix(destination.WithZone(0), destination.BitLength), null, own.Interface.Index, destination, null);
        }

        if (stack.Routes.Find(destination) is { IsProhibited: true } prohibited) return new RouteDecision(destination, RouteKind.Prohibit, prohibited.Prefix, null, null, null, null);
        if (stack.FindPath(destination) is not { } path) return new RouteDecision(destination, RouteKind.None, null, null, null, null, null);
        var kind = destination.IsMulticast ? RouteKind.Multicast : path.IsBroadcast ? RouteKind.Broadcast : RouteKind.Unicast;
        IpAddress? gateway = path.NextHop == destination ? null : path.NextHop;
        return new RouteDecision(destination, kind, stack.Routes.Find(destination)?.Prefix, gateway, path.Interface.Index, path.Source, path.Mtu);
    }
}
