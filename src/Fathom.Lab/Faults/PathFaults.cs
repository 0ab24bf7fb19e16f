using Fathom.Lab.Internet;
using Fathom.Lab.Link;
using Fathom.Stack.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Faults;

/// <summary>Faults on the way between hosts.</summary>
internal static class PathFaults
{
    // Below Ethernet's 1,500 by what tunnels and PPPoE take, above IPv6's 1,280.
    private const int SmallMtu = 1400;

    // So much that the lower bound of a check's series lies far above 3 %, and TCP still gets through.
    private const double HeavyLoss = 0.25;

    public static IEnumerable<Fault> All =>
    [
        new("path.unreachable", FaultSide.Path, "a router that is not the target's own", "The router has no route to the target, and says so.", static place => OnRouter(place, router =>
        {
            if (router.Stack.Routes.Routes.Any(r => r.Gateway is null && place.Targets.Any(r.Prefix.Contains))) return $"The target is on a link of {router.Name} itself.";
            return Undo.Routes(router, r => r.Gateway is not null && (place.Targets.Count == 0 || place.Targets.Any(r.Prefix.Contains)), static _ => null);
        })),
        new("path.filtered", FaultSide.Path, "a router", "A firewall rejects packets to the target as prohibited.", static place => OnRouter(place, router =>
            Undo.Filter(router, Rules(place, new FirewallRule(FirewallAction.Prohibit) { Way = FirewallWay.Through })))),
        new("path.loop", FaultSide.LastRouter, "a router to which another sends what is for the target", "The router sends packets to the target back to where they come from.", Loop),
        new("path.silent", FaultSide.Path, "a router", "Packets to the target vanish in the router, and nobody is told.", static place => OnRouter(place, router =>
            Undo.Filter(router, Rules(place, new FirewallRule(FirewallAction.Drop) { Way = FirewallWay.Through })))),
        new("path.mtu-blackhole", FaultSide.Path, "a router", $"Packets above {SmallMtu} octets vanish in the router, and nobody is told.", static place => OnRouter(place, router =>
            (Action)PacketSizeFilter.AddTo(router, SmallMtu).Remove)),
        new("path.mtu-reduced", FaultSide.Path, "a link between two hosts", $"The link carries {SmallMtu} octets, and its routers say so.", static place =>
        {
            if (place.Link is not { Left: HostPort left, Right: HostPort right }) return "This fault needs a link between two hosts, without a switch.";
            var (before, after) = (left.Interface.Mtu, right.Interface.Mtu);
            SetMtu(left, SmallMtu);
            SetMtu(right, SmallMtu);
            return (Action)(() =>
            {
                SetMtu(left, before);
                SetMtu(right, after);
            });
        }),
        new("path.loss", FaultSide.Path, "a link", "The link loses a quarter of its frames, by chance.", static place => Change(place, static s => s with { Loss = HeavyLoss })),
        new("path.latency", FaultSide.Path, "a link", "Frames take up to a second longer, now more, now less.", static place =>
            Change(place, static s => s with { Delay = s.Delay + TimeSpan.FromMilliseconds(400), Jitter = TimeSpan.FromMilliseconds(600) })),
        new("path.ipv6-broken", FaultSide.Path, "a router", "The router drops all IPv6.", static place => OnRouter(place, router =>
            Undo.Filter(router, new FirewallRule(FirewallAction.Drop) { Way = FirewallWay.Through, Version = IpVersion.V6 }))),
        new("path.ipv4-broken", FaultSide.Path, "a router", "The router drops all IPv4 to the target.", static place => OnRouter(place, router =>
            Undo.Filter(router, [.. Rules(place, new FirewallRule(FirewallAction.Drop) { Way = FirewallWay.Through, Version = IpVersion.V4 }).Where(static r => r.Destination is not { Version: IpVersion.V6 })]))),
    ];

    private static FaultEffect OnRouter(FaultPlace place, Func<LabHost, FaultEffect> put) => place.Host is { Forwards: true } router ? put(router) : Undo.NeedsRouter;

    private static FirewallRule[] Rules(FaultPlace place, FirewallRule rule)
        => place.Targets.Count == 0 ? [rule] : [.. place.Targets.Select(t => rule with { Destination = new IpPrefix(t, t.BitLength) })];

    private static FaultEffect Change(FaultPlace place, Func<LinkSettings, LinkSettings> change)
    {
        if (place.Link is not { } link) return Undo.NeedsLink;
        var (toRight, toLeft) = (link.ToRight.Settings, link.ToLeft.Settings);
        link.Change(change);
        return (Action)(() =>
        {
            link.ToRight.Settings = toRight;
            link.ToLeft.Settings = toLeft;
        });
    }

    private static void SetMtu(HostPort port, int mtu) => port.Host.Stack.SetMtu(port.Interface, mtu);

    private static FaultEffect Loop(FaultPlace place) => OnRouter(place, router =>
    {
        if (place.Targets.Count == 0) return "This fault needs a target.";
        var routes = new List<Route>();
        foreach (var target in place.Targets)
        {
            if (FindBack(place.Lab, router, target) is { } route) routes.Add(route);
        }

        return routes.Count == place.Targets.Count ? Undo.Add(router, routes) : $"No other router would send packets for the target to {router.Name} again and again.";
    });

    // Another router whose next hop to the target is this one.
    private static Route? FindBack(Lab lab, LabHost router, IpAddress target)
    {
        foreach (var other in lab.Hosts)
        {
            // A router that translates addresses knows the packets as its own, and does not send them out again.
            if (other == router || !other.Forwards || other.Boxes.OfType<Nat44>().Any() || other.Stack.FindPath(target) is not { } path) continue;
            if (!router.Stack.IsLocal(path.NextHop.WithZone(0))) continue;
            var port = router.Ports.First(p => router.Stack.Addresses.Any(a => a.Interface == p.Interface && a.Address == path.NextHop.WithZone(0)));
            var own = other.Stack.Addresses.First(a => a.Interface == path.Interface && a.Address.Version == target.Version && !a.Address.IsLinkLocal);
            return new Route(new IpPrefix(target, target.BitLength), port.Interface, own.Address, -1);
        }

        return null;
    }
}
