using System.Buffers.Binary;

namespace Fathom.Wire.Link;

/// <summary>A SNAP header to send, behind <see cref="LlcHeader.Snap"/> (RFC 1042).</summary>
/// <param name="Type">What follows.</param>
/// <param name="Organization">Whose number the type is: 24 bits of an OUI; zero for an EtherType.</param>
public readonly record struct SnapHeader(EtherType Type, uint Organization = 0) : IWireHeader
{
    /// <summary>Octets that <see cref="WriteTo"/> writes: 5.</summary>
    public int Length => SnapFrame.HeaderLength;

    /// <summary>Writes the header.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets written.</returns>
    /// <exception cref="InvalidOperationException">The organization has more than 24 bits.</exception>
    public int WriteTo(Span<byte> destination)
    {
        if (Organization > 0xFF_FFFF) throw new InvalidOperationException("An organization has 24 bits.");
        destination[0] = (byte)(Organization >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(destination[1..], (ushort)Organization);
        BinaryPrimitives.WriteUInt16BigEndian(destination[3..], (ushort)Type);
        return SnapFrame.HeaderLength;
    }
}
