using System.Buffers.Binary;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Internet;

/// <summary>The packet that an ICMP error quotes: its beginning, at least.</summary>
internal readonly ref struct QuotedPacket
{
    // RFC 792: eight octets behind the IP header are always quoted, and they hold the ports.
    public const int MinUpper = 8;

    public QuotedPacket(IpAddress source, IpAddress destination, IpProtocol protocol, int offset, ReadOnlySpan<byte> upper)
    {
        Source = source;
        Destination = destination;
        Protocol = protocol;
        Offset = offset;
        Upper = upper;
    }

    public IpAddress Source { get; }

    public IpAddress Destination { get; }

    public IpProtocol Protocol { get; }

    public int Offset { get; }

    public ReadOnlySpan<byte> Upper { get; }

    public bool IsEcho => Protocol == (Source.IsV4 ? IpProtocol.Icmp : IpProtocol.Icmpv6)
        && (Source.IsV4 ? (IcmpType)Upper[0] is IcmpType.EchoRequest or IcmpType.EchoReply : (Icmpv6Type)Upper[0] is Icmpv6Type.EchoRequest or Icmpv6Type.EchoReply);

    public bool HasPorts => Protocol is IpProtocol.Tcp or IpProtocol.Udp || IsEcho;

    public IpEndpoint From => new(Source, IsEcho ? BinaryPrimitives.ReadUInt16BigEndian(Upper[4..]) : BinaryPrimitives.ReadUInt16BigEndian(Upper));

    public IpEndpoint To => new(Destination, IsEcho ? BinaryPrimitives.ReadUInt16BigEndian(Upper[4..]) : BinaryPrimitives.ReadUInt16BigEndian(Upper[2..]));
}
