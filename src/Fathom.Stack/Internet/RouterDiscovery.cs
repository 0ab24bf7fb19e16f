using Fathom.Stack.Link;
using Fathom.Stack.Timing;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Asks for routers on an Ethernet interface and follows what they advertise (RFC 4861 §6.3): default routers, prefixes, and what RFC 4862 and RFC 8106 make of them.</summary>
internal sealed class RouterDiscovery(IpLayer ip, NetworkInterface on, StackRandom random) : Deadline
{
    // RFC 4861 §10: MAX_RTR_SOLICITATION_DELAY, RTR_SOLICITATION_INTERVAL, MAX_RTR_SOLICITATIONS.
    private static readonly TimeSpan SolicitationDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SolicitationInterval = TimeSpan.FromSeconds(4);
    private const int MaxSolicitations = 3;

    // A link has a few routers and prefixes; whoever advertises more wants to fill memory (RFC 6104's rogues).
    private const int MaxRouters = 16;
    private const int MaxPrefixes = 32;

    // The metric of a router of medium preference, and how far the others are from it (RFC 4191 §2.1): behind static routes, as Linux has it.
    private const int MediumMetric = 1024;
    private const int PreferenceStep = 256;

    // RFC 4861 §6.2.1: an hour of milliseconds at most.
    private const uint MaxReachableTime = 3_600_000;
    private const int LinkLayerOptionLength = 8;

    private static readonly IpAddress AllRouters = IpAddress.Parse("ff02::2");

    private readonly Dictionary<IpAddress, (Route Route, TimeSpan Until)> _routers = [];
    private readonly Dictionary<IpPrefix, (Route Route, TimeSpan? Until)> _prefixes = [];
    private readonly Autoconfiguration _autoconfiguration = new(ip, on);
    private readonly AdvertisedNames _names = new();
    private int _solicitationsLeft = MaxSolicitations;
    private TimeSpan? _nextSolicitation;
    private TimeSpan? _wait;
    private bool _isManaged;
    private bool _hasOtherConfiguration;

    /// <summary>The routers' latest words.</summary>
    public RouterInformation ToSnapshot() => new(
        on, [.. _routers.Select(static r => r.Key)], [.. _prefixes.Select(static p => p.Key)], _isManaged, _hasOtherConfiguration, _names.Servers, _names.SearchList);

    public void Start(TimeSpan now)
    {
        _autoconfiguration.Changed = Rearm;

        // The wait begins with the driver's clock, which may not have begun yet.
        _wait = SolicitationDelay * (random.NextUInt32() / (double)uint.MaxValue);
        _nextSolicitation = now;
        Rearm();
    }

    public void Take(in Icmpv6Message message, in Arrival arrival)
    {
        // RFC 4861 §6.1.2.
        if (!arrival.Source.IsLinkLocal || !RouterAdvertisement.TryRead(message.Bytes, out var advertisement, out _)) return;
        var now = arrival.At;

        // RFC 4861 §6.3.7: an answer, asked for or not, ends the questions, if it is from a router that offers itself.
        if (advertisement.RouterLifetime > 0) _nextSolicitation = null;
        _isManaged = advertisement.Managed;
        _hasOtherConfiguration = advertisement.OtherConfiguration;
        TakeParameters(advertisement);
        var leaves = advertisement.RouterLifetime == 0 && _routers.ContainsKey(arrival.Source);
        TakeRouter(advertisement, arrival.Source, now);
        var mac = NeighborDiscovery.LinkLayerAddress(advertisement.EnumerateOptions(), NdOptionType.SourceLinkLayerAddress);
        if (mac is { } told) on.Neighbors!.Learn(arrival.Source, told, isRouter: true, now);
        foreach (var option in advertisement.EnumerateOptions())
        {
            if (option.TryGetMtu(out var mtu)) TakeMtu(mtu);
            else if (option.TryGetPrefixInformation(out var prefix)) TakePrefix(prefix, now);
            else _names.Take(option, now);
        }

        // That it leaves was told when it was forgotten.
        if (ip.Events.IsOn && !leaves) ip.Events.Add(new RouterAdvertised(now, on, arrival.Source, TimeSpan.FromSeconds(advertisement.RouterLifetime)));
        Rearm();
    }

    /// <summary>A router is one no more (RFC 4861 §7.2.5).</summary>
    public void ForgetRouter(IpAddress router, TimeSpan now)
    {
        if (!_routers.Remove(router, out var known)) return;
        ip.Routes.Remove(known.Route);
        ip.Redirects.ForgetRouter(on, router);
        if (ip.Events.IsOn) ip.Events.Add(new RouterAdvertised(now, on, router, TimeSpan.Zero));
    }

    public override void Expire(TimeSpan now)
    {
        if (_nextSolicitation <= now && _wait is { } wait)
        {
            _wait = null;
            _nextSolicitation = now + wait;
        }
        else if (_nextSolicitation <= now)
        {
            Solicit(now);
        }

        foreach (var (router, known) in _routers)
        {
            if (known.Until <= now) ForgetRouter(router, now);
        }

        foreach (var (prefix, known) in _prefixes)
        {
            if (known.Until is { } until && until <= now) ForgetPrefix(prefix);
        }

        _autoconfiguration.Expire(now);
        _names.Expire(now);
        Rearm();
    }

