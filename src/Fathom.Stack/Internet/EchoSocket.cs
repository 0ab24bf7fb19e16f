using Fathom.Stack.Sockets;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Sends echo requests under one identifier, and hears of the replies and the errors.</summary>
public sealed class EchoSocket : StackSocket, IPendingSender
{
    // Linux's rmem_default and wmem_default: a burst of pings is taken, a flood is not kept.
    private const int Limit = 212_992;

    private readonly IcmpLayer _icmp;
    private readonly IpLayer _ip;
    private readonly DatagramQueue<EchoReceived> _received;
    private int _waiting;
    private bool _isClosed;

    internal EchoSocket(IcmpLayer icmp, IpLayer ip, SocketQueue queue, IpVersion version, ushort identifier, IpAddress? source)
        : base(queue)
    {
        _icmp = icmp;
        _ip = ip;
        _received = new DatagramQueue<EchoReceived>(ip.Pool, Limit);
        Version = version;
        Identifier = identifier;
        Source = source;
    }

    /// <summary>Which ICMP it speaks.</summary>
    public IpVersion Version { get; }

    /// <summary>The identifier in its requests.</summary>
    public ushort Identifier { get; }

    /// <summary>The address that its requests go from; null: the one that suits the destination.</summary>
    public IpAddress? Source { get; }

    /// <inheritdoc/>
    public override SocketReadiness Readiness => _isClosed
        ? SocketReadiness.Ended
        : (_received.IsEmpty ? SocketReadiness.None : SocketReadiness.Readable) | (_waiting < Limit ? SocketReadiness.Writable : SocketReadiness.None);

    /// <summary>Gives an echo request to the stack.</summary>
    /// <param name="destination">Whom to ask.</param>
    /// <param name="sequenceNumber">Its number.</param>
    /// <param name="data">What is to be echoed.</param>
    /// <param name="options">How to send it.</param>
    public DatagramSendResult Send(IpAddress destination, ushort sequenceNumber, ReadOnlySpan<byte> data, PacketSendOptions options = default)
    {
        if (_isClosed) return DatagramSendResult.Closed;
        if (destination.Version != Version || !_ip.TryFindPath(destination, Source, out var path)) return DatagramSendResult.NoRoute;
        var header = Version == IpVersion.V4 ? Ipv4Packet.MinHeaderLength : Ipv6Packet.HeaderLength;
        var length = data.Length + IcmpMessage.HeaderLength;

        // The length field of IPv4 counts the header, that of IPv6 does not.
        if (length > ushort.MaxValue - (Version == IpVersion.V4 ? header : 0)) return DatagramSendResult.TooLong;
        if (options.DontFragment && length + header > path.Mtu) return DatagramSendResult.ExceedsPathMtu;
        if (_waiting >= Limit) return DatagramSendResult.WouldBlock;
        var message = _ip.Pool.Rent(length);
        var octets = message.Append(length);
        data.CopyTo(octets[IcmpMessage.HeaderLength..]);
        if (Version == IpVersion.V4) IcmpHeader.EchoRequest(Identifier, sequenceNumber).WriteTo(octets);
        else Icmpv6Header.EchoRequest(Identifier, sequenceNumber).WriteTo(octets, path.Source, path.Destination);
        _waiting += length;
        _icmp.CountEchoRequest(Version);
        _ip.Pending.Add(message, path, Version == IpVersion.V4 ? IpProtocol.Icmp : IpProtocol.Icmpv6, _ip.OptionsOf(options, path), this);
        return DatagramSendResult.Sent;
    }

    /// <summary>Takes the oldest reply or error.</summary>
    /// <param name="destination">Takes the echoed data.</param>
    /// <param name="received">What is known of it.</param>
    /// <returns>False if nothing has arrived.</returns>
    public bool TryReceive(Span<byte> destination, out EchoReceived received)
    {
        if (!_received.TryTake(destination, out _, out var length, out received)) return false;
        received = received with { Length = length };
        return true;
    }

    /// <summary>Closes it; what has arrived is lost.</summary>
    public void Close()
    {
        if (_isClosed) return;
        _isClosed = true;
        _received.Clear();
        _icmp.Forget(this);
        Signal();
    }

    void IPendingSender.NoteSent(int octets)
    {
        var wasFull = _waiting >= Limit;
        _waiting -= octets;
        if (wasFull && _waiting < Limit && !_isClosed) Signal();
    }

    internal void Take(ReadOnlySpan<byte> data, EchoReceived received)
    {
        if (_received.TryAdd(data, received)) Signal();
    }
}
