using Fathom.Wire.Internet;

namespace Fathom.Lab.Internet;

/// <summary>
/// Gives the hosts of a lab the routes of the shortest paths, counted in routers, from the addresses that were set by hand. Of several paths the one through the host that was made first is
/// taken. A host that does not forward gets a default route to the first router of its first segment that has one, as real ones do. The prefixes of segments are taken not to overlap.
/// </summary>
public static class RoutePlanner
{
    /// <summary>Adds the routes; what is there already stays.</summary>
    /// <param name="lab">The lab, with its links plugged in and its addresses set.</param>
    /// <param name="isMeant">Which hosts get routes; null: all.</param>
    /// <returns>How many routes were added.</returns>
    public static int Plan(Lab lab, Func<LabHost, bool>? isMeant = null)
    {
        ArgumentNullException.ThrowIfNull(lab);
        var map = new RouteMap(lab);
        var paths = new ShortestPaths(map);
        var added = 0;
        foreach (var host in map.Hosts)
        {
            if (isMeant is not null && !isMeant(host.Host)) continue;
            if (!host.Host.Forwards) added += AddDefault(host, FirstRouter(host));
            else if (host.IsStub) added += PlanStub(host);
            else added += PlanCore(host, paths);
        }

        return added;
    }

    // What is below, by the routers that it is below of; everything else by the one way to the rest.
    private static int PlanStub(RouteMapHost host)
    {
        var uplink = host.Uplink!;
        var added = PlanBelow(host);
        foreach (var end in uplink.Segment.Ends)
        {
            if (end.Host != host && end.Host.IsStub && end.Host.Uplink == end) added += Add(uplink, end, end.Host.Below);
        }

        return added + AddDefault(host, uplink.Segment.Above is { } above ? (uplink, above) : null);
    }

    private static int PlanCore(RouteMapHost host, ShortestPaths paths)
    {
        var added = PlanBelow(host);
        foreach (var (own, next, prefixes) in paths.From(host)) added += Add(own, next, prefixes);
        return added;
    }

    private static int PlanBelow(RouteMapHost host)
    {
        var added = 0;
        foreach (var own in host.Ends)
        {
            if (own.Segment.Above != own) continue;
            foreach (var end in own.Segment.Ends)
            {
                if (end.Host.IsStub && end.Host.Uplink == end) added += Add(own, end, end.Host.Below);
            }
        }

        return added;
    }

    private static (RouteMapEnd Own, RouteMapEnd Next)? FirstRouter(RouteMapHost host)
    {
        foreach (var own in host.Ends)
        {
            if (own.Segment.Above is { } above) return (own, above);
            foreach (var end in own.Segment.Ends)
            {
                if (end.Host.Host.Forwards) return (own, end);
            }
        }

        return null;
    }

    private static int AddDefault(RouteMapHost host, (RouteMapEnd Own, RouteMapEnd Next)? way)
    {
        if (way is not { } chosen || host == chosen.Next.Host) return 0;
        var added = 0;
        foreach (var any in (ReadOnlySpan<IpAddress>)[IpAddress.AnyV4, IpAddress.AnyV6]) added += Add(chosen.Own, chosen.Next, new IpPrefix(any, 0)) ? 1 : 0;
        return added;
    }

    private static int Add(RouteMapEnd own, RouteMapEnd next, IReadOnlyList<IpPrefix> prefixes)
    {
        var added = 0;
        foreach (var prefix in prefixes)
        {
            if (Add(own, next, prefix)) added++;
        }

        return added;
    }

    private static bool Add(RouteMapEnd own, RouteMapEnd next, IpPrefix prefix)
    {
        if (next.Host.AddressAt(next.Port, prefix.Version) is not { } via) return false;
        own.Host.Host.AddRoute(prefix, own.Port, via);
        return true;
    }
}
