using System.Buffers.Binary;

namespace Fathom.Wire.Link;

/// <summary>An Ethernet II header to send.</summary>
/// <param name="Destination">The receiver.</param>
/// <param name="Source">The sender.</param>
/// <param name="EtherType">What follows.</param>
public readonly record struct EthernetHeader(MacAddress Destination, MacAddress Source, EtherType EtherType)
    : IWireHeader
{
    /// <summary>Octets that <see cref="WriteTo"/> writes: 14.</summary>
    public int Length => EthernetFrame.HeaderLength;

    /// <summary>Writes the header.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets written.</returns>
    public int WriteTo(Span<byte> destination)
    {
        Destination.WriteTo(destination);
        Source.WriteTo(destination[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(destination[12..], (ushort)EtherType);
        return EthernetFrame.HeaderLength;
    }
}
