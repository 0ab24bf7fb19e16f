using Fathom.Stack.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Faults;

/// <summary>Faults of a host's own routes.</summary>
internal static class RouteFaults
{
    public static IEnumerable<Fault> All =>
    [
        new("route.missing", FaultSide.Client, "a host", "The default route is gone.", static place =>
            place.Host is { } host ? Undo.Routes(host, static r => r.Gateway is not null, static _ => null) : Undo.NeedsHost),
        new("route.wrong-gateway", FaultSide.Client, "a host with another on its link that is no router", "The default route points at a neighbor that forwards nothing.", WrongGateway),
        new("route.prohibited", FaultSide.Client, "a host; the targets say for what", "A route of the host forbids packets to the target.", static place =>
        {
            if (place.Host is not { } host) return Undo.NeedsHost;
            if (place.Port is not { } port) return Undo.NeedsInterface;
            var prefixes = place.Targets.Count > 0
                ? place.Targets.Select(static t => new IpPrefix(t, t.BitLength))
                : [new IpPrefix(IpAddress.AnyV4, 0), new IpPrefix(IpAddress.AnyV6, 0)];

            // Of two for the same prefix the one with the lower metric counts.
            return Undo.Add(host, prefixes.Select(p => new Route(p, port.Interface, null, -1) { IsProhibited = true }));
        }),
    ];

    private static FaultEffect WrongGateway(FaultPlace place)
    {
        if (place.Host is not { } host) return Undo.NeedsHost;
        if (!host.Stack.Routes.Routes.Any(r => IsMeant(r) && NeighborOf(place.Lab, host, r) is not null)) return $"No other host that is no router is on a link of {host.Name}.";

        // A version in which no wrong neighbor is to be had loses its route, so that it does not hide the fault.
        return Undo.Routes(host, IsMeant, r => NeighborOf(place.Lab, host, r) is { } wrong ? r with { Gateway = wrong } : null);
    }

    private static bool IsMeant(Route route) => route.Gateway is not null && route.Prefix.Length == 0;

    private static IpAddress? NeighborOf(Lab lab, LabHost host, Route route)
    {
        var links = host.Stack.Addresses.Where(a => a.Interface == route.Interface && a.Address.Version == route.Prefix.Version && !a.Address.IsLinkLocal)
            .Select(static a => new IpPrefix(a.Address, a.PrefixLength)).ToList();
        foreach (var other in lab.Hosts)
        {
            if (other == host || other.Forwards || !other.IsUp) continue;
            foreach (var address in other.Stack.Addresses)
            {
                if (links.Any(l => l.Contains(address.Address)) && address.Address != route.Gateway) return address.Address;
            }
        }

        return null;
    }
}
