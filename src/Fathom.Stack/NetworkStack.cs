using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Application.Dhcp;
using Fathom.Stack.Buffers;
using Fathom.Stack.Events;
using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Stack.Sockets;
using Fathom.Stack.Timing;
using Fathom.Stack.Transport;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Stack;

/// <summary>
/// One host's TCP/IP, without I/O: a driver brings frames and the time, and takes frames. After every call that an application makes, and after
/// <see cref="Receive"/> and <see cref="HandleDeadline"/>, the driver calls <see cref="TryTransmit(NetworkInterface, TimeSpan, out PacketBuffer)"/> of every interface until
/// all say no, drains <see cref="TryTakeReady"/>, and reads <see cref="Deadline"/> again. Not safe for several threads at once; time never goes back.
/// </summary>
public sealed class NetworkStack
{
    // Packets of sockets go before segments of connections, as many as a program sends at a time; one that never pauses shares with the connections, turn by turn.
    private const int MostGivenInARow = 16;

    private readonly List<NetworkInterface> _interfaces = [];
    private readonly List<DhcpClient> _dhcpClients = [];
    private readonly EventLog _events = new();

    // What every packet asks, side by side: in a large lab each object that lies elsewhere is waited for.
    private readonly StackClock _clock = new();
    private readonly OwnWork _work = new();
    private readonly InterfaceQueue _waiting = new();
    private readonly SocketQueue _ready = new();
    private readonly DeadlineQueue _deadlines = new();
    private readonly StackRandom _random;
    private readonly IpLayer _ip;
    private readonly NetworkInterface _loopback;
    private int _givenInARow;

    /// <summary>Makes a host with a loopback interface, which has 127.0.0.1 and ::1, and nothing else.</summary>
    /// <param name="options">What it is to be.</param>
    /// <param name="random">Where keys and identifiers come from.</param>
    /// <param name="pool">Where buffers come from; stacks that hand packets to each other share one. Null: its own.</param>
    public NetworkStack(StackOptions options, StackRandom random, PacketPool? pool = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        _random = random;
        Pool = pool ?? new PacketPool();
        _ip = new IpLayer(options.Ip, random, Pool, _clock, _work, _deadlines, _events, _interfaces);
        Icmp = new IcmpLayer(_ip, _ready, random) { Machine = _ip.LinkMessages };
        Udp = new UdpLayer(_ip, options.Udp, _events, _ready, random);
        Tcp = new TcpLayer(_ip, _clock, _work, _deadlines, _events, _ready, random, options.Tcp);
        _ip.Segmenter = new TcpSplitter();
        _ip.Register(IpVersion.V4, IpProtocol.Tcp, Tcp);
        _ip.Register(IpVersion.V6, IpProtocol.Tcp, Tcp);
        _loopback = AddInterface(new InterfaceOptions
        {
            Name = "lo",
            Medium = InterfaceMedium.Loopback,
            Mtu = ushort.MaxValue,
            Offloads = InterfaceOffloads.Checksum | InterfaceOffloads.SegmentationV4 | InterfaceOffloads.SegmentationV6,
            OutputQueueLimit = int.MaxValue,
        });
        AddAddress(_loopback, IpAddress.LoopbackV4, 8);
        AddAddress(_loopback, IpAddress.LoopbackV6, 128);
    }

    /// <summary>Where frames come from, and where the driver returns them to.</summary>
    public PacketPool Pool { get; }

    /// <summary>The interfaces; the first is loopback, which needs no driver.</summary>
    public IReadOnlyList<NetworkInterface> Interfaces => _interfaces;

    /// <summary>Where packets go, by longest prefix; it may be changed at any time.</summary>
    public RouteTable Routes => _ip.Routes;

    /// <summary>Who looks at each packet that passes: address translation, firewalls.</summary>
    public PacketHooks Hooks => _ip.Hooks;

    /// <summary>The addresses, as they stand now.</summary>
    public IReadOnlyList<AssignedAddress> Addresses => [.. _ip.Addresses.All.Select(static a => a.ToSnapshot())];

    /// <summary>TCP: its connections, listeners and counters.</summary>
    public TcpLayer Tcp { get; }

    /// <summary>UDP: its sockets and counters.</summary>
    public UdpLayer Udp { get; }

    /// <summary>ICMP: echo sockets and counters.</summary>
    public IcmpLayer Icmp { get; }

    /// <summary>When <see cref="HandleDeadline"/> has something to do; null: nothing is waited for.</summary>
    public TimeSpan? Deadline => _deadlines.Next;

    /// <summary>Whether events are made. They wait, and cost memory, until they are taken.</summary>
    public bool RecordEvents
    {
        get => _events.IsOn;
        set => _events.IsOn = value;
    }

