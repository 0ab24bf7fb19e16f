using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Stack.Security;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Sends ICMP errors about packets of others, where the rules and the rate allow it (RFC 1122 §3.2.2, RFC 1812 §4.3.2, RFC 4443 §2.4).</summary>
internal sealed class IcmpErrors(IpLayer ip, StackRandom random)
{
    // RFC 1812 §4.3.2.3: as much of the packet as fits into 576 octets; RFC 4443 §2.4c: into the minimum MTU.
    private const int MaxLengthV4 = 576;

    // RFC 1812 §4.3.2.5: precedence 6, "internetwork control", is class selector 6.
    private const byte InternetworkControl = 48;

    // Buckets that destinations share by their hash: strangers cannot make the table grow, only share.
    private const int BucketCount = 1024;

    private TokenBucket[]? _perHost;
    private readonly KeyedHash _hash = new(random);
    private TokenBucket _all;

    /// <summary>Where sent messages are counted.</summary>
    public Func<IpVersion, IcmpCounters>? Counters { get; set; }

    /// <summary>Errors that the rate did not allow.</summary>
    public long RateLimited { get; private set; }

    /// <summary>Type, code and the four octets behind the checksum.</summary>
    public static (byte Type, byte Code, uint Detail) Encode(IcmpErrorKind kind, uint detail, IpVersion version) => version == IpVersion.V4
        ? kind switch
        {
            IcmpErrorKind.NoRoute => Unreachable(IcmpUnreachableCode.Network),
            IcmpErrorKind.HostUnreachable or IcmpErrorKind.BeyondScope => Unreachable(IcmpUnreachableCode.Host),
            IcmpErrorKind.ProtocolUnreachable => Unreachable(IcmpUnreachableCode.Protocol),
            IcmpErrorKind.PortUnreachable => Unreachable(IcmpUnreachableCode.Port),
            IcmpErrorKind.PacketTooBig => Unreachable(IcmpUnreachableCode.FragmentationNeeded, Math.Min(detail, ushort.MaxValue)),
            IcmpErrorKind.SourceRouteRefused => Unreachable(IcmpUnreachableCode.SourceRouteFailed),
            IcmpErrorKind.Prohibited => Unreachable(IcmpUnreachableCode.CommunicationProhibited),
            IcmpErrorKind.HopLimitExceeded => ((byte)IcmpType.TimeExceeded, 0, 0),
            IcmpErrorKind.ReassemblyTimeExceeded => ((byte)IcmpType.TimeExceeded, 1, 0),
            _ => ((byte)IcmpType.ParameterProblem, 0, detail << 24),
        }
        : kind switch
        {
            IcmpErrorKind.NoRoute => Unreachable(Icmpv6UnreachableCode.NoRoute),
            IcmpErrorKind.HostUnreachable => Unreachable(Icmpv6UnreachableCode.Address),
            IcmpErrorKind.BeyondScope => Unreachable(Icmpv6UnreachableCode.BeyondScope),
            IcmpErrorKind.PortUnreachable => Unreachable(Icmpv6UnreachableCode.Port),
            IcmpErrorKind.Prohibited => Unreachable(Icmpv6UnreachableCode.CommunicationProhibited),
            IcmpErrorKind.PacketTooBig => ((byte)Icmpv6Type.PacketTooBig, 0, detail),
            IcmpErrorKind.HopLimitExceeded => ((byte)Icmpv6Type.TimeExceeded, 0, 0),
            IcmpErrorKind.ReassemblyTimeExceeded => ((byte)Icmpv6Type.TimeExceeded, 1, 0),
            IcmpErrorKind.ProtocolUnreachable => ((byte)Icmpv6Type.ParameterProblem, 1, detail), // RFC 4443 §3.4
            IcmpErrorKind.UnknownOption => ((byte)Icmpv6Type.ParameterProblem, 2, detail),
            _ => ((byte)Icmpv6Type.ParameterProblem, 0, detail),
        };

