using System.Buffers.Binary;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Transport;

/// <summary>A UDP header to send (RFC 768). The length is computed when it is written.</summary>
/// <param name="SourcePort">The sender's port.</param>
/// <param name="DestinationPort">The receiver's port.</param>
public readonly record struct UdpHeader(ushort SourcePort, ushort DestinationPort) : IWireHeader
{
    /// <summary>Octets of the header: 8.</summary>
    public int Length => UdpDatagram.HeaderLength;

    /// <summary>Writes the header without a checksum in front of a payload that is already in place.</summary>
    /// <param name="destination">Exactly the datagram: 8 octets, then the payload; at most 65,535.</param>
    /// <returns>Octets of header written.</returns>
    /// <exception cref="ArgumentException">The span is shorter than the header, or longer than a datagram can be.</exception>
    public int WriteTo(Span<byte> destination)
    {
        if (destination.Length is < UdpDatagram.HeaderLength or > ushort.MaxValue)
            throw new ArgumentException("The span must hold the header and its payload, up to 65,535 octets.", nameof(destination));
        BinaryPrimitives.WriteUInt16BigEndian(destination, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], DestinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], (ushort)destination.Length);
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], 0);
        return UdpDatagram.HeaderLength;
    }

    /// <summary>Writes the header, with its checksum, in front of a payload that is already in place.</summary>
    /// <param name="destination">Exactly the datagram: 8 octets, then the payload; at most 65,535.</param>
    /// <param name="sourceAddress">The packet's source.</param>
    /// <param name="destinationAddress">The packet's final destination.</param>
    /// <returns>Octets of header written.</returns>
    public int WriteTo(Span<byte> destination, IpAddress sourceAddress, IpAddress destinationAddress)
    {
        WriteTo(destination);
        var checksum = InternetChecksum.Compute(destination, sourceAddress, destinationAddress, IpProtocol.Udp);

        // RFC 768: zero means "no checksum", so a checksum of zero is sent as its other form, all ones.
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], checksum == 0 ? (ushort)0xFFFF : checksum);
        return UdpDatagram.HeaderLength;
    }
}
