using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Buffers;
using Fathom.Stack.Sockets;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>ICMP (RFC 792, RFC 1122 §3.2.2) and ICMPv6 (RFC 4443): answers echo requests, takes errors to whom they concern, and has the echo sockets.</summary>
public sealed class IcmpLayer : IUpperLayer
{
    // RFC 792, timestamp messages: the first bit of a time that is no milliseconds since midnight, Universal Time.
    private const uint NotOfTheDay = 1u << 31;

    private readonly IpLayer _ip;
    private readonly SocketQueue _queue;
    private readonly StackRandom _random;
    private readonly IcmpErrorInput _errorInput;
    private readonly Dictionary<(IpVersion Version, ushort Identifier), EchoSocket> _sockets = [];
    private readonly IcmpCounters _countersV4 = new();
    private readonly IcmpCounters _countersV6 = new();

    internal IcmpLayer(IpLayer ip, SocketQueue queue, StackRandom random)
    {
        _ip = ip;
        _queue = queue;
        _random = random;
        _errorInput = new IcmpErrorInput(ip);
        ip.Errors.Counters = CountersOf;
        ip.Register(IpVersion.V4, IpProtocol.Icmp, this);
        ip.Register(IpVersion.V6, IpProtocol.Icmpv6, this);
    }

    /// <summary>Neighbor discovery and listener discovery, which are messages of ICMPv6; null where nobody has taken them.</summary>
    internal IIcmpv6Machine? Machine { get; set; }

    /// <summary>The echo sockets that are open.</summary>
    public IReadOnlyCollection<EchoSocket> Sockets => _sockets.Values;

    /// <summary>What has been counted so far.</summary>
    /// <param name="version">ICMP or ICMPv6.</param>
    public IcmpStatistics GetStatistics(IpVersion version)
    {
        var counters = CountersOf(version);
        return new IcmpStatistics(version, counters.InMessages, counters.InErrors, counters.OutMessages, _ip.Errors.RateLimited, [.. counters.InTypes], [.. counters.OutTypes]);
    }

    /// <summary>Opens an echo socket.</summary>
    /// <param name="version">ICMP or ICMPv6.</param>
    /// <param name="source">An address of this host to send from; null: the one that suits each destination.</param>
    /// <param name="identifier">The identifier; null: one that is free.</param>
    /// <param name="socket">The socket.</param>
    /// <returns>False if the identifier is taken, all are, or the source is none of this host's.</returns>
    public bool TryOpenEcho(IpVersion version, IpAddress? source, ushort? identifier, [NotNullWhen(true)] out EchoSocket? socket)
    {
        socket = null;
        if (source is { } from && (from.Version != version || !_ip.Addresses.IsUsable(from))) return false;
        if (identifier is not { } wanted)
        {
            if (!TryFindFree(version, out wanted)) return false;
        }
        else if (_sockets.ContainsKey((version, wanted)))
        {
            return false;
        }

        socket = new EchoSocket(this, _ip, _queue, version, wanted, source);
        _sockets[(version, wanted)] = socket;
        return true;
    }

    void IUpperLayer.Receive(PacketBuffer segment, in Arrival arrival)
    {
        var version = arrival.Source.Version;
        var counters = CountersOf(version);
        counters.InMessages++;
        var message = segment.Span;
        if (message.Length < IcmpMessage.HeaderLength || (segment.Checksum == ChecksumState.Complete && !IsIntact(message, arrival)))
        {
            counters.InErrors++;
            return;
        }

        counters.InTypes[message[0]]++;
        if (version == IpVersion.V4) ReceiveV4(segment, message, arrival);
        else ReceiveV6(message, arrival);
    }

    /// <summary>An error about one of the echo requests.</summary>
    void IUpperLayer.HandleError(in IcmpReport report, ReadOnlySpan<byte> quoted)
    {
        if (!TryFindAsker(report, quoted, out var socket)) return;
        var message = IcmpMessage.TryRead(quoted, out var view, out _) ? view : default;
        socket.Take(quoted[IcmpMessage.HeaderLength..], new EchoReceived(report.Destination, message.SequenceNumber, 0, report.HopLimit, report.At, report.ToDeliveryError()));
    }