    /// <summary>Destinations that the internet layer remembers the way to.</summary>
    public int PathsRemembered => _ip.Paths.Count;

    /// <summary>Adds an interface.</summary>
    /// <param name="options">What it is to be.</param>
    /// <exception cref="ArgumentException">Another one has the name; Ethernet without a MAC address, or another medium with one; an MTU below 68 octets, or above 65,535.</exception>
    public NetworkInterface AddInterface(InterfaceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (_interfaces.Exists(i => i.Name == options.Name)) throw new ArgumentException($"There is an interface '{options.Name}' already.", nameof(options));
        if ((options.Medium == InterfaceMedium.Ethernet) != options.HardwareAddress.HasValue) throw new ArgumentException("A MAC address belongs to Ethernet, and Ethernet needs one.", nameof(options));
        if (options.Mtu is < Ipv4Fragmenter.MinMtu or > ushort.MaxValue) throw new ArgumentException("An MTU lies between 68 and 65,535.", nameof(options));
        var added = new NetworkInterface(
            _interfaces.Count + 1, options.Name, options.Medium, options.Mtu, options.HardwareAddress, options.Offloads, Pool, options.OutputQueueLimit, options.Medium == InterfaceMedium.Loopback ? null : _waiting, _work);
        _interfaces.Add(added);
        _ip.AddInterface(added);
        return added;
    }

    /// <summary>Gives an interface an address. Its prefix becomes a route.</summary>
    /// <param name="to">The interface.</param>
    /// <param name="address">The address: one host's.</param>
    /// <param name="prefixLength">Bits of the prefix that is on the link.</param>
    /// <returns>False if the host has the address already.</returns>
    /// <exception cref="ArgumentException">The interface is another stack's.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The prefix is longer than the address, or negative.</exception>
    public bool AddAddress(NetworkInterface to, IpAddress address, int prefixLength)
    {
        RequireOwn(to);
        return _ip.Configuration.TryAdd(to, address, prefixLength, AddressOrigin.Static, out _);
    }

    /// <summary>Takes an address away, with the route to its prefix.</summary>
    /// <param name="from">The interface.</param>
    /// <param name="address">The address.</param>
    /// <returns>False if the interface does not have it.</returns>
    public bool RemoveAddress(NetworkInterface from, IpAddress address) => _ip.Configuration.Remove(from, address);

    /// <summary>True if packets to an address are for this host.</summary>
    /// <param name="address">The address; a link-local one of IPv6 with its zone.</param>
    public bool IsLocal(IpAddress address) => _ip.IsLocal(address);

    /// <summary>Tells what state an interface's link is in. Routes through one that is not usable lead nowhere, and frames neither come in nor go out.</summary>
    /// <param name="on">The interface.</param>
    /// <param name="isUp">Whoever runs the host wants it to be used.</param>
    /// <param name="hasCarrier">The link below works.</param>
    /// <exception cref="ArgumentException">The interface is another stack's.</exception>
    public void SetLinkState(NetworkInterface on, bool isUp, bool hasCarrier)
    {
        RequireOwn(on);
        if (on.IsUp == isUp && on.HasCarrier == hasCarrier) return;
        on.IsUp = isUp;
        on.HasCarrier = hasCarrier;
        Routes.MarkChanged();
    }

    /// <summary>Changes the largest IP packet that an interface carries.</summary>
    /// <param name="on">The interface.</param>
    /// <param name="mtu">In octets, from 68 to 65,535.</param>
    /// <exception cref="ArgumentException">The interface is another stack's, or cannot carry packets of that size.</exception>
    public void SetMtu(NetworkInterface on, int mtu)
    {
        RequireOwn(on);
        if (mtu is < Ipv4Fragmenter.MinMtu or > ushort.MaxValue) throw new ArgumentOutOfRangeException(nameof(mtu), "An MTU lies between 68 and 65,535.");
        on.Mtu = mtu;
        Routes.MarkChanged();
    }

    /// <summary>The neighbors on Ethernet interfaces, as they are known now.</summary>
    public IReadOnlyList<Neighbor> Neighbors
        => [.. _interfaces.Where(static i => i.Neighbors is not null).SelectMany(static i => i.Neighbors!.Entries.Select(e => e.ToSnapshot(i)))];

    /// <summary>Sets a neighbor by hand: it is never asked for.</summary>
    /// <param name="on">An Ethernet interface.</param>
    /// <param name="address">The neighbor.</param>
    /// <param name="hardwareAddress">Its MAC address.</param>
    /// <exception cref="ArgumentException">The interface has no neighbors.</exception>
    public void SetNeighbor(NetworkInterface on, IpAddress address, MacAddress hardwareAddress)
        => NeighborsOf(on).SetPermanent(Zones.On(address, on), hardwareAddress, _clock.Now);

