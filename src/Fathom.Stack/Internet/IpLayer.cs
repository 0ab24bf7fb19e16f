using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Buffers;
using Fathom.Stack.Events;
using Fathom.Stack.Link;
using Fathom.Stack.Sockets;
using Fathom.Stack.Timing;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>The internet layer: what its parts share, and what upper layers ask of it.</summary>
internal sealed class IpLayer : IInternetLayer
{
    private readonly IUpperLayer?[] _upperV4 = new IUpperLayer?[256];
    private readonly IUpperLayer?[] _upperV6 = new IUpperLayer?[256];
    private readonly IpCounters _countersV4 = new();
    private readonly IpCounters _countersV6 = new();
    private readonly IpOutput _output;
    private readonly Ipv4Input _inputV4;
    private readonly Ipv6Input _inputV6;

    public IpLayer(IpSettings settings, StackRandom random, PacketPool pool, DeadlineQueue deadlines, EventLog events, IReadOnlyList<NetworkInterface> interfaces)
    {
        Settings = settings;
        Pool = pool;
        Events = events;
        Deadlines = deadlines;
        var reported = new PathMtuTable(random, settings, deadlines);
        PathMtus = reported;
        Redirects = new RedirectTable(this, random);
        Paths = new PathFinder(Addresses, Routes, Redirects, interfaces, settings, reported, random);
        reported.Changed = Paths.MarkChanged;
        Errors = new IcmpErrors(this, random);
        Pending = new PendingSends(this);
        _output = new IpOutput(this);
        var delivery = new IpDelivery(this);
        var forwarder = new IpForwarder(this, _output);
        _inputV4 = new Ipv4Input(this, delivery, forwarder);
        _inputV6 = new Ipv6Input(this, delivery, forwarder);
    }

    public IpSettings Settings { get; }

    public PacketPool Pool { get; }

    public EventLog Events { get; }

    public DeadlineQueue Deadlines { get; }

    public AddressTable Addresses { get; } = new();

    public RouteTable Routes { get; } = new();

    public GroupTable Groups { get; } = new();

    public PathFinder Paths { get; }

    public PathMtuTable PathMtus { get; }

    public RedirectTable Redirects { get; }

    public IcmpErrors Errors { get; }

    /// <summary>Packets that sockets were given between the driver's calls.</summary>
    public PendingSends Pending { get; }

    public IpCounters CountersOf(IpVersion version) => version == IpVersion.V4 ? _countersV4 : _countersV6;

    /// <summary>Makes a layer the taker of a protocol's packets over one version: ICMP belongs to IPv4 and ICMPv6 to IPv6 only.</summary>
    public void Register(IpVersion version, IpProtocol protocol, IUpperLayer upper) => (version == IpVersion.V4 ? _upperV4 : _upperV6)[(byte)protocol] = upper;

    public IUpperLayer? UpperLayerOf(IpVersion version, IpProtocol protocol) => (version == IpVersion.V4 ? _upperV4 : _upperV6)[(byte)protocol];

    public bool IsLocal(IpAddress address) => Addresses.IsUsable(address);

    public bool TryFindPath(IpAddress destination, IpAddress? source, [NotNullWhen(true)] out IpPath? path) => Paths.TryFind(destination, source, out path);

    public void Send(PacketBuffer segment, IpPath path, IpProtocol protocol, in IpSendOptions options, TimeSpan now) => _output.Send(segment, path, protocol, options, now);

    /// <summary>Takes a packet from an interface.</summary>
    /// <param name="packet">From the IP header on.</param>
    /// <param name="arrivedOn">Where.</param>
    /// <param name="wasGroupFrame">The frame was sent to several hosts on the link.</param>
    /// <param name="now">The time.</param>
    /// <returns>True if the buffer went on: the caller has it no longer.</returns>
    public bool Receive(PacketBuffer packet, NetworkInterface arrivedOn, bool wasGroupFrame, TimeSpan now)
        => packet.Length > 0 && packet.Span[0] >> 4 == 6 ? _inputV6.Receive(packet, arrivedOn, wasGroupFrame, now) : _inputV4.Receive(packet, arrivedOn, wasGroupFrame, now);

    /// <summary>Gives an interface an address, and its prefix a route.</summary>
    /// <returns>False if the host has the address already.</returns>
    public bool AddAddress(NetworkInterface to, IpAddress address, int prefixLength, AddressOrigin origin)
    {
        if (address.IsMulticast || address.IsUnspecified) throw new ArgumentException("The address is not one host's.", nameof(address));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)prefixLength, (uint)address.BitLength, nameof(prefixLength));
        var local = new LocalAddress(to, Zones.On(address, to), prefixLength, origin);
        if (!Addresses.TryAdd(local)) return false;
        if (!to.IsLoopback) Routes.Add(ConnectedRoute(local));
        if (address.IsV6 && !to.IsLoopback) JoinGroup(to, MulticastMapping.SolicitedNode(address));
        Paths.MarkChanged();
        return true;
    }

    /// <summary>Takes an address away.</summary>
    /// <returns>False if the interface does not have it.</returns>
    public bool RemoveAddress(NetworkInterface from, IpAddress address)
    {
        if (!Addresses.TryFind(Zones.On(address, from), out var local) || local.Interface != from) return false;
        Addresses.Remove(local);

        // Another address of the same prefix keeps the prefix on the link.
        if (!Addresses.All.Any(a => a.Interface == from && a.Prefix == local.Prefix)) Routes.Remove(ConnectedRoute(local));
        if (address.IsV6 && !from.IsLoopback) LeaveGroup(from, MulticastMapping.SolicitedNode(address));
        Paths.MarkChanged();
        return true;
    }

    public void JoinGroup(NetworkInterface on, IpAddress group) => Groups.Join(on, group);

    public void LeaveGroup(NetworkInterface on, IpAddress group) => Groups.Leave(on, group);

    private static Route ConnectedRoute(LocalAddress local) => new(local.Prefix, local.Interface, null, 0, RouteOrigin.Connected);

    /// <summary>What a socket's options mean.</summary>
    public IpSendOptions OptionsOf(in PacketSendOptions options, IpAddress destination)
    {
        // RFC 1112 §6.1: a packet to a group stays on the link unless it is asked to go on.
        var hopLimit = options.HopLimit ?? (destination.IsMulticast ? (byte)1 : Settings.HopLimit);
        return new IpSendOptions(hopLimit, (byte)(options.Dscp & 0x3F), (Ecn)(options.Ecn & 3), options.DontFragment);
    }

    /// <summary>Counts a packet that was dropped, and tells who listens.</summary>
    public void NoteDrop(IpVersion version, DropReason reason, NetworkInterface? on, IpAddress source, IpAddress destination, TimeSpan now)
    {
        CountersOf(version).Drop(reason);
        if (Events.IsOn) Events.Add(new PacketDropped(now, on, reason, source, destination));
    }
}