    bool IUpperLayer.Recognizes(in IcmpReport report, ReadOnlySpan<byte> quoted) => TryFindAsker(report, quoted, out _);

    internal void Forget(EchoSocket socket) => _sockets.Remove((socket.Version, socket.Identifier));

    internal void CountEchoRequest(IpVersion version) => Count(version, version == IpVersion.V4 ? (byte)IcmpType.EchoRequest : (byte)Icmpv6Type.EchoRequest);

    internal void Count(IpVersion version, byte type) => _ip.Errors.Count(version, type);

    private static bool IsIntact(ReadOnlySpan<byte> message, in Arrival arrival) => arrival.Source.IsV4
        ? InternetChecksum.Verify(message)
        : InternetChecksum.Verify(message, arrival.Source, arrival.Destination, IpProtocol.Icmpv6);

    private void ReceiveV4(PacketBuffer segment, ReadOnlySpan<byte> bytes, in Arrival arrival)
    {
        if (!IcmpMessage.TryRead(bytes, out var message, out _)) return;
        switch (message.Type)
        {
            // RFC 1122 §3.2.2.6: an echo to all need not be answered, and would help to flood others.
            case IcmpType.EchoRequest when message.Code == 0 && _ip.Addresses.IsUsable(arrival.Destination):
                Reply(bytes, arrival, PathRecordOf(segment, arrival));
                break;
            case IcmpType.TimestampRequest when _ip.Settings.AnswersTimestamps && message.Code == 0 && _ip.Addresses.IsUsable(arrival.Destination):
                ReplyTimestamp(bytes, arrival);
                break;
            case IcmpType.EchoReply:
                TakeReply(message.Identifier, message.SequenceNumber, message.Body, arrival);
                break;
            case IcmpType.Redirect:
                _errorInput.TakeRedirect(message, arrival);
                break;
            case IcmpType.DestinationUnreachable or IcmpType.TimeExceeded or IcmpType.ParameterProblem:
                _errorInput.Take(message, arrival);
                break;
        }
    }

    private void ReceiveV6(ReadOnlySpan<byte> bytes, in Arrival arrival)
    {
        if (!Icmpv6Message.TryRead(bytes, out var message, out _)) return;
        switch (message.Type)
        {
            case Icmpv6Type.EchoRequest when !arrival.Source.IsUnspecified:
                Reply(bytes, arrival, []);
                break;
            case Icmpv6Type.EchoReply:
                TakeReply(message.Identifier, message.SequenceNumber, message.Body, arrival);
                break;
            case >= Icmpv6Type.MulticastListenerQuery and <= Icmpv6Type.Redirect or Icmpv6Type.MulticastListenerReportV2:
                Machine?.Receive(message, arrival);
                break;
            default:
                if (message.IsError) _errorInput.Take(message, arrival);
                break;
        }
    }

    // RFC 1122 §3.2.2.6: what the request's options have collected of its way goes back with the answer, this host included.
    private byte[] PathRecordOf(PacketBuffer segment, in Arrival arrival)
    {
        if (arrival.HeaderLength <= Ipv4Packet.MinHeaderLength) return [];
        var options = segment.Prepend(arrival.HeaderLength)[Ipv4Packet.MinHeaderLength..];
        segment.TrimStart(arrival.HeaderLength);
        var record = Ipv4PathRecord.Of(options);
        Ipv4PathRecord.Add(_ip, record, arrival.Destination, arrival.At);
        return record;
    }

