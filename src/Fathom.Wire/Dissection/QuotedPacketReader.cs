using System.Buffers.Binary;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection;

/// <summary>Reads <see cref="QuotedPacketFacts"/>: the start of a packet, cut anywhere behind its IP header.</summary>
internal static class QuotedPacketReader
{
    // Every ICMP error quotes at least the first eight octets behind the IP header (RFC 792): ports, or an echo's identity.
    private const int UpperLength = 8;

    internal static QuotedPacketFacts Read(ReadOnlySpan<byte> bytes)
    {
        QuotedPacketFacts quoted = default;
        if (Ipv4Packet.TryReadTruncated(bytes, out var v4, out _))
        {
            quoted.IpVersion = IpVersion.V4;
            quoted.Source = v4.Source;
            quoted.Destination = v4.Destination;
            quoted.HopLimit = v4.TimeToLive;
            quoted.Protocol = v4.Protocol;
            quoted.Identification = v4.Identification;
            quoted.TotalLength = v4.TotalLength;
            if (v4.FragmentOffset == 0) ReadUpper(v4.Payload, ref quoted);
        }
        else if (Ipv6Packet.TryReadTruncated(bytes, out var v6, out _))
        {
            var whole = v6.TryReadUpperLayer(out var upper, out _);
            quoted.IpVersion = IpVersion.V6;
            quoted.Source = v6.Source;
            quoted.Destination = v6.Destination;
            quoted.HopLimit = v6.HopLimit;
            quoted.Protocol = upper.Protocol;
            quoted.Identification = upper.FragmentIdentification;
            quoted.TotalLength = Ipv6Packet.HeaderLength + v6.PayloadLength;
            if (whole && upper.FragmentOffset == 0) ReadUpper(upper.Bytes, ref quoted);
        }

        return quoted;
    }

    // The quote may end inside the upper layer's header, so the first octets are read as they are.
    private static void ReadUpper(ReadOnlySpan<byte> bytes, ref QuotedPacketFacts quoted)
    {
        var hasAll = bytes.Length >= UpperLength;
        switch (quoted.Protocol)
        {
            case IpProtocol.Tcp or IpProtocol.Udp when bytes.Length >= 4:
                quoted.HasPorts = true;
                quoted.SourcePort = BinaryPrimitives.ReadUInt16BigEndian(bytes);
                quoted.DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
                if (!hasAll) break;
                if (quoted.Protocol == IpProtocol.Tcp) quoted.TcpSequence = new SequenceNumber(BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]));
                else quoted.UdpLength = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
                break;
            case IpProtocol.Icmp or IpProtocol.Icmpv6 when !bytes.IsEmpty:
                quoted.IcmpType = bytes[0];
                quoted.IsEcho = hasAll && (quoted.Protocol == IpProtocol.Icmp
                    ? (IcmpType)bytes[0] is IcmpType.EchoRequest or IcmpType.EchoReply
                    : (Icmpv6Type)bytes[0] is Icmpv6Type.EchoRequest or Icmpv6Type.EchoReply);
                if (!quoted.IsEcho) break;
                quoted.EchoIdentifier = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
                quoted.EchoSequence = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]);
                break;
        }
    }
}
