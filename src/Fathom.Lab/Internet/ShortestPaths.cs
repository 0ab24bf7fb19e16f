using Fathom.Wire.Internet;

namespace Fathom.Lab.Internet;

/// <summary>The shortest paths from a router of the core to everything, by the router that comes first on each.</summary>
internal sealed class ShortestPaths(RouteMap map)
{
    private readonly Dictionary<RouteMapHost, (RouteMapEnd Own, RouteMapEnd Next)> _first = [];
    private readonly Dictionary<RouteMapSegment, (RouteMapEnd Own, RouteMapEnd Next)?> _segments = [];
    private readonly Queue<RouteMapHost> _reached = new();

    /// <summary>For each neighbor that some shortest path goes through: the own end, the neighbor's, and the prefixes that lie there.</summary>
    public IEnumerable<(RouteMapEnd Own, RouteMapEnd Next, IReadOnlyList<IpPrefix> Prefixes)> From(RouteMapHost start)
    {
        Search(start);
        var ways = new List<(RouteMapEnd Own, RouteMapEnd Next, List<IpPrefix> Prefixes)>();
        foreach (var host in map.Hosts)
        {
            if (_first.TryGetValue(host, out var way)) ListOf(way).AddRange(host.Below);
        }

        foreach (var (segment, way) in _segments)
        {
            if (way is { } through) ListOf(through).AddRange(segment.Prefixes);
        }

        return ways.Select(static w => (w.Own, w.Next, IpPrefixes.Merge(w.Prefixes)));

        List<IpPrefix> ListOf((RouteMapEnd Own, RouteMapEnd Next) way)
        {
            foreach (var (own, next, prefixes) in ways)
            {
                if (own == way.Own && next == way.Next) return prefixes;
            }

            ways.Add((way.Own, way.Next, []));
            return ways[^1].Prefixes;
        }
    }

    // Breadth first, through segments that are not below anybody and the routers on them.
    private void Search(RouteMapHost start)
    {
        _first.Clear();
        _segments.Clear();
        _reached.Clear();
        _reached.Enqueue(start);
        while (_reached.TryDequeue(out var from))
        {
            foreach (var own in from.Ends)
            {
                if (own.Segment.IsStub || !_segments.TryAdd(own.Segment, from == start ? null : _first[from])) continue;
                foreach (var end in own.Segment.Ends)
                {
                    if (!end.Host.Host.Forwards || end.Host == start || _first.ContainsKey(end.Host)) continue;
                    _first[end.Host] = from == start ? (own, end) : _first[from];
                    _reached.Enqueue(end.Host);
                }
            }
        }
    }
}