    private void Solicit(TimeSpan now)
    {
        _solicitationsLeft--;
        _nextSolicitation = _solicitationsLeft > 0 ? now + SolicitationInterval : null;

        // RFC 4861 §4.1: without an address from nowhere, and then without a MAC address.
        var source = SourceSelection.Choose(ip.Addresses, on, Zones.On(AllRouters, on)) ?? IpAddress.AnyV6;
        var option = source.IsUnspecified ? 0 : LinkLayerOptionLength;
        var buffer = ip.Pool.Rent(RouterSolicitation.FixedLength + option);
        var bytes = buffer.Append(RouterSolicitation.FixedLength + option);
        if (option > 0) NdOptionWriter.WriteLinkLayerAddress(bytes[RouterSolicitation.FixedLength..], NdOptionType.SourceLinkLayerAddress, on.HardwareAddress!.Value);
        var destination = Zones.On(AllRouters, on);
        default(RouterSolicitationHeader).WriteTo(bytes, source, destination);
        ip.SendOnLink(buffer, on, source, destination, IpProtocol.Icmpv6, now);
    }

    private void TakeParameters(in RouterAdvertisement advertisement)
    {
        // RFC 4861 §6.3.4: zero means that the router has no opinion.
        if (advertisement.CurrentHopLimit != 0) on.HopLimitV6 = advertisement.CurrentHopLimit;
        if (advertisement.ReachableTime is > 0 and <= MaxReachableTime) on.Neighbors!.SetReachableTime(TimeSpan.FromMilliseconds(advertisement.ReachableTime));

        // Not faster than the packets of a second: a forged timer of a millisecond would make a flood of this host's questions.
        if (advertisement.RetransmitTimer is >= 100 and <= MaxReachableTime) on.Neighbors!.RetransmitTimer = TimeSpan.FromMilliseconds(advertisement.RetransmitTimer);
    }

    private void TakeRouter(in RouterAdvertisement advertisement, IpAddress router, TimeSpan now)
    {
        if (advertisement.RouterLifetime == 0)
        {
            ForgetRouter(router, now);
            return;
        }

        // RFC 4191 §2.2: the reserved value counts as medium.
        var metric = MediumMetric + (advertisement.Preference switch { 1 => -PreferenceStep, 3 => PreferenceStep, _ => 0 });
        var until = now + TimeSpan.FromSeconds(advertisement.RouterLifetime);
        var route = new Route(new IpPrefix(IpAddress.AnyV6, 0), on, router.WithZone(0), metric, RouteOrigin.RouterAdvertisement);
        if (_routers.TryGetValue(router, out var known))
        {
            if (known.Route != route) ip.Routes.Remove(known.Route);
        }
        else if (_routers.Count >= MaxRouters)
        {
            return;
        }

        _routers[router] = (route, until);
        ip.Routes.Add(route);
    }

    // RFC 4861 §6.3.4: between the minimum and what the interface carries; else it is ignored.
    private void TakeMtu(uint mtu)
    {
        if (mtu < Ipv6Packet.MinMtu || mtu > (uint)on.Mtu || mtu == (uint)on.MtuV6) return;
        on.MtuV6 = (int)mtu;
        ip.Paths.MarkChanged();
    }

    private void TakePrefix(in NdPrefixInformation information, TimeSpan now)
    {
        // RFC 4861 §6.3.4 and RFC 4862 §5.5.3: not about link-local addresses, and no longer preferred than valid.
        if (information.PrefixLength > 128 || information.Prefix.IsLinkLocal || information.Prefix.IsMulticast || information.PreferredLifetime > information.ValidLifetime) return;
        var prefix = new IpPrefix(information.Prefix, information.PrefixLength);
        if (information.OnLink) TakeOnLink(prefix, information.ValidLifetime, now);
        if (information.Autonomous) _autoconfiguration.Take(prefix, information, now);
    }

    private void TakeOnLink(IpPrefix prefix, uint lifetime, TimeSpan now)
    {
        if (lifetime == 0)
        {
            ForgetPrefix(prefix);
            return;
        }

        if (!_prefixes.ContainsKey(prefix) && _prefixes.Count >= MaxPrefixes) return;
        var route = new Route(prefix, on, null, MediumMetric, RouteOrigin.RouterAdvertisement);
        _prefixes[prefix] = (route, Lifetimes.End(lifetime, now));
        ip.Routes.Add(route);
    }

    private void ForgetPrefix(IpPrefix prefix)
    {
        if (_prefixes.Remove(prefix, out var known)) ip.Routes.Remove(known.Route);
    }

    private void Rearm()
    {
        var next = Lifetimes.Earlier(_nextSolicitation, Lifetimes.Earlier(_autoconfiguration.Next, _names.Next));
        foreach (var known in _routers.Values) next = Lifetimes.Earlier(next, known.Until);
        foreach (var known in _prefixes.Values) next = Lifetimes.Earlier(next, known.Until);
        if (next is { } at) ip.Deadlines.Set(this, at);
        else ip.Deadlines.Cancel(this);
    }
}
