using System.Buffers.Binary;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Internet;

/// <summary>What a box needs to know of a packet, of either version; or of one that an ICMP error quotes, of which there is only the beginning.</summary>
internal readonly ref struct TransitPacket
{
    // RFC 792: eight octets behind the IP header are always quoted, and they hold the ports.
    private const int MinQuoted = 8;

    private readonly int _minTcp;

    private TransitPacket(IpAddress source, IpAddress destination, IpProtocol protocol, int offset, ReadOnlySpan<byte> upper, bool isFirst, int minTcp = TcpSegment.MinHeaderLength)
    {
        Source = source;
        Destination = destination;
        Protocol = protocol;
        Offset = offset;
        Upper = upper;
        IsFirst = isFirst;
        _minTcp = minTcp;
    }

    public IpAddress Source { get; }

    public IpAddress Destination { get; }

    public IpProtocol Protocol { get; }

    /// <summary>Octets in front of the upper layer's header.</summary>
    public int Offset { get; }

    /// <summary>From the upper layer's header on.</summary>
    public ReadOnlySpan<byte> Upper { get; }

    /// <summary>No fragment, or the first one: the upper layer's header is here.</summary>
    public bool IsFirst { get; }

    /// <summary>A TCP segment with a whole header; of a quoted one the ports are enough, and nothing else of it may be asked for.</summary>
    public bool IsTcp => Protocol == IpProtocol.Tcp && IsFirst && Upper.Length >= _minTcp;

    public bool IsUdp => Protocol == IpProtocol.Udp && IsFirst && Upper.Length >= UdpDatagram.HeaderLength;

    public bool IsIcmp => (Protocol == (Source.IsV4 ? IpProtocol.Icmp : IpProtocol.Icmpv6)) && IsFirst && Upper.Length >= IcmpMessage.HeaderLength;

    public bool IsEchoRequest => IsIcmp && Upper[0] == (Source.IsV4 ? (byte)IcmpType.EchoRequest : (byte)Icmpv6Type.EchoRequest);

    public bool IsEchoReply => IsIcmp && Upper[0] == (Source.IsV4 ? (byte)IcmpType.EchoReply : (byte)Icmpv6Type.EchoReply);

    public bool IsEcho => IsEchoRequest || IsEchoReply;

    /// <summary>An error that quotes a packet.</summary>
    public bool IsIcmpError => IsIcmp && (Source.IsV4
        ? (IcmpType)Upper[0] is IcmpType.DestinationUnreachable or IcmpType.TimeExceeded or IcmpType.ParameterProblem or IcmpType.SourceQuench
        : Upper[0] is > 0 and < 128);

    /// <summary>Fragmentation needed, or packet too big.</summary>
    public bool IsTooBig => IsIcmpError && (Source.IsV4
        ? Upper[0] == (byte)IcmpType.DestinationUnreachable && Upper[1] == (byte)IcmpUnreachableCode.FragmentationNeeded
        : Upper[0] == (byte)Icmpv6Type.PacketTooBig);

    /// <summary>Neighbor and router discovery: without it an IPv6 link does not live (RFC 4890 §4.4.1).</summary>
    public bool IsNeighborDiscovery => Source.IsV6 && IsIcmp && Upper[0] is (>= (byte)Icmpv6Type.MulticastListenerQuery and <= (byte)Icmpv6Type.Redirect) or (byte)Icmpv6Type.MulticastListenerReportV2;

    public TcpFlags Flags => (TcpFlags)(BinaryPrimitives.ReadUInt16BigEndian(Upper[12..]) & 0x01FF);

    /// <summary>Octets of a TCP segment's data.</summary>
    public int DataLength => Math.Max(0, Upper.Length - ((Upper[12] >> 4) * 4));

    /// <summary>The packet that an ICMP error quotes.</summary>
    public ReadOnlySpan<byte> Quoted => Upper[IcmpMessage.HeaderLength..];

    /// <summary>True for what has ports, or an echo's identifier in their place.</summary>
    public bool HasPorts => IsTcp || IsUdp || IsEcho;

    /// <summary>The sender's port; for echoes the identifier.</summary>
    public IpEndpoint From => new(Source, IsIcmp ? BinaryPrimitives.ReadUInt16BigEndian(Upper[4..]) : BinaryPrimitives.ReadUInt16BigEndian(Upper));

    /// <summary>The receiver's port; for echoes the identifier.</summary>
    public IpEndpoint To => new(Destination, IsIcmp ? BinaryPrimitives.ReadUInt16BigEndian(Upper[4..]) : BinaryPrimitives.ReadUInt16BigEndian(Upper[2..]));

    /// <summary>Reads a packet that is whole.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out TransitPacket view)
    {
        if (Ipv4Packet.TryRead(packet, out var v4, out _))
        {
            view = new TransitPacket(v4.Source, v4.Destination, v4.Protocol, v4.HeaderLength, v4.Payload, v4.FragmentOffset == 0);
            return true;
        }

        return TryReadV6(packet, out view);
    }

    /// <summary>Reads a packet that an ICMP error quotes, of which at least eight octets behind the headers must be there.</summary>
    public static bool TryReadQuoted(ReadOnlySpan<byte> packet, out TransitPacket view)
    {
        view = default;
        if (Ipv4Packet.TryReadTruncated(packet, out var v4, out _))
        {
            if (v4.FragmentOffset != 0 || v4.Payload.Length < MinQuoted) return false;
            view = new TransitPacket(v4.Source, v4.Destination, v4.Protocol, v4.HeaderLength, v4.Payload, isFirst: true, MinQuoted);
            return true;
        }

        if (!Ipv6Packet.TryReadTruncated(packet, out var v6, out _) || !v6.TryReadUpperLayer(out var upper, out _)) return false;
        if (upper.FragmentOffset != 0 || upper.Bytes.Length < MinQuoted) return false;
        view = new TransitPacket(v6.Source, v6.Destination, upper.Protocol, upper.Offset, upper.Bytes, isFirst: true, MinQuoted);
        return true;
    }

    private static bool TryReadV6(ReadOnlySpan<byte> packet, out TransitPacket view)
    {
        view = default;
        if (!Ipv6Packet.TryRead(packet, out var v6, out _)) return false;
        view = v6.TryReadUpperLayer(out var upper, out _)
            ? new TransitPacket(v6.Source, v6.Destination, upper.Protocol, upper.Offset, upper.Bytes, upper.FragmentOffset == 0)
            : new TransitPacket(v6.Source, v6.Destination, v6.NextHeader, packet.Length, default, false);
        return true;
    }
}