    /// <summary>Forgets a neighbor.</summary>
    /// <param name="on">An Ethernet interface.</param>
    /// <param name="address">The neighbor.</param>
    /// <returns>False if it was not known.</returns>
    /// <exception cref="ArgumentException">The interface has no neighbors.</exception>
    public bool RemoveNeighbor(NetworkInterface on, IpAddress address) => NeighborsOf(on).Remove(Zones.On(address, on), _clock.Now);

    /// <summary>What routers advertise on an interface; null where they are not listened to.</summary>
    /// <param name="on">The interface.</param>
    public RouterInformation? GetRouterInformation(NetworkInterface on)
    {
        ArgumentNullException.ThrowIfNull(on);
        return _ip.RouterDiscoveryOf(on)?.ToSnapshot();
    }

    /// <summary>Makes a DHCPv4 client, which is then started.</summary>
    /// <param name="on">An Ethernet interface.</param>
    /// <param name="options">How it behaves; null: as usual.</param>
    /// <exception cref="ArgumentException">The interface is not Ethernet.</exception>
    public DhcpClient CreateDhcpClient(NetworkInterface on, DhcpClientOptions? options = null)
    {
        NeighborsOf(on);
        var client = new DhcpClient(_ip, Udp, on, options ?? new DhcpClientOptions(), _random);
        _dhcpClients.Add(client);
        return client;
    }

    /// <summary>The DHCP clients that were made, in that order.</summary>
    public IReadOnlyList<DhcpClient> DhcpClients => _dhcpClients;

    /// <summary>Makes a router advertise itself on an interface, which is then started (RFC 4861 §6.2).</summary>
    /// <param name="on">An Ethernet interface.</param>
    /// <param name="settings">What it advertises, and how often.</param>
    /// <exception cref="ArgumentException">The interface is not Ethernet, or the settings are none that RFC 4861 allows.</exception>
    /// <exception cref="InvalidOperationException">The interface has one already, or offers a router where packets are not forwarded.</exception>
    public RouterAdvertiser CreateRouterAdvertiser(NetworkInterface on, RouterAdvertisementSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        NeighborsOf(on);
        settings.Check(on);
        if (settings.RouterLifetime > TimeSpan.Zero && !_ip.Settings.Forwarding) throw new InvalidOperationException("A host that does not forward is no default router.");
        var advertiser = new RouterAdvertiser(_ip, on, settings, _random);
        _ip.SetAdvertiser(on, advertiser);
        return advertiser;
    }

    /// <summary>How a destination would be reached; null where no route leads there. Nothing is sent.</summary>
    /// <param name="destination">The destination; a link-local one with its zone.</param>
    public PathSummary? FindPath(IpAddress destination) => _ip.TryFindPath(destination, null, out var path)
        ? new PathSummary(path.Interface, path.NextHop, path.Source, path.Mtu, _ip.Addresses.IsBroadcast(path.Interface, destination))
        : null;

    /// <summary>Sends a packet that was made elsewhere, as one of this host's own: routed, and with its neighbor found; hooks do not see it, and its hop limit stays.</summary>
    /// <param name="packet">From its IP header on; the stack's from here on.</param>
    /// <param name="now">The time.</param>
    /// <returns>False if it went nowhere: it makes no sense, is for a group or a link-local address, no route leads there, or it is larger than its interface carries.</returns>
    public bool SendPacket(PacketBuffer packet, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(packet);
        _clock.Advance(now);
        if (_ip.SendWhole(packet, now)) return true;
        Pool.Return(packet);
        return false;
    }

    /// <summary>Who is told by ICMP of packets of this host's addresses whose neighbor does not answer; null: the host's own sockets are.</summary>
    public IOutsideSender? Outside
    {
        get => _ip.Outside;
        set => _ip.Outside = value;
    }

    /// <summary>What the internet layer has counted so far.</summary>
    /// <param name="version">For which version.</param>
    public IpStatistics GetIpStatistics(IpVersion version) => _ip.CountersOf(version).ToStatistics(version);

    /// <summary>Takes a frame that came in.</summary>
    /// <param name="arrivedOn">Where.</param>
    /// <param name="frame">The frame; the stack's from here on.</param>
    /// <param name="now">The time.</param>
    public void Receive(NetworkInterface arrivedOn, PacketBuffer frame, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(arrivedOn);
        ArgumentNullException.ThrowIfNull(frame);
        _clock.Advance(now);
        if (!arrivedOn.IsUsable)
        {
            Pool.Return(frame);
            return;
        }

        arrivedOn.Counters.InPackets++;
        arrivedOn.Counters.InOctets += frame.Length;
        if (!Dispatch(arrivedOn, frame, now)) Pool.Return(frame);
    }

