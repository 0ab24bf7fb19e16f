using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Buffers;
using Fathom.Stack.Events;
using Fathom.Stack.Link;
using Fathom.Stack.Sockets;
using Fathom.Stack.Timing;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Stack.Internet;

/// <summary>The internet layer: what its parts share, and what upper layers ask of it.</summary>
internal sealed class IpLayer : IInternetLayer
{
    private IUpperLayer?[] _upperV4 = [];
    private IUpperLayer?[] _upperV6 = [];
    private readonly IpCounters _countersV4 = new();
    private readonly IpCounters _countersV6 = new();
    private readonly List<InterfaceMachines?> _machines = [null];
    private LazyQueue<(PacketBuffer Packet, NetworkInterface On)> _looped;
    private LazyQueue<(PacketBuffer Segment, IpProtocol Protocol, IcmpReport Report)> _refused;
    private readonly IpOutput _output;
    private readonly Ipv4Input _inputV4;
    private readonly Ipv6Input _inputV6;
    private readonly NeighborDiscovery _discovery;
    private readonly AddressResolution _resolution;
    private readonly StackRandom _random;

    public IpLayer(
        IpSettings settings, StackRandom random, PacketPool pool, StackClock clock, OwnWork work, DeadlineQueue deadlines, EventLog events, IReadOnlyList<NetworkInterface> interfaces)
    {
        Settings = settings;
        Pool = pool;
        Clock = clock;
        Work = work;
        Events = events;
        Deadlines = deadlines;
        _random = random;
        PathMtus = new PathMtuTable(random, settings, deadlines);
        Redirects = new RedirectTable(this, random);
        Paths = new PathFinder(Addresses, Routes, Redirects, interfaces, settings, PathMtus, random);
        PathMtus.Changed = Paths.MarkChanged;
        Errors = new IcmpErrors(this, random);
        Pending = new PendingSends(this);
        Hooks = new PacketHooks(this);
        _output = new IpOutput(this);
        var delivery = new IpDelivery(this);
        var forwarder = new IpForwarder(this, _output, new RedirectSender(this));
        _inputV4 = new Ipv4Input(this, delivery, forwarder);
        _inputV6 = new Ipv6Input(this, delivery, forwarder);
        Arp = new ArpMachine(this);
        _discovery = new NeighborDiscovery(this, random);
        _resolution = new AddressResolution(this, Arp, _discovery);
        LinkMessages = new LinkMessages(this, _discovery);
        Configuration = new AddressConfiguration(this, _discovery, random);
        Register(IpVersion.V4, IpProtocol.Igmp, new IgmpInput(this));
    }

    public IpSettings Settings { get; }

    public PacketPool Pool { get; }

    public StackClock Clock { get; }

    public OwnWork Work { get; }

    public EventLog Events { get; }

    public DeadlineQueue Deadlines { get; }

    public AddressTable Addresses { get; } = new();

    public RouteTable Routes { get; } = new();

    /// <summary>Addresses come and go through it.</summary>
    public AddressConfiguration Configuration { get; }

    public ArpMachine Arp { get; }

    public LinkMessages LinkMessages { get; }

    public GroupTable Groups { get; } = new();

    public PathFinder Paths { get; }

    public PathMtuTable PathMtus { get; }

    public RedirectTable Redirects { get; }

    public IcmpErrors Errors { get; }

    public PacketHooks Hooks { get; }

    /// <summary>Packets that sockets were given between the driver's calls.</summary>
    public PendingSends Pending { get; }

    /// <summary>Cuts packets of several segments that are passed on; null: there is nobody to.</summary>
    public ISegmenter? Segmenter { get; set; }

    /// <summary>Who has this host's addresses in truth, and is told of what did not arrive; null: the host itself.</summary>
    public IOutsideSender? Outside { get; set; }

    public IpCounters CountersOf(IpVersion version) => version == IpVersion.V4 ? _countersV4 : _countersV6;

