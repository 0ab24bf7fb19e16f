using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Stack.Sockets;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport;

/// <summary>A UDP socket. Errors that ICMP brings stand in the same queue as datagrams.</summary>
public sealed class UdpSocket : StackSocket, IPendingSender
{
    private readonly UdpLayer _udp;
    private readonly DatagramQueue<UdpReceived> _received;
    private readonly List<(NetworkInterface On, IpAddress Group)> _groups = [];
    private IpPath? _path;
    private int _waiting;

    internal UdpSocket(UdpLayer udp, SocketQueue queue, IpEndpoint local, NetworkInterface? boundTo)
        : base(queue)
    {
        _udp = udp;
        _received = new DatagramQueue<UdpReceived>(udp.Ip.Pool, udp.Settings.ReceiveLimit);
        Local = local;
        BoundTo = boundTo;
    }

    /// <summary>Its own address and port; the unspecified address of a version stands for all addresses of it.</summary>
    public IpEndpoint Local { get; internal set; }

    /// <summary>Whom it is connected to: it hears of nobody else.</summary>
    public IpEndpoint? Remote { get; internal set; }

    /// <summary>Datagrams that were lost because nobody read those before them.</summary>
    public long Dropped => _received.Dropped;

    /// <inheritdoc/>
    public override SocketReadiness Readiness => IsClosed
        ? SocketReadiness.Ended
        : (_received.IsEmpty ? SocketReadiness.None : SocketReadiness.Readable) | (_waiting < _udp.Settings.SendLimit ? SocketReadiness.Writable : SocketReadiness.None);

    /// <summary>It takes from, and sends through, one interface only; null: any.</summary>
    internal NetworkInterface? BoundTo { get; }

    /// <summary>Told of what arrives, for a machine inside the stack.</summary>
    internal Action<UdpSocket>? Arrived { get; set; }

    internal bool IsClosed { get; private set; }

    internal UdpKey Key => Remote is { } remote
        ? new UdpKey(Local.Address, Local.Port, remote.Address, remote.Port, 0)
        : UdpKey.Bound(Local.Address, Local.Port, BoundTo?.Index ?? 0);

