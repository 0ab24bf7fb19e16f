using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>The routes of a host. The longest prefix wins, then the lowest metric, then the one that was added first.</summary>
public sealed class RouteTable
{
    // 4 KiB for a router in use; the last bits of addresses differ most.
    private const uint LatestCount = 256;

    private readonly List<Route> _routes = [];
    private Dictionary<NetworkInterface, PrefixTable<Route[]>>? _byInterface;
    private PrefixTable<Route[]>? _all;

    // The latest answers of the whole table for IPv4, by the destination's last bits: a router asks for the same few again and again.
    private (uint Destination, Route? Route)[] _latest = [];

    internal RouteTable()
    {
    }

    /// <summary>All routes, in the order in which they were added.</summary>
    public IReadOnlyList<Route> Routes => _routes;

    /// <summary>Rises with every change, so that what was found before can be seen to be old.</summary>
    internal uint Version { get; private set; } = 1;

    /// <summary>Adds a route, unless it is there already.</summary>
    /// <param name="route">The route; its gateway is of the prefix's version.</param>
    /// <exception cref="ArgumentException">The gateway is of another version.</exception>
    public void Add(Route route)
    {
        ArgumentNullException.ThrowIfNull(route);
        if (route.Gateway is { } gateway && gateway.Version != route.Prefix.Version) throw new ArgumentException("The gateway is of another version than the prefix.", nameof(route));

        // The interface says which link a link-local gateway is on.
        route = WithoutZone(route);
        if (_routes.Contains(route)) return;
        _routes.Add(route);
        MarkChanged();
    }

    /// <summary>Takes a route out.</summary>
    /// <param name="route">The route.</param>
    /// <returns>False if it was not there.</returns>
    public bool Remove(Route route)
    {
        ArgumentNullException.ThrowIfNull(route);
        if (!_routes.Remove(WithoutZone(route))) return false;
        MarkChanged();
        return true;
    }

    /// <summary>The route for a destination; null where none leads there.</summary>
    /// <param name="destination">The destination; its zone, if it has one, is the interface's index.</param>
    public Route? Find(IpAddress destination)
    {
        if (destination.IsV6 || destination.Zone != 0) return Find(destination, null);
        if (_latest.Length == 0) _latest = new (uint, Route?)[LatestCount];
        var value = (uint)destination.Value;
        ref var latest = ref _latest[value % LatestCount];
        if (latest.Route is { } known && latest.Destination == value) return known;
        var found = Find(destination, null, out var isOnlyOne);
        if (isOnlyOne) latest = (value, found);
        return found;
    }

    /// <summary>The route for a destination among those of one interface.</summary>
    internal Route? Find(IpAddress destination, NetworkInterface? through) => Find(destination, through, out _);

    // With one route for the longest prefix the answer depends on nothing else.
    private Route? Find(IpAddress destination, NetworkInterface? through, out bool isOnlyOne)
    {
        isOnlyOne = false;
        var table = through is null ? _all ??= Build(_routes) : TableOf(through);
        if (!table.TryFind(destination, out _, out var routes)) return null;
        isOnlyOne = routes.Length == 1;
        foreach (var route in routes)
        {
            if (destination.Zone != 0 && route.Interface.Index != destination.Zone) continue;
            if (route.Gateway is null || !route.Interface.IsKnownUnreachable(Zones.On(route.Gateway.Value, route.Interface))) return route;
        }

        // RFC 4861 §6.3.6: where no router is known to be reachable any may be tried, so that it is probed again.
        foreach (var route in routes)
        {
            if (destination.Zone == 0 || route.Interface.Index == destination.Zone) return route;
        }

        return null;
    }

    /// <summary>True if a route leads through a router.</summary>
    internal bool HasGateway(IpAddress gateway)
    {
        foreach (var route in _routes)
        {
            if (route.Gateway == gateway) return true;
        }

        return false;
    }

    /// <summary>What was found before may no longer be right.</summary>
    internal void MarkChanged()
    {
        _all = null;
        Array.Clear(_latest);
        _byInterface?.Clear();
        Version++;
    }

    private PrefixTable<Route[]> TableOf(NetworkInterface through)
    {
        _byInterface ??= [];
        if (_byInterface.TryGetValue(through, out var table)) return table;
        return _byInterface[through] = Build(_routes.Where(r => r.Interface == through));
    }

    private static Route WithoutZone(Route route) => route.Gateway is { Zone: not 0 } gateway ? route with { Gateway = gateway.WithZone(0) } : route;

    // What cannot be used now must not hide a shorter prefix that can.
    private static PrefixTable<Route[]> Build(IEnumerable<Route> routes)
        => new(routes.Where(static r => r.Interface.IsUsable).GroupBy(static r => r.Prefix).Select(static g => KeyValuePair.Create(g.Key, g.OrderBy(static r => r.Metric).ToArray())));
}