    /// <summary>Gives the next frame that is to go out through an interface.</summary>
    /// <param name="through">Which interface.</param>
    /// <param name="now">The time.</param>
    /// <param name="frame">The frame; the caller returns it to <see cref="Pool"/>.</param>
    /// <returns>False if there is none now. Another interface's frames may have to be taken first.</returns>
    public bool TryTransmit(NetworkInterface through, TimeSpan now, [NotNullWhen(true)] out PacketBuffer? frame)
    {
        ArgumentNullException.ThrowIfNull(through);
        _clock.Advance(now);
        while (true)
        {
            if (!through.IsLoopback && through.TryTake(out frame)) return true;
            if (!TryProduce(now)) break;
        }

        frame = null;
        return false;
    }

    /// <summary>Gives the next frame that is to go out, whichever interface it is for.</summary>
    /// <param name="now">The time.</param>
    /// <param name="through">The interface.</param>
    /// <param name="frame">The frame; the caller returns it to <see cref="Pool"/>.</param>
    /// <returns>False if there is none now.</returns>
    public bool TryTransmit(TimeSpan now, [NotNullWhen(true)] out NetworkInterface? through, [NotNullWhen(true)] out PacketBuffer? frame)
    {
        _clock.Advance(now);
        do
        {
            if (_waiting.TryTake(out through, out frame)) return true;
        }
        while (TryProduce(now));

        through = null;
        frame = null;
        return false;
    }

    /// <summary>Does what is due.</summary>
    /// <param name="now">The time.</param>
    public void HandleDeadline(TimeSpan now)
    {
        _clock.Advance(now);
        while (_deadlines.TryTakeDue(now, out var due)) due.Expire(now);
    }

    /// <summary>Takes the oldest event; see <see cref="RecordEvents"/>.</summary>
    /// <param name="happened">The event.</param>
    public bool TryTakeEvent([NotNullWhen(true)] out StackEvent? happened) => _events.TryTake(out happened);

    /// <summary>Takes a socket whose readiness has changed; only sockets with an owner are told of.</summary>
    /// <param name="socket">The socket.</param>
    public bool TryTakeReady([NotNullWhen(true)] out StackSocket? socket) => _ready.TryTake(out socket);

    private void RequireOwn(NetworkInterface on)
    {
        ArgumentNullException.ThrowIfNull(on);
        if (on.Index > _interfaces.Count || _interfaces[on.Index - 1] != on) throw new ArgumentException($"The interface '{on.Name}' is another stack's.", nameof(on));
    }

    private NeighborCache NeighborsOf(NetworkInterface on)
    {
        RequireOwn(on);
        return on.Neighbors ?? throw new ArgumentException("Only Ethernet has neighbors to find.", nameof(on));
    }

    // The one place that knows which layer a frame's content belongs to. True: the buffer went on.
    private bool Dispatch(NetworkInterface arrivedOn, PacketBuffer frame, TimeSpan now)
    {
        if (arrivedOn.Medium != InterfaceMedium.Ethernet)
        {
            var version = frame.Length > 0 && frame.Span[0] >> 4 == 6 ? IpVersion.V6 : IpVersion.V4;
            return _ip.Receive(frame, version, arrivedOn, false, now);
        }

        if (!EthernetInput.TryOpen(frame, arrivedOn, out var type, out var isToGroup)) return false;
        if (type != EtherType.Arp) return _ip.Receive(frame, type == EtherType.Ipv6 ? IpVersion.V6 : IpVersion.V4, arrivedOn, isToGroup, now);
        _ip.Arp.Receive(frame.Span, arrivedOn, now);
        return false;
    }

    // One step that may put a frame into a queue: what loops back first, then what sockets were given, then what transports have to send. Where a queue is full,
    // its driver comes first: what a transport has, it keeps.
    private bool TryProduce(TimeSpan now)
    {
        if (!_work.MayExist) return false;

        // Whatever is added from here on sets it again.
        _work.MayExist = false;
        var isProduced = TryProduceOne(now);
        if (isProduced || _waiting.IsAnyFull) _work.MayExist = true;
        return isProduced;
    }

    private bool TryProduceOne(TimeSpan now)
    {
        if (_loopback.TryTake(out var looped))
        {
            Receive(_loopback, looped, now);
            return true;
        }

        if (_ip.DeliverOwn(now)) return true;
        if (_waiting.IsAnyFull) return false;
        if (_givenInARow >= MostGivenInARow && Tcp.TransmitOne(now))
        {
            _givenInARow--;
            return true;
        }

        if (!_ip.Pending.TransmitOne(now))
        {
            _givenInARow = 0;
            return Tcp.TransmitOne(now);
        }

        if (_givenInARow < MostGivenInARow) _givenInARow++;
        return true;
    }
}