    /// <summary>Connects it: from now on it hears of one peer only, and its own address is the one that suits that peer.</summary>
    /// <param name="remote">The peer.</param>
    public UdpRefusal Connect(IpEndpoint remote)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return _udp.Connect(this, remote);
    }

    /// <summary>Gives a datagram to the stack.</summary>
    /// <param name="payload">Its content.</param>
    /// <param name="to">Whom to; null: the peer that the socket is connected to.</param>
    /// <param name="options">How to send it.</param>
    public DatagramSendResult Send(ReadOnlySpan<byte> payload, IpEndpoint? to = null, PacketSendOptions options = default)
    {
        if (IsClosed) return DatagramSendResult.Closed;
        if ((to ?? Remote) is not { } peer || peer.Port == 0) return DatagramSendResult.NoDestination;
        if (!TryFindPath(peer.Address, out var path)) return DatagramSendResult.NoRoute;
        var isV4 = path.Destination.IsV4;
        var header = isV4 ? Ipv4Packet.MinHeaderLength : Ipv6Packet.HeaderLength;
        var length = payload.Length + UdpDatagram.HeaderLength;
        if (length > ushort.MaxValue - (isV4 ? header : 0)) return DatagramSendResult.TooLong;
        var isCut = length + header > path.Mtu;
        if (isCut && options.DontFragment) return DatagramSendResult.ExceedsPathMtu;
        if (_waiting >= _udp.Settings.SendLimit) return DatagramSendResult.WouldBlock;
        var datagram = _udp.Write(payload, Local.Port, peer.Port, path, mayLeaveChecksum: !isCut);
        _waiting += length;
        _udp.Ip.Pending.Add(datagram, path, IpProtocol.Udp, _udp.Ip.OptionsOf(options, path), this);
        return DatagramSendResult.Sent;
    }

    /// <summary>Takes the oldest datagram or error.</summary>
    /// <param name="destination">Takes the payload; what it has no room for is lost.</param>
    /// <param name="received">What is known of it.</param>
    /// <returns>False if nothing has arrived.</returns>
    public bool TryReceive(Span<byte> destination, out UdpReceived received)
    {
        if (!_received.TryTake(destination, out _, out var length, out received)) return false;
        received = received with { Length = length };
        return true;
    }

    /// <summary>Joins a group on an interface.</summary>
    /// <param name="group">The group.</param>
    /// <param name="on">Where.</param>
    /// <exception cref="ArgumentException">The address is no group, or of another version than the socket.</exception>
    public void JoinGroup(IpAddress group, NetworkInterface on)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        if (!group.IsMulticast || group.Version != Local.Address.Version) throw new ArgumentException("The address is no group of the socket's version.", nameof(group));
        if (_groups.Contains((on, group))) return;
        _groups.Add((on, group));
        _udp.Ip.JoinGroup(on, group);
    }

    /// <summary>Leaves a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="on">Where.</param>
    /// <returns>False if it had not joined.</returns>
    public bool LeaveGroup(IpAddress group, NetworkInterface on)
    {
        if (!_groups.Remove((on, group))) return false;
        _udp.Ip.LeaveGroup(on, group);
        return true;
    }

    /// <summary>Closes it; what has arrived is lost, what was sent still goes.</summary>
    public void Close()
    {
        if (IsClosed) return;
        IsClosed = true;
        foreach (var (on, group) in _groups) _udp.Ip.LeaveGroup(on, group);
        _groups.Clear();
        _received.Clear();
        _udp.Forget(this);
        Signal();
    }

    void IPendingSender.NoteSent(int octets)
    {
        var wasFull = _waiting >= _udp.Settings.SendLimit;
        _waiting -= octets;
        if (wasFull && _waiting < _udp.Settings.SendLimit && !IsClosed) Signal();
    }

    internal bool Take(ReadOnlySpan<byte> payload, UdpReceived received)
    {
        if (!_received.TryAdd(payload, received)) return false;
        Signal();
        Arrived?.Invoke(this);
        return true;
    }

    /// <summary>Sends along a path that the caller has found.</summary>
    internal void SendAlong(IpPath path, ReadOnlySpan<byte> payload, ushort port)
    {
        if (IsClosed) return;
        var datagram = _udp.Write(payload, Local.Port, port, path, mayLeaveChecksum: false);
        _waiting += datagram.Length;
        _udp.Ip.Pending.Add(datagram, path, IpProtocol.Udp, _udp.Ip.OptionsOf(default, path), this);
    }

    private bool TryFindPath(IpAddress destination, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IpPath? path)
    {
        if (_path is not null && _path.Destination == destination && _path.IsUsable)
        {
            path = _path;
            return true;
        }

        IpAddress? source = Local.Address.IsUnspecified || Local.Address.IsMulticast ? null : Local.Address;
        path = null;
        if (destination.Version != Local.Address.Version) return false;

        if (BoundTo is not null) path = PathThrough(BoundTo, source, destination);
        else if (!_udp.Ip.TryFindPath(destination, source, out path)) return false;
        if (Remote is not null) _path = path;
        return true;
    }

    // A socket of one interface sends before the interface has an address: that is what DHCP is for (RFC 2131 §4.1). Where no route leads through it, everybody is on the link.
    private IpPath PathThrough(NetworkInterface through, IpAddress? source, IpAddress destination)
    {
        source ??= SourceSelection.Choose(_udp.Ip.Addresses, through, destination);
        var isToMany = destination.IsMulticast || _udp.Ip.Addresses.IsBroadcast(through, destination);
        if (!isToMany && source is not null && _udp.Ip.TryFindPath(destination, source, out var routed) && routed.Interface == through) return routed;
        var there = Zones.On(destination, through);
        return new IpPath(source ?? IpAddress.Any(destination.Version), there, through, there);
    }
}
