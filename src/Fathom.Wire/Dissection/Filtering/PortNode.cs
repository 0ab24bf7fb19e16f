using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection.Filtering;

/// <summary>"port" and "portrange" of TCP, UDP and SCTP. Fragments behind the first have no ports.</summary>
/// <param name="First">The lowest port meant.</param>
/// <param name="Last">The highest.</param>
/// <param name="Direction">Which end.</param>
/// <param name="Type">What the frame must carry, or null for IPv4 or IPv6.</param>
/// <param name="Protocol">The transport, or null for any of the three.</param>
internal sealed record PortNode(ushort First, ushort Last, FilterDirection Direction, EtherType? Type, IpProtocol? Protocol) : FilterNode
{
    private const int V6HeaderLength = 40;
    private const int OffsetMask = 0x1FFF; // RFC 791 §3.1

    internal override bool Evaluate(ref FilterPacket packet)
    {
        if (Type is { } type && packet.Type != type) return false;
        int at;
        switch (packet.Type)
        {
            case EtherType.Ipv4:
                if (!IsMeant(packet.Octet(9)) || (packet.Word(6) & OffsetMask) != 0) return false;
                at = 4 * (packet.Octet(0) & 0x0F);
                break;
            case EtherType.Ipv6:
                if (!IsMeant(packet.Octet(6))) return false;
                at = V6HeaderLength;
                break;
            default:
                return false;
        }

        return Direction switch
        {
            FilterDirection.Source => IsWithin(packet.Word(at)),
            FilterDirection.Destination => IsWithin(packet.Word(at + 2)),
            FilterDirection.Both => IsWithin(packet.Word(at)) && IsWithin(packet.Word(at + 2)),
            _ => IsWithin(packet.Word(at)) || IsWithin(packet.Word(at + 2)),
        };
    }

    private bool IsMeant(byte protocol) => Protocol is { } only
        ? protocol == (byte)only
        : (IpProtocol)protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp;

    private bool IsWithin(ushort port) => port >= First && port <= Last;
}
