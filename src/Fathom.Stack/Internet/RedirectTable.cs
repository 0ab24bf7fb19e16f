using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Stack.Security;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Better first hops that routers told of, by destination (RFC 792, RFC 1122 §3.3.1.2, RFC 4861 §8).</summary>
internal sealed class RedirectTable(IpLayer ip, StackRandom random)
{
    // One a destination in use. A router on the link makes them, so that a broken one must not fill memory; the oldest goes first.
    private const int Limit = 1024;

    private readonly AddressComparer _comparer = new(random);
    private Dictionary<IpAddress, (NetworkInterface Interface, IpAddress Router)>? _routers;
    private LazyQueue<IpAddress> _oldestFirst;

    public IpAddress? Find(IpAddress destination, NetworkInterface through)
        => _routers is { Count: > 0 } routers && routers.TryGetValue(destination, out var found) && found.Interface == through ? found.Router : null;

    /// <summary>Takes a redirect, if it is from the router that the destination's packets go to, and to a neighbor (RFC 1122 §3.2.2.2, RFC 4861 §8.1).</summary>
    /// <param name="from">Who says so.</param>
    /// <param name="destination">About which destination.</param>
    /// <param name="target">The better first hop; the destination itself if it is on the link.</param>
    /// <param name="on">Where it came in.</param>
    /// <param name="now">The time.</param>
    /// <returns>True if it was taken.</returns>
    public bool Take(IpAddress from, IpAddress destination, IpAddress target, NetworkInterface on, TimeSpan now)
    {
        var isTaken = !ip.Settings.Forwarding && ip.Settings.AcceptRedirects && IsFromFirstHop(from, destination, on) && IsNeighbor(target, destination, on);
        if (ip.Events.IsOn) ip.Events.Add(new RedirectReceived(now, on, from, destination, target, isTaken));
        if (!isTaken) return false;
        _routers ??= new Dictionary<IpAddress, (NetworkInterface Interface, IpAddress Router)>(_comparer);
        if (_routers.TryAdd(destination, (on, target))) _oldestFirst.Enqueue(destination);
        else _routers[destination] = (on, target);
        if (_oldestFirst.Count > Limit) _routers.Remove(_oldestFirst.Dequeue());
        ip.Paths.MarkChanged();
        return true;
    }

    /// <summary>A neighbor does not answer any more: what was sent through it goes the ordinary way again (RFC 4861 §7.3.3).</summary>
    public void ForgetRouter(NetworkInterface on, IpAddress router)
    {
        if (_routers is null) return;
        foreach (var (key, value) in _routers)
        {
            if (value.Interface != on || value.Router != router) continue;
            _routers.Remove(key);
            ip.Paths.MarkChanged();
        }
    }

    private bool IsFromFirstHop(IpAddress from, IpAddress destination, NetworkInterface on)
        => ip.TryFindPath(destination, null, out var path) && path.Interface == on && path.NextHop == from && path.NextHop != destination;

    // RFC 4861 §8.1: a router is named by its link-local address, or the target is the destination. IPv4: an address of the same network.
    private bool IsNeighbor(IpAddress target, IpAddress destination, NetworkInterface on)
    {
        if (target.IsMulticast || target.IsUnspecified || ip.Addresses.TryFind(target, out _)) return false;
        if (target.IsV6) return target == destination || target.IsLinkLocal;
        foreach (var own in ip.Addresses.All)
        {
            if (own.Interface == on && own.Address.IsV4 && own.Prefix.Contains(target) && !own.IsBroadcast(target)) return true;
        }

        return false;
    }
}
