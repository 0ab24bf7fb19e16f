using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>An IPv6 header to send (RFC 8200 §3). The payload length is computed when it is written.</summary>
public readonly record struct Ipv6Header : IWireHeader
{
    /// <summary>Octets that fit behind the fixed header: the payload length has 16 bits.</summary>
    public const int MaxPayloadLength = 65535;

    /// <summary>Differentiated services code point, 0 to 63.</summary>
    public byte Dscp { get; init; }

    /// <summary>Explicit congestion notification.</summary>
    public Ecn Ecn { get; init; }

    /// <summary>Flow label, 20 bits; 0 for none.</summary>
    public uint FlowLabel { get; init; }

    /// <summary>What follows: an extension header or the upper layer.</summary>
    public required IpProtocol NextHeader { get; init; }

    /// <summary>Routers that may forward the packet.</summary>
    public required byte HopLimit { get; init; }

    /// <summary>The sender, IPv6.</summary>
    public required IpAddress Source { get; init; }

    /// <summary>The receiver, IPv6.</summary>
    public required IpAddress Destination { get; init; }

    /// <summary>Octets of the header: 40.</summary>
    public int Length => Ipv6Packet.HeaderLength;

    /// <summary>Writes the header in front of a payload that is already in place.</summary>
    /// <param name="destination">Exactly the packet: 40 octets, then extension headers and payload, at most 65,535.</param>
    /// <returns>Octets of header written.</returns>
    /// <exception cref="ArgumentException">The span is shorter than the header, or longer than a packet can be.</exception>
    /// <exception cref="InvalidOperationException">A value does not fit its field.</exception>
    public int WriteTo(Span<byte> destination)
    {
        var payloadLength = destination.Length - Ipv6Packet.HeaderLength;
        if (payloadLength is < 0 or > MaxPayloadLength)
            throw new ArgumentException("The span must hold the header and a payload of up to 65,535 octets.", nameof(destination));
        if (Dscp > 63 || (byte)Ecn > 3 || FlowLabel > 0xF_FFFF)
            throw new InvalidOperationException("A DSCP has 6 bits, ECN has 2, a flow label 20.");
        if (!Source.IsV6 || !Destination.IsV6) throw new InvalidOperationException("An IPv6 header has IPv6 addresses.");

        var trafficClass = (uint)((Dscp << 2) | (byte)Ecn);
        BinaryPrimitives.WriteUInt32BigEndian(destination, 0x6000_0000 | (trafficClass << 20) | FlowLabel);
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], (ushort)payloadLength);
        destination[6] = (byte)NextHeader;
        destination[7] = HopLimit;
        Source.WriteTo(destination[8..]);
        Destination.WriteTo(destination[24..]);
        return Ipv6Packet.HeaderLength;
    }
}