    /// <summary>Makes a layer the taker of a protocol's packets over one version: ICMP belongs to IPv4 and ICMPv6 to IPv6 only.</summary>
    public void Register(IpVersion version, IpProtocol protocol, IUpperLayer upper)
    {
        ref var all = ref version == IpVersion.V4 ? ref _upperV4 : ref _upperV6;
        if (all.Length <= (byte)protocol) Array.Resize(ref all, (byte)protocol + 1);
        all[(byte)protocol] = upper;
    }

    public IUpperLayer? UpperLayerOf(IpVersion version, IpProtocol protocol)
    {
        var all = version == IpVersion.V4 ? _upperV4 : _upperV6;
        return (byte)protocol < all.Length ? all[(byte)protocol] : null;
    }

    public bool IsLocal(IpAddress address) => Addresses.IsUsable(address);

    /// <inheritdoc/>
    public bool IsBroadcast(NetworkInterface on, IpAddress address) => Addresses.IsBroadcast(on, address);

    public bool TryFindPath(IpAddress destination, IpAddress? source, [NotNullWhen(true)] out IpPath? path) => Paths.TryFind(destination, source, out path);

    public IpPath? FindReturnPath(in Arrival arrival)
    {
        if (IsLocal(arrival.Destination)) return TryFindPath(arrival.Source, arrival.Destination, out var own) ? own : null;
        if (Routes.Find(arrival.Source) is not { } route) return null;
        return new IpPath(arrival.Destination, arrival.Source, route.Interface, route.Gateway is { } gateway ? Zones.On(gateway, route.Interface) : arrival.Source);
    }

    public void Send(PacketBuffer segment, IpPath path, IpProtocol protocol, in IpSendOptions options, TimeSpan now) => _output.Send(segment, path, protocol, options, now);

    /// <summary>Sends an upper layer's packet with options in its IPv4 header.</summary>
    public void SendWith(ReadOnlyMemory<byte> headerOptions, PacketBuffer segment, IpPath path, IpProtocol protocol, in IpSendOptions options, TimeSpan now)
        => _output.SendWith(headerOptions, segment, path, protocol, options, now);

    /// <summary>Hands a whole packet to an interface.</summary>
    public void Transmit(PacketBuffer packet, NetworkInterface through, IpAddress nextHop, IpProtocol protocol, TimeSpan now) => _output.Transmit(packet, through, nextHop, protocol, now);

    /// <summary>Sends a packet that has its header already, made by somebody else as one of this host's.</summary>
    /// <returns>False if it went nowhere; the buffer is still the caller's.</returns>
    public bool SendWhole(PacketBuffer packet, TimeSpan now)
    {
        IpAddress destination;
        IpProtocol protocol;
        if (Ipv4Packet.TryRead(packet.Span, out var v4, out _)) (destination, protocol) = (v4.Destination, v4.Protocol);
        else if (Ipv6Packet.TryRead(packet.Span, out var v6, out _)) (destination, protocol) = (v6.Destination, v6.NextHeader);
        else return false;

        // A group or a link-local address belongs to a link, and nothing says which.
        if (destination.IsMulticast || destination.IsLinkLocal || !TryFindPath(destination, null, out var path) || !path.IsUsable) return false;
        if (path.Interface.IsLoopback || packet.Length > path.Interface.Mtu) return false;
        Transmit(packet, path.Interface, path.NextHop, protocol, now);
        return true;
    }

    /// <summary>Sends a message that no router passes on: neighbor discovery.</summary>
    public void SendOnLink(PacketBuffer message, NetworkInterface on, IpAddress source, IpAddress destination, IpProtocol protocol, TimeSpan now)
    {
        Errors.Count(IpVersion.V6, message.Span[0]);
        _output.Send(message, new IpPath(source, destination, on, destination), protocol, new IpSendOptions(NeighborDiscovery.HopLimit, 0, Ecn.NotCapable, false), now);
    }

