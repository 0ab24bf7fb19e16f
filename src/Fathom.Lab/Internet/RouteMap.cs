using Fathom.Lab.Link;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Internet;

/// <summary>
/// A lab's hosts and segments, with what hangs on the rest by one way told apart: stubs. Most of an internet is stubs, whose routes are a default and what is below them; only for the core
/// between them the shortest paths have to be looked for.
/// </summary>
internal sealed class RouteMap
{
    private readonly List<RouteMapSegment> _segments = [];

    public RouteMap(Lab lab)
    {
        Hosts = [.. lab.Hosts.Select(static h => new RouteMapHost(h))];

        // By the ports' numbers in the lab.
        var byPort = new RouteMapHost?[lab.PortCount];
        foreach (var host in Hosts)
        {
            foreach (var port in host.Host.Ports) byPort[port.Index] = host;
        }

        Attach(lab, byPort);
        foreach (var host in Hosts) TakePrefixes(host);
        FindStubs();
    }

    /// <summary>The hosts, in the lab's order.</summary>
    public IReadOnlyList<RouteMapHost> Hosts { get; }

    private static bool IsRouter(RouteMapHost host) => host.Host.Forwards;

    private void Attach(Lab lab, RouteMapHost?[] byPort)
    {
        // Switches that are plugged into each other are one segment.
        var joined = new Dictionary<LabSwitch, LabSwitch>();
        foreach (var link in lab.Links)
        {
            if (link is { Left: SwitchPort left, Right: SwitchPort right }) joined[RootOf(left.Switch)] = RootOf(right.Switch);
        }

        var bySwitch = new Dictionary<LabSwitch, RouteMapSegment>();
        foreach (var link in lab.Links)
        {
            if ((link.Left as SwitchPort ?? link.Right as SwitchPort) is { } plugged)
            {
                var root = RootOf(plugged.Switch);
                if (!bySwitch.TryGetValue(root, out var segment)) bySwitch[root] = segment = AddSegment();
                Join(segment, link.Left);
                Join(segment, link.Right);
            }
            else
            {
                var segment = AddSegment();
                Join(segment, link.Left);
                Join(segment, link.Right);
            }
        }

        RouteMapSegment AddSegment()
        {
            var added = new RouteMapSegment();
            _segments.Add(added);
            return added;
        }

        void Join(RouteMapSegment segment, LabPort port)
        {
            if (port is not HostPort own || byPort[own.Index] is not { } host) return;
            var end = new RouteMapEnd(host, own, segment);
            segment.Ends.Add(end);
            host.Ends.Add(end);
        }

        LabSwitch RootOf(LabSwitch one)
        {
            while (joined.TryGetValue(one, out var next) && next != one) one = next;
            return one;
        }
    }

    private static void TakePrefixes(RouteMapHost host)
    {
        foreach (var address in host.Addresses)
        {
            var prefix = new IpPrefix(address.Address.WithZone(0), address.PrefixLength);
            foreach (var end in host.Ends)
            {
                if (end.Port.Interface == address.Interface && !end.Segment.Prefixes.Contains(prefix)) end.Segment.Prefixes.Add(prefix);
            }
        }
    }

    // What is left with one way only is taken off, again and again: a segment with one router, a router with one segment. A host that does not forward is no way to anywhere.
    private void FindStubs()
    {
        foreach (var host in Hosts) host.OpenSegments = host.Ends.Count;
        foreach (var segment in _segments) segment.OpenRouters = segment.Ends.Count(static e => IsRouter(e.Host));
        var segments = new Queue<RouteMapSegment>(_segments.Where(static s => s.OpenRouters == 1));
        var routers = new Queue<RouteMapHost>(Hosts.Where(static h => IsRouter(h) && h.OpenSegments == 1));
        while (true)
        {
            if (segments.TryDequeue(out var segment))
            {
                if (segment.IsStub || segment.OpenRouters != 1) continue;
                segment.IsStub = true;
                var above = segment.Above = segment.Ends.Find(static e => IsRouter(e.Host) && !e.Host.IsStub)!;
                var host = above.Host;
                host.Below.AddRange(segment.Prefixes);
                foreach (var end in segment.Ends)
                {
                    if (end.Host.IsStub && end.Host.Uplink == end) host.Below.AddRange(end.Host.Below);
                }

                if (--host.OpenSegments == 1) routers.Enqueue(host);
            }
            else if (routers.TryDequeue(out var router))
            {
                if (router.IsStub || router.OpenSegments != 1) continue;
                var uplink = router.Ends.Find(static e => !e.Segment.IsStub)!;
                router.IsStub = true;
                router.Uplink = uplink;
                router.MergeBelow();
                if (--uplink.Segment.OpenRouters == 1) segments.Enqueue(uplink.Segment);
            }
            else
            {
                break;
            }
        }

        // Where several routers lead on from its segment, each destination has a best one: such a router is a part of the core after all.
        foreach (var host in Hosts)
        {
            if (host.Uplink is not { Segment: { IsStub: false, OpenRouters: > 1 } }) continue;
            host.IsStub = false;
            host.Uplink = null;
        }

        foreach (var host in Hosts) host.MergeBelow();
    }
}
