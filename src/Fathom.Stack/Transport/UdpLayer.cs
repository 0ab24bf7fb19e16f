using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Buffers;
using Fathom.Stack.Events;
using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Stack.Sockets;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport;

/// <summary>UDP (RFC 768, RFC 1122 §4.1, RFC 8200 §8.1, RFC 8085 where a host has a say).</summary>
public sealed class UdpLayer : IUpperLayer
{
    private readonly SocketQueue _queue;
    private readonly EventLog _events;
    private readonly StackRandom _random;
    private readonly Dictionary<UdpKey, UdpSocket> _sockets = [];
    private int _connected;
    private int _boundToInterface;
    private long _inDatagrams;
    private long _noPorts;
    private long _inErrors;
    private long _outDatagrams;

    internal UdpLayer(IpLayer ip, UdpSettings settings, EventLog events, SocketQueue queue, StackRandom random)
    {
        Ip = ip;
        Settings = settings;
        _events = events;
        _queue = queue;
        _random = random;
        ip.Register(IpVersion.V4, IpProtocol.Udp, this);
        ip.Register(IpVersion.V6, IpProtocol.Udp, this);
    }

    /// <summary>The sockets that are open.</summary>
    public IReadOnlyCollection<UdpSocket> Sockets => _sockets.Values;

    internal IpLayer Ip { get; }

    internal UdpSettings Settings { get; }

    /// <summary>What has been counted so far.</summary>
    public UdpStatistics GetStatistics() => new(_inDatagrams, _noPorts, _inErrors, _outDatagrams);

    /// <summary>Opens a socket.</summary>
    /// <param name="local">Its address and port: the unspecified address of a version for all addresses of it, port 0 for one that is free; a group to hear that group only.</param>
    /// <param name="socket">The socket.</param>
    /// <param name="refusal">Why not.</param>
    public bool TryOpen(IpEndpoint local, [NotNullWhen(true)] out UdpSocket? socket, out UdpRefusal refusal) => TryOpen(local, null, out socket, out refusal);

    void IUpperLayer.Receive(PacketBuffer segment, in Arrival arrival)
    {
        if (!UdpDatagram.TryRead(segment.Span, out var datagram, out _))
        {
            Drop(UdpDropReason.Unreadable, default, default, arrival);
            return;
        }

        if (segment.Checksum == ChecksumState.Complete && !datagram.ChecksumIsValid(arrival.Source, arrival.Destination))
        {
            Drop(UdpDropReason.Checksum, datagram.SourcePort, datagram.DestinationPort, arrival);
            return;
        }

        if (Find(arrival.Destination, datagram.DestinationPort, arrival.Source, datagram.SourcePort, arrival.Interface) is not { } socket)
        {
            Drop(UdpDropReason.NoPort, datagram.SourcePort, datagram.DestinationPort, arrival);
            segment.Prepend(arrival.HeaderLength);
            Ip.Errors.Report(segment.Span, arrival.Interface, IcmpErrorKind.PortUnreachable, 0, arrival.At);
            return;
        }

        var received = new UdpReceived(
            new IpEndpoint(arrival.Source, datagram.SourcePort), arrival.Destination, arrival.Interface, datagram.Payload.Length,
            arrival.HopLimit, arrival.Dscp, (byte)arrival.Ecn, arrival.At, null);
        if (socket.Take(datagram.Payload, received)) _inDatagrams++;
        else Drop(UdpDropReason.QueueFull, datagram.SourcePort, datagram.DestinationPort, arrival);
    }

    void IUpperLayer.HandleError(in IcmpReport report, ReadOnlySpan<byte> quoted)
    {
        if (FindSender(report, quoted, out var peer) is not { } socket) return;
        var received = new UdpReceived(peer, report.Source, null, 0, report.HopLimit, 0, 0, report.At, report.ToDeliveryError());
        socket.Take(quoted[UdpDatagram.HeaderLength..], received);
    }

    bool IUpperLayer.Recognizes(in IcmpReport report, ReadOnlySpan<byte> quoted) => FindSender(report, quoted, out _) is not null;

    /// <summary>Opens a socket that takes from, and sends through, one interface only. It needs no address of this host, and hears broadcasts.</summary>
    /// <param name="local">Its address and port, as for any socket.</param>
    /// <param name="boundTo">The interface; null: any.</param>
    /// <param name="socket">The socket.</param>
    /// <param name="refusal">Why not.</param>
    public bool TryOpen(IpEndpoint local, NetworkInterface? boundTo, [NotNullWhen(true)] out UdpSocket? socket, out UdpRefusal refusal)
    {
        socket = null;
        refusal = UdpRefusal.None;
        var address = local.Address;
        if (!address.IsUnspecified && !address.IsMulticast && !Ip.Addresses.IsUsable(address)) refusal = UdpRefusal.NotLocal;
        var port = local.Port;
        if (refusal == UdpRefusal.None && port == 0 && !TryFindFreePort(address, boundTo, out port)) refusal = UdpRefusal.NoPorts;
        if (refusal == UdpRefusal.None && IsTaken(address, port, boundTo)) refusal = UdpRefusal.AddressInUse;
        if (refusal != UdpRefusal.None) return false;
        socket = new UdpSocket(this, _queue, new IpEndpoint(address, port), boundTo);
        _sockets.Add(socket.Key, socket);
        if (boundTo is not null) _boundToInterface++;
        return true;
    }