    /// <summary>Makes the machines of a new interface.</summary>
    public void AddInterface(NetworkInterface added)
    {
        var routers = added.Medium == InterfaceMedium.Ethernet && Settings.AcceptRouterAdvertisements && !Settings.Forwarding ? new RouterDiscovery(this, added, _random) : null;
        if (added.Medium == InterfaceMedium.Ethernet) added.Neighbors = new NeighborCache(added, _resolution, Settings.Neighbors, Deadlines, Events, Pool, _random);
        _machines.Add(new InterfaceMachines(this, added, routers, _random));
        if (added.Medium == InterfaceMedium.Ethernet && Settings.LinkLocalAddresses && added.MtuV6 >= Ipv6Packet.MinMtu)
            Configuration.TryAdd(added, InterfaceIdentifier.LinkLocalOf(added.HardwareAddress!.Value), 64, AddressOrigin.LinkLocal, out _);
        routers?.Start(Clock.Now);
    }

    public RouterDiscovery? RouterDiscoveryOf(NetworkInterface on) => _machines[on.Index]?.Routers;

    public RouterAdvertiser? AdvertiserOf(NetworkInterface on) => _machines[on.Index]?.Advertiser;

    /// <summary>Gives an interface the machine that advertises this router; it has one at most.</summary>
    public void SetAdvertiser(NetworkInterface on, RouterAdvertiser advertiser)
    {
        var machines = _machines[on.Index]!;
        if (machines.Advertiser is not null) throw new InvalidOperationException($"{on.Name} has a router advertiser already.");
        machines.Advertiser = advertiser;
    }

    public GroupReports? GroupsOf(NetworkInterface on, IpVersion version) => _machines[on.Index]?.GroupsOf(version);

    /// <summary>The host listens to a group; routers are told by the first who joins.</summary>
    public void JoinGroup(NetworkInterface on, IpAddress group)
    {
        if (Groups.Join(on, group) && !on.IsLoopback) GroupsOf(on, group.Version)?.Join(Zones.On(group, on));
    }

    /// <summary>Routers are told by the last who leaves.</summary>
    public void LeaveGroup(NetworkInterface on, IpAddress group)
    {
        if (Groups.Leave(on, group) && !on.IsLoopback) GroupsOf(on, group.Version)?.Leave(Zones.On(group, on));
    }

    /// <summary>Takes a packet from an interface.</summary>
    /// <param name="packet">From the IP header on.</param>
    /// <param name="version">What its frame says that it is.</param>
    /// <param name="arrivedOn">Where.</param>
    /// <param name="wasGroupFrame">The frame was sent to several hosts on the link.</param>
    /// <param name="now">The time.</param>
    /// <returns>True if the buffer went on: the caller has it no longer.</returns>
    public bool Receive(PacketBuffer packet, IpVersion version, NetworkInterface arrivedOn, bool wasGroupFrame, TimeSpan now)
        => version == IpVersion.V6 ? _inputV6.Receive(packet, arrivedOn, wasGroupFrame, now) : _inputV4.Receive(packet, arrivedOn, wasGroupFrame, now);

    /// <summary>Lets this host hear its own packet to a group, at the driver's next call.</summary>
    public void Loop(PacketBuffer packet, NetworkInterface on)
    {
        var copy = Pool.Copy(packet);

        // It has not crossed a medium that could damage it.
        copy.Checksum = ChecksumState.Verified;
        _looped.Enqueue((copy, on));
        Work.MayExist = true;
    }

    /// <summary>Tells an upper layer that a packet of its own could not be sent, at the driver's next call.</summary>
    public void Refuse(PacketBuffer segment, IpProtocol protocol, in IcmpReport report)
    {
        _refused.Enqueue((segment, protocol, report));
        Work.MayExist = true;
    }

    /// <summary>Delivers the oldest of what the host has for itself: refusals, and its own packets to groups.</summary>
    public bool DeliverOwn(TimeSpan now)
    {
        if (_refused.TryDequeue(out var refused))
        {
            // Upper layers count on eight octets, as ICMP quotes.
            if (refused.Segment.Length >= 8) UpperLayerOf(refused.Report.Source.Version, refused.Protocol)?.HandleError(refused.Report, refused.Segment.Span);
            Pool.Return(refused.Segment);
            return true;
        }

        if (!_looped.TryDequeue(out var looped)) return false;
        if (looped.Packet.Span[0] >> 4 == 6) _inputV6.ReceiveLooped(looped.Packet, looped.On, now);
        else _inputV4.ReceiveLooped(looped.Packet, looped.On, now);
        Pool.Return(looped.Packet);
        return true;
    }

