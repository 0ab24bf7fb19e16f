using Fathom.Stack.Link;
using Fathom.Stack.Timing;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Advertises this host as a router on an Ethernet interface, with its prefixes and resolvers: the router's side of RFC 4861 §6.2 and RFC 8106.</summary>
public sealed class RouterAdvertiser
{
    // RFC 4861 §10: MAX_INITIAL_RTR_ADVERT_INTERVAL, MAX_INITIAL_RTR_ADVERTISEMENTS, MIN_DELAY_BETWEEN_RAS, MAX_RA_DELAY_TIME.
    private static readonly TimeSpan MaxInitialInterval = TimeSpan.FromSeconds(16);
    private const int InitialCount = 3;
    private static readonly TimeSpan MinDelayBetween = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MaxAnswerDelay = TimeSpan.FromSeconds(0.5);

    // The router's own address may still be looked for on the link (RFC 4862 §5.4): a second, and then it is there.
    private static readonly TimeSpan AddressWait = TimeSpan.FromSeconds(0.5);

    private const int LinkLayerOptionLength = 8;
    private const int MtuOptionLength = 8;
    private const int PrefixOptionLength = 32;

    private static readonly IpAddress AllNodes = IpAddress.Parse("ff02::1");
    private static readonly IpAddress AllRouters = IpAddress.Parse("ff02::2");

    private readonly IpLayer _ip;
    private readonly NetworkInterface _on;
    private readonly RouterAdvertisementSettings _settings;
    private readonly StackRandom _random;
    private readonly Timer _timer;
    private int _initialLeft;
    private TimeSpan? _last;
    private TimeSpan _next;

    internal RouterAdvertiser(IpLayer ip, NetworkInterface on, RouterAdvertisementSettings settings, StackRandom random)
    {
        _ip = ip;
        _on = on;
        _settings = settings;
        _random = random;
        _timer = new Timer(this);
    }

    /// <summary>It advertises.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Advertisements sent so far.</summary>
    public long Sent { get; private set; }

    /// <summary>Begins, unless it has begun.</summary>
    public void Start()
    {
        if (IsRunning) return;
        IsRunning = true;
        _initialLeft = InitialCount;

        // RFC 4861 §6.2.2: routers hear what is for all routers.
        _ip.JoinGroup(_on, AllRouters);
        Arm(_ip.Clock.Now);
    }

    /// <summary>Ends, and tells hosts that this is no router any more (RFC 4861 §6.2.5).</summary>
    public void Stop()
    {
        if (!IsRunning) return;
        IsRunning = false;
        _ip.Deadlines.Cancel(_timer);
        _ip.LeaveGroup(_on, AllRouters);
        if (FindSource() is { } source) Send(source, TimeSpan.Zero, _ip.Clock.Now);
    }

    /// <summary>A host asks.</summary>
    internal void Take(in Icmpv6Message message, in Arrival arrival)
    {
        if (!IsRunning || !RouterSolicitation.TryRead(message.Bytes, out var solicitation, out _)) return;

        // RFC 4861 §6.1.1: who has no address tells no MAC address.
        var mac = NeighborDiscovery.LinkLayerAddress(solicitation.EnumerateOptions(), NdOptionType.SourceLinkLayerAddress);
        if (arrival.Source.IsUnspecified && mac is not null) return;
        if (mac is { } told) _on.Neighbors!.Learn(arrival.Source, told, isRouter: false, arrival.At);

        // RFC 4861 §6.2.6: answered to all, after a part of half a second, but never twice in three seconds; what is about to go anyway is answer enough.
        var at = arrival.At + (MaxAnswerDelay * Chance());
        if (_last is { } last && at < last + MinDelayBetween) at = last + MinDelayBetween + (MaxAnswerDelay * Chance());
        if (at < _next) Arm(at);
    }

    private void Expire(TimeSpan now)
    {
        if (FindSource() is not { } source)
        {
            Arm(now + AddressWait);
            return;
        }

        Send(source, _settings.RouterLifetime, now);
        if (_initialLeft > 0) _initialLeft--;
        var wait = _settings.MinInterval + ((_settings.MaxInterval - _settings.MinInterval) * Chance());

        // RFC 4861 §6.2.4: the first ones come faster, so that a new router is soon known.
        Arm(now + (_initialLeft > 0 && wait > MaxInitialInterval ? MaxInitialInterval : wait));
    }

    private void Arm(TimeSpan at)
    {
        _next = at;
        _ip.Deadlines.Set(_timer, at);
    }

    // RFC 4861 §4.2: from the link-local address.
    private IpAddress? FindSource()
    {
        foreach (var address in _ip.Addresses.All)
        {
            if (address.Interface == _on && address.Address is { IsV6: true, IsLinkLocal: true } && address.IsUsable) return address.Address;
        }

        return null;
    }

    private void Send(IpAddress source, TimeSpan routerLifetime, TimeSpan now)
    {
        var servers = _settings.DnsServers.Count == 0 ? 0 : 8 + (16 * _settings.DnsServers.Count);
        var length = RouterAdvertisement.FixedLength + LinkLayerOptionLength + (_settings.Mtu is null ? 0 : MtuOptionLength) + (PrefixOptionLength * _settings.Prefixes.Count) + servers;
        var buffer = _ip.Pool.Rent(length);
        var bytes = buffer.Append(length);
        var at = RouterAdvertisement.FixedLength;
        at += NdOptionWriter.WriteLinkLayerAddress(bytes[at..], NdOptionType.SourceLinkLayerAddress, _on.HardwareAddress!.Value);
        if (_settings.Mtu is { } mtu) at += NdOptionWriter.WriteMtu(bytes[at..], (uint)mtu);
        foreach (var prefix in _settings.Prefixes)
        {
            at += NdOptionWriter.WritePrefixInformation(
                bytes[at..],
                new NdPrefixInformation((byte)prefix.Prefix.Length, prefix.Prefix.Address, prefix.OnLink, prefix.Autonomous, Seconds(prefix.ValidLifetime), Seconds(prefix.PreferredLifetime)));
        }

        if (servers > 0) NdOptionWriter.WriteDnsServers(bytes[at..], Seconds(_settings.ServerLifetime), [.. _settings.DnsServers]);
        var header = new RouterAdvertisementHeader(_settings.HopLimit, _settings.Managed, _settings.OtherConfiguration, (ushort)routerLifetime.TotalSeconds);
        var destination = Zones.On(AllNodes, _on);
        header.WriteTo(bytes, source, destination);
        _ip.SendOnLink(buffer, _on, source, destination, IpProtocol.Icmpv6, now);
        _last = now;
        Sent++;
    }

    private double Chance() => _random.NextUInt32() / (double)uint.MaxValue;

    private static uint Seconds(TimeSpan? lifetime) => lifetime is { } life ? (uint)Math.Min(life.TotalSeconds, Lifetimes.Infinite - 1) : Lifetimes.Infinite;

    private sealed class Timer(RouterAdvertiser advertiser) : Deadline
    {
        public override void Expire(TimeSpan now) => advertiser.Expire(now);
    }
}