    internal UdpRefusal Connect(UdpSocket socket, IpEndpoint remote)
    {
        IpAddress? source = socket.Local.Address.IsUnspecified ? null : socket.Local.Address;
        if (remote.Address.Version != socket.Local.Address.Version || !Ip.TryFindPath(remote.Address, source, out var path)) return UdpRefusal.NoRoute;
        var key = new UdpKey(path.Source, socket.Local.Port, path.Destination, remote.Port, 0);
        if (_sockets.TryGetValue(key, out var other)) return other == socket ? UdpRefusal.None : UdpRefusal.AddressInUse;
        Forget(socket);
        socket.Local = new IpEndpoint(path.Source, socket.Local.Port);
        socket.Remote = remote with { Address = path.Destination };
        _sockets.Add(socket.Key, socket);
        _connected++;
        return UdpRefusal.None;
    }

    internal void Forget(UdpSocket socket)
    {
        if (!_sockets.Remove(socket.Key)) return;
        if (socket.Remote is not null) _connected--;
        if (socket.BoundTo is not null) _boundToInterface--;
    }

    /// <summary>Makes a datagram.</summary>
    internal PacketBuffer Write(ReadOnlySpan<byte> payload, ushort from, ushort to, IpPath path, bool mayLeaveChecksum)
    {
        _outDatagrams++;
        var length = payload.Length + UdpDatagram.HeaderLength;
        var buffer = Ip.Pool.Rent(length);
        var datagram = buffer.Append(length);
        payload.CopyTo(datagram[UdpDatagram.HeaderLength..]);
        var header = new UdpHeader(from, to);
        if (!mayLeaveChecksum || (path.Interface.Offloads & InterfaceOffloads.Checksum) == 0)
        {
            header.WriteTo(datagram, path.Source, path.Destination);
            return buffer;
        }

        header.WriteTo(datagram);
        var pseudo = default(InternetChecksum);
        pseudo.AddPseudoHeader(path.Source, path.Destination, IpProtocol.Udp, length);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[ChecksumAt..], (ushort)~pseudo.Value);
        buffer.Checksum = ChecksumState.Partial;
        buffer.TransportLength = length;
        buffer.TransportHeaderLength = UdpDatagram.HeaderLength;
        return buffer;
    }

    private const int ChecksumAt = 6;

    private UdpSocket? FindSender(in IcmpReport report, ReadOnlySpan<byte> quoted, out IpEndpoint peer)
    {
        // Eight octets are there, and the length that they state need not be.
        var (from, to) = (BinaryPrimitives.ReadUInt16BigEndian(quoted), BinaryPrimitives.ReadUInt16BigEndian(quoted[2..]));
        peer = new IpEndpoint(report.Destination, to);
        return Find(report.Source, from, report.Destination, to, null);
    }

    private UdpSocket? Find(IpAddress local, ushort localPort, IpAddress remote, ushort remotePort, NetworkInterface? on)
    {
        if (_connected > 0 && _sockets.TryGetValue(new UdpKey(local, localPort, remote, remotePort, 0), out var socket)) return socket;
        if (_boundToInterface > 0 && on is not null && _sockets.TryGetValue(UdpKey.Any(local.Version, localPort, on.Index), out socket)) return socket;
        if (_sockets.TryGetValue(UdpKey.Bound(local, localPort), out socket)) return socket;
        return _sockets.GetValueOrDefault(UdpKey.Any(local.Version, localPort));
    }

    private bool IsTaken(IpAddress address, ushort port, NetworkInterface? boundTo)
    {
        if (_sockets.ContainsKey(UdpKey.Bound(address, port, boundTo?.Index ?? 0))) return true;
        if (boundTo is not null) return false;

        // All addresses and one of them do not go together: a datagram must have one taker.
        foreach (var socket in _sockets.Values)
        {
            if (socket.Local.Port != port || socket.BoundTo is not null || socket.Local.Address.Version != address.Version || socket.Remote is not null) continue;
            if (socket.Local.Address.IsUnspecified || address.IsUnspecified) return true;
        }

        return false;
    }

    // RFC 6056 §3.3.1: from a place that nobody foresees, the next that is free.
    private bool TryFindFreePort(IpAddress address, NetworkInterface? boundTo, out ushort port)
    {
        var count = (uint)(ushort.MaxValue - Settings.FirstEphemeralPort + 1);
        var start = _random.NextUInt32(count);
        for (uint i = 0; i < count; i++)
        {
            port = (ushort)(Settings.FirstEphemeralPort + ((start + i) % count));
            if (!IsTaken(address, port, boundTo)) return true;
        }

        port = 0;
        return false;
    }

    private void Drop(UdpDropReason reason, ushort sourcePort, ushort destinationPort, in Arrival arrival)
    {
        if (reason == UdpDropReason.NoPort) _noPorts++;
        else _inErrors++;
        if (_events.IsOn) _events.Add(new UdpDropped(arrival.At, reason, new IpEndpoint(arrival.Source, sourcePort), new IpEndpoint(arrival.Destination, destinationPort)));
    }
}