    /// <summary>A packet's neighbor did not answer: its sender is told, whether that is this host or another (RFC 1122 §2.3.2.1, RFC 4861 §7.2.2).</summary>
    /// <param name="packet">From its IP header on.</param>
    /// <param name="through">Where it was to go out.</param>
    /// <param name="now">The time.</param>
    public void TakeUndeliverable(PacketBuffer packet, NetworkInterface through, TimeSpan now)
    {
        IpAddress source;
        IpAddress destination;
        IpProtocol protocol;
        ReadOnlySpan<byte> upper;
        if (Ipv4Packet.TryRead(packet.Span, out var v4, out _))
        {
            (source, destination, protocol) = (v4.Source, v4.Destination, v4.Protocol);
            upper = v4.FragmentOffset == 0 ? v4.Payload : default;
        }
        else if (Ipv6Packet.TryRead(packet.Span, out var v6, out _) && v6.TryReadUpperLayer(out var found, out _))
        {
            (source, destination, protocol) = (Zones.On(v6.Source, through), Zones.On(v6.Destination, through), found.Protocol);
            upper = found.FragmentOffset == 0 ? found.Bytes : default;
        }
        else
        {
            return;
        }

        NoteDrop(source.Version, DropReason.NoNeighbor, through, source, destination, now);
        if (!Addresses.IsUsable(source))
        {
            Errors.Report(packet.Span, through, IcmpErrorKind.HostUnreachable, 0, now);
            return;
        }

        if (Outside is { } outside)
        {
            if (outside.From(source.Version) is not { } from || !Errors.TryMake(packet.Span, through, IcmpErrorKind.HostUnreachable, from, now, out var error)) return;
            outside.Take(error);
            Pool.Return(error);
            return;
        }

        // Upper layers count on eight octets, as ICMP quotes.
        if (upper.Length < 8) return;
        var (type, code, _) = IcmpErrors.Encode(IcmpErrorKind.HostUnreachable, 0, source.Version);
        UpperLayerOf(source.Version, protocol)?.HandleError(new IcmpReport(source, type, code, 0, source, destination, now) { IsLocal = true }, upper);
    }

    /// <summary>An address is good for something else now.</summary>
    public void SetState(LocalAddress address, AddressState state, TimeSpan now)
    {
        if (Events.IsOn) Events.Add(new AddressChanged(now, address.Interface, address.Address, address.State, state, address.Origin));
        address.State = state;
        Paths.MarkChanged();
    }

    public void NoteConflict(LocalAddress address, MacAddress? other, AddressConflictAction action, TimeSpan now)
    {
        if (Events.IsOn) Events.Add(new AddressConflict(now, address.Interface, address.Address, other, action));
    }

    /// <summary>What a socket's options mean.</summary>
    public IpSendOptions OptionsOf(in PacketSendOptions options, IpPath path)
    {
        // RFC 1112 §6.1: a packet to a group stays on the link unless it is asked to go on.
        var usual = path.Destination.IsMulticast ? (byte)1 : path.Destination.IsV6 ? path.Interface.HopLimitV6 ?? Settings.HopLimit : Settings.HopLimit;
        return new IpSendOptions(options.HopLimit ?? usual, (byte)(options.Dscp & 0x3F), (Ecn)(options.Ecn & 3), options.DontFragment);
    }

    /// <summary>Counts a packet that was dropped, and tells who listens.</summary>
    public void NoteDrop(IpVersion version, DropReason reason, NetworkInterface? on, IpAddress source, IpAddress destination, TimeSpan now)
    {
        CountersOf(version).Drop(reason);
        if (Events.IsOn) Events.Add(new PacketDropped(now, on, reason, source, destination));
    }
}
