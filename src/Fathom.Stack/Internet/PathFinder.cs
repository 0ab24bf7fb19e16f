using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Stack.Security;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Finds paths and remembers them: routes, redirects, reported MTUs and the choice of the source come together here.</summary>
internal sealed class PathFinder
{
    // A path takes some 250 octets: 4 MiB at most. Strangers make entries by asking for answers; the oldest entry goes first, and lives on with whoever holds it.
    private const int Limit = 16_384;

    // Apart from the numbers of paths, which count from 1, also with a protocol's number taken off.
    private const ulong FlowLabelSalt = ulong.MaxValue;

    private readonly AddressTable _addresses;
    private readonly RouteTable _routes;
    private readonly RedirectTable _redirects;
    private readonly IReadOnlyList<NetworkInterface> _interfaces;
    private readonly IpSettings _settings;
    private readonly PathMtuTable _reported;
    private readonly KeyedHash _hash;
    private readonly Dictionary<AddressPair, IpPath> _paths;
    private LazyQueue<AddressPair> _oldestFirst;
    private uint _changes;
    private uint _knownVersion;
    private ulong _made;

    public PathFinder(AddressTable addresses, RouteTable routes, RedirectTable redirects, IReadOnlyList<NetworkInterface> interfaces, IpSettings settings, PathMtuTable reported, StackRandom random)
    {
        _addresses = addresses;
        _routes = routes;
        _redirects = redirects;
        _interfaces = interfaces;
        _settings = settings;
        _reported = reported;
        _hash = new KeyedHash(random);
        _paths = new Dictionary<AddressPair, IpPath>(new AddressPairComparer(random));
    }

    /// <summary>Differs whenever a path may have changed.</summary>
    public uint Version => _routes.Version + _changes;

    /// <summary>Paths remembered.</summary>
    public int Count => _paths.Count;

    /// <summary>Addresses, neighbors or reports have changed: every path is looked up again when it is next used.</summary>
    public void MarkChanged() => _changes++;

    public bool TryFind(IpAddress destination, IpAddress? source, [NotNullWhen(true)] out IpPath? path)
    {
        destination = WithOnlyZone(destination, source);
        path = null;
        if (destination.Zone == 0 && destination.IsV6 && destination.IsLinkLocal) return false;

        // The choice of a source depends on everything, so that no choice outlives a change; who holds a path keeps it.
        if (_knownVersion != Version) Forget();
        var key = new AddressPair(source ?? default, destination);
        if (_paths.TryGetValue(key, out path)) return path.IsUsable;
        if (!TryResolve(destination, source, out var outgoing, out var nextHop)) return false;
        var from = source ?? SourceSelection.Choose(_addresses, outgoing, destination);
        if (from is not { } chosen || chosen.Version != destination.Version) return false;
        var pair = new AddressPair(chosen, destination);
        if (!_paths.TryGetValue(pair, out path))
        {
            path = Make(pair, outgoing, nextHop);
            Refresh(path);
            Remember(pair, path);
        }

        if (source is null) Remember(key, path);
        return path.IsUsable;
    }

    /// <summary>Brings a path up to date.</summary>
    public void Refresh(IpPath path)
    {
        path.IsUsable = TryResolve(path.Destination, path.Source, out var outgoing, out var nextHop);
        if (outgoing is null) return;
        path.Interface = outgoing;
        path.NextHop = nextHop;
        path.Mtu = Math.Min(outgoing.MtuOf(path.Destination.Version), _reported.Find(path.Destination));
    }

    /// <summary>The label of a flow on a path; see <see cref="IpPath.FlowLabelOf"/>.</summary>
    public uint FlowLabelOf(IpPath path, ulong flow)
    {
        // RFC 6437 §2: zero says that a packet has no label.
        var label = (uint)_hash.Compute(path.Source, (ushort)(flow >> 16), path.Destination, (ushort)flow, FlowLabelSalt - (flow >> 32)) & 0xF_FFFF;
        return Math.Max(1, label);
    }

    /// <summary>The interface and the next hop for a destination, in the strong host model from the interface that has the source (RFC 1122 §3.3.4.2).</summary>
    private bool TryResolve(IpAddress destination, IpAddress? source, [NotNullWhen(true)] out NetworkInterface? outgoing, out IpAddress nextHop)
    {
        outgoing = null;
        nextHop = destination;
        NetworkInterface? owner = null;
        if (source is { } from)
        {
            if (!_addresses.TryFind(from, out var local) || !local.IsUsable) return false;
            owner = local.Interface;
        }

        if (_addresses.TryFind(destination, out var self) && self.IsUsable)
        {
            outgoing = Loopback;
            return outgoing is not null;
        }

        var through = _settings.Forwarding || owner is null || owner.IsLoopback ? null : owner;
        if (destination.IsMulticast || IsLimitedBroadcast(destination)) return TryResolveGroup(destination, owner, out outgoing);
        if (_routes.Find(destination, through) is not { IsProhibited: false } route) return false;
        outgoing = route.Interface;
        if (route.Gateway is { } gateway) nextHop = _redirects.Find(destination, route.Interface) ?? Zones.On(gateway, outgoing);
        return true;
    }

    private NetworkInterface? Loopback => _interfaces.FirstOrDefault(static i => i.IsLoopback);

    // A group is reached through the interface that its zone or the source names, then through the one that a route for it names, then through the first that can carry it.
    private bool TryResolveGroup(IpAddress destination, NetworkInterface? owner, [NotNullWhen(true)] out NetworkInterface? outgoing)
    {
        outgoing = destination.Zone != 0 ? _interfaces.FirstOrDefault(i => i.Index == destination.Zone) : owner;
        outgoing ??= _routes.Find(destination)?.Interface ?? _interfaces.FirstOrDefault(static i => !i.IsLoopback) ?? Loopback;
        return outgoing is not null;
    }

    private static bool IsLimitedBroadcast(IpAddress address) => address.IsV4 && (uint)address.Value == uint.MaxValue;

    // A link-local destination without a zone is only clear where there is one link, or a source on one.
    private IpAddress WithOnlyZone(IpAddress destination, IpAddress? source)
    {
        if (destination.Zone != 0 || !Zones.AreNeeded(destination)) return destination;
        if (source is { Zone: not 0 } from) return destination.WithZone(from.Zone);
        NetworkInterface? only = null;
        foreach (var candidate in _interfaces)
        {
            if (candidate.IsLoopback) continue;
            if (only is not null) return destination;
            only = candidate;
        }

        return only is null ? destination : Zones.On(destination, only);
    }

    private IpPath Make(AddressPair pair, NetworkInterface outgoing, IpAddress nextHop) => new(pair.Source, pair.Destination, outgoing, nextHop, this)
    {
        // RFC 7739 §5: what others do not foresee.
        NextIdentification = (uint)_hash.Compute(pair.Source, 0, pair.Destination, 0, ++_made),
    };

    private void Forget()
    {
        _paths.Clear();
        _oldestFirst.Clear();
        _knownVersion = Version;
    }

    private void Remember(AddressPair pair, IpPath path)
    {
        if (!_paths.TryAdd(pair, path))
        {
            _paths[pair] = path;
            return;
        }

        _oldestFirst.Enqueue(pair);
        if (_oldestFirst.Count > Limit) _paths.Remove(_oldestFirst.Dequeue());
    }
}