    /// <summary>Sends an error, or not.</summary>
    /// <param name="packet">The packet in question, from its IP header on.</param>
    /// <param name="arrivedOn">Where it came in.</param>
    /// <param name="kind">What is to be said.</param>
    /// <param name="detail">What the kind needs.</param>
    /// <param name="now">The time.</param>
    public void Report(ReadOnlySpan<byte> packet, NetworkInterface arrivedOn, IcmpErrorKind kind, uint detail, TimeSpan now)
    {
        if (!MayReport(packet, arrivedOn, kind, now, out var source, out var destination)) return;

        // RFC 4443 §2.2: the answer's source is the address that was asked, if it is this host's.
        IpAddress? from = ip.Addresses.IsUsable(destination) ? destination : null;
        if (!ip.TryFindPath(source, from, out var path)) return;
        Send(packet, path, kind, detail, now);
    }

    /// <summary>Makes an error that the driver delivers itself, or not: it is for somebody behind the driver, who has this host's own addresses.</summary>
    /// <param name="packet">The packet in question, from its IP header on.</param>
    /// <param name="on">The interface that it was for.</param>
    /// <param name="kind">What is to be said; it needs no detail.</param>
    /// <param name="from">Who says it.</param>
    /// <param name="now">The time.</param>
    /// <param name="error">The whole packet; the caller returns it to the pool.</param>
    public bool TryMake(ReadOnlySpan<byte> packet, NetworkInterface on, IcmpErrorKind kind, IpAddress from, TimeSpan now, [NotNullWhen(true)] out PacketBuffer? error)
    {
        error = null;
        if (!MayReport(packet, on, kind, now, out var source, out _) || source.Version != from.Version) return false;
        error = Message(packet, from, source, kind, 0, out var type, out var code);
        if (ip.Events.IsOn) ip.Events.Add(new IcmpErrorSent(now, from, source, type, code));
        error.Prepend(from.IsV4 ? Ipv4Packet.MinHeaderLength : Ipv6Packet.HeaderLength);
        if (from.IsV4) new Ipv4Header { Dscp = InternetworkControl, TimeToLive = ip.Settings.HopLimit, Protocol = IpProtocol.Icmp, Source = from, Destination = source }.WriteTo(error.Span);
        else new Ipv6Header { HopLimit = ip.Settings.HopLimit, NextHeader = IpProtocol.Icmpv6, Source = from.WithZone(0), Destination = source.WithZone(0) }.WriteTo(error.Span);
        return true;
    }

    /// <summary>Counts a message that was sent.</summary>
    public void Count(IpVersion version, byte type)
    {
        if (Counters?.Invoke(version) is not { } counters) return;
        counters.OutMessages++;
        counters.OutTypes[type]++;
    }

    /// <summary>Takes from the two buckets, if both have something left.</summary>
    public bool MaySend(IpAddress to, TimeSpan now)
        => (_perHost ??= new TokenBucket[BucketCount])[(int)(_hash.Compute(to, 0, to, 0, 0) % BucketCount)].TryTake(now, ip.Settings.ErrorRatePerHost, ip.Settings.ErrorBurstPerHost)
            && _all.TryTake(now, ip.Settings.ErrorRate, ip.Settings.ErrorBurst);

    // The rules and the rate.
    private bool MayReport(ReadOnlySpan<byte> packet, NetworkInterface on, IcmpErrorKind kind, TimeSpan now, out IpAddress source, out IpAddress destination)
    {
        if (!TryReadEnds(packet, on, out source, out destination, out var mayAnswer) || !mayAnswer) return false;
        if (!IsOneHost(source) || ip.Addresses.IsBroadcast(on, source)) return false;

        // RFC 4443 §2.4e.3: of groups only what path MTU discovery and unknown options need is told.
        if (destination.IsMulticast && (destination.IsV4 || kind is not (IcmpErrorKind.PacketTooBig or IcmpErrorKind.UnknownOption))) return false;
        if (ip.Addresses.IsBroadcast(on, destination)) return false;
        if (MaySend(source, now)) return true;
        RateLimited++;
        if (ip.Events.IsOn) ip.Events.Add(new IcmpErrorSuppressed(now, source, kind.ToString()));
        return false;
    }