    private void Reply(ReadOnlySpan<byte> request, in Arrival arrival, byte[] headerOptions)
    {
        // RFC 4443 §4.2: the answer to a group's echo comes from an address of this host's own choice.
        IpAddress? from = arrival.Destination.IsMulticast ? null : arrival.Destination;
        if (!_ip.TryFindPath(arrival.Source, from, out var path)) return;
        var reply = _ip.Pool.Rent(request.Length);
        var message = reply.Append(request.Length);
        request.CopyTo(message);
        var (identifier, sequence) = ((ushort)((request[4] << 8) | request[5]), (ushort)((request[6] << 8) | request[7]));
        if (arrival.Source.IsV4) IcmpHeader.EchoReply(identifier, sequence).WriteTo(message);
        else Icmpv6Header.EchoReply(identifier, sequence).WriteTo(message, path.Source, path.Destination);
        Count(arrival.Source.Version, arrival.Source.IsV4 ? (byte)IcmpType.EchoReply : (byte)Icmpv6Type.EchoReply);
        var options = new IpSendOptions(_ip.Settings.HopLimit, arrival.Dscp, Ecn.NotCapable, false);
        if (headerOptions.Length > 0) _ip.SendWith(headerOptions, reply, path, IpProtocol.Icmp, options, arrival.At);
        else _ip.Send(reply, path, arrival.Source.IsV4 ? IpProtocol.Icmp : IpProtocol.Icmpv6, options, arrival.At);
    }

    // RFC 792, timestamp reply: the times are of another clock than the day's, which the first bit says.
    private void ReplyTimestamp(ReadOnlySpan<byte> request, in Arrival arrival)
    {
        if (request.Length < IcmpTimestamp.FixedLength || !_ip.TryFindPath(arrival.Source, arrival.Destination, out var path)) return;
        var reply = _ip.Pool.Rent(IcmpTimestamp.FixedLength);
        var message = reply.Append(IcmpTimestamp.FixedLength);
        request[..IcmpTimestamp.FixedLength].CopyTo(message);
        message[0] = (byte)IcmpType.TimestampReply;
        var time = NotOfTheDay | (uint)(arrival.At.Ticks / TimeSpan.TicksPerMillisecond);
        BinaryPrimitives.WriteUInt32BigEndian(message[12..], time);
        BinaryPrimitives.WriteUInt32BigEndian(message[16..], time);
        message[2..4].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], InternetChecksum.Compute(message));
        Count(IpVersion.V4, (byte)IcmpType.TimestampReply);
        _ip.Send(reply, path, IpProtocol.Icmp, new IpSendOptions(_ip.Settings.HopLimit, arrival.Dscp, Ecn.NotCapable, false), arrival.At);
    }

    private void TakeReply(ushort identifier, ushort sequenceNumber, ReadOnlySpan<byte> data, in Arrival arrival)
    {
        if (_sockets.TryGetValue((arrival.Source.Version, identifier), out var socket))
            socket.Take(data, new EchoReceived(arrival.Source, sequenceNumber, data.Length, arrival.HopLimit, arrival.At, null));
    }

    private bool TryFindAsker(in IcmpReport report, ReadOnlySpan<byte> quoted, [NotNullWhen(true)] out EchoSocket? socket)
    {
        socket = null;
        if (!IcmpMessage.TryRead(quoted, out var message, out _)) return false;
        var version = report.Source.Version;
        var request = version == IpVersion.V4 ? (byte)IcmpType.EchoRequest : (byte)Icmpv6Type.EchoRequest;
        return (byte)message.Type == request && _sockets.TryGetValue((version, message.Identifier), out socket);
    }

    private bool TryFindFree(IpVersion version, out ushort identifier)
    {
        // From a place that nobody foresees, so that a stranger cannot send replies to what was not asked of him.
        var start = (ushort)_random.NextUInt32();
        for (var i = 0; i <= ushort.MaxValue; i++)
        {
            identifier = (ushort)(start + i);
            if (!_sockets.ContainsKey((version, identifier))) return true;
        }

        identifier = 0;
        return false;
    }

    private IcmpCounters CountersOf(IpVersion version) => version == IpVersion.V4 ? _countersV4 : _countersV6;
}