    private void Send(ReadOnlySpan<byte> packet, IpPath path, IcmpErrorKind kind, uint detail, TimeSpan now)
    {
        var isV4 = path.Source.IsV4;
        var message = Message(packet, path.Source, path.Destination, kind, detail, out var type, out var code);
        if (ip.Events.IsOn) ip.Events.Add(new IcmpErrorSent(now, path.Source, path.Destination, type, code));
        ip.Send(message, path, isV4 ? IpProtocol.Icmp : IpProtocol.Icmpv6, new IpSendOptions(ip.Settings.HopLimit, isV4 ? InternetworkControl : (byte)0, Ecn.NotCapable, false), now);
    }

    private PacketBuffer Message(ReadOnlySpan<byte> packet, IpAddress from, IpAddress to, IcmpErrorKind kind, uint detail, out byte type, out byte code)
    {
        var isV4 = from.IsV4;
        var room = isV4 ? MaxLengthV4 - Ipv4Packet.MinHeaderLength - IcmpMessage.HeaderLength : Ipv6Packet.MinMtu - Ipv6Packet.HeaderLength - Icmpv6Message.HeaderLength;
        var quoted = packet[..Math.Min(packet.Length, room)];
        (type, code, var rest) = Encode(kind, detail, from.Version);
        var message = ip.Pool.Rent(quoted.Length);
        quoted.CopyTo(message.Append(quoted.Length));
        message.Prepend(IcmpMessage.HeaderLength);
        if (isV4) new IcmpHeader((IcmpType)type, code, rest).WriteTo(message.Span);
        else new Icmpv6Header((Icmpv6Type)type, code, rest).WriteTo(message.Span, from, to);
        Count(from.Version, type);
        return message;
    }

    private static bool TryReadEnds(ReadOnlySpan<byte> packet, NetworkInterface arrivedOn, out IpAddress source, out IpAddress destination, out bool mayAnswer)
    {
        mayAnswer = false;
        source = destination = default;
        if (packet.IsEmpty) return false;
        if (packet[0] >> 4 == 4)
        {
            if (!Ipv4Packet.TryReadTruncated(packet, out var v4, out _)) return false;
            source = v4.Source;
            destination = v4.Destination;
            mayAnswer = v4.FragmentOffset == 0 && !(v4.Protocol == IpProtocol.Icmp && IsErrorV4(v4.Payload));
            return true;
        }

        if (!Ipv6Packet.TryReadTruncated(packet, out var v6, out _)) return false;
        source = Zones.On(v6.Source, arrivedOn);
        destination = Zones.On(v6.Destination, arrivedOn);

        // What cannot be walked is no error that is known to be one; the walk may have ended at what is complained of. RFC 4443 §2.4e, other than RFC 1122, lets later
        // fragments be answered too (RFC 8200 §4.5 asks for it): they are of no error, which always fits into the least MTU (§2.4c).
        v6.TryReadUpperLayer(out var upper, out _);
        mayAnswer = upper.Protocol != IpProtocol.Icmpv6
            || upper.FragmentOffset != 0
            || !(upper.Bytes.IsEmpty || upper.Bytes[0] < 128 || upper.Bytes[0] == (byte)Icmpv6Type.Redirect);
        return true;
    }

    // RFC 1122 §3.2.2: neither errors, nor what is not known to be none.
    private static bool IsErrorV4(ReadOnlySpan<byte> message) => message.IsEmpty || (IcmpType)message[0] is not (
        IcmpType.EchoRequest or IcmpType.EchoReply or IcmpType.TimestampRequest or IcmpType.TimestampReply or IcmpType.AddressMaskRequest or IcmpType.AddressMaskReply
        or IcmpType.RouterSolicitation or IcmpType.RouterAdvertisement or IcmpType.ExtendedEchoRequest or IcmpType.ExtendedEchoReply);

    private static bool IsOneHost(IpAddress source) => !source.IsUnspecified && !source.IsMulticast && !(source.IsV4 && (uint)source.Value >> 28 == 0xF);

    private static (byte Type, byte Code, uint Detail) Unreachable(IcmpUnreachableCode code, uint mtu = 0) => ((byte)IcmpType.DestinationUnreachable, (byte)code, mtu);

    private static (byte Type, byte Code, uint Detail) Unreachable(Icmpv6UnreachableCode code) => ((byte)Icmpv6Type.DestinationUnreachable, (byte)code, 0);
}
