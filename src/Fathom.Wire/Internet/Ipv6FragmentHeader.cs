using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>An IPv6 fragment header to send (RFC 8200 §4.5).</summary>
/// <param name="NextHeader">What the fragmentable part begins with.</param>
/// <param name="FragmentOffset">Where the piece belongs, in octets: a multiple of 8, up to 65,528.</param>
/// <param name="MoreFragments">Fragments of the same packet follow.</param>
/// <param name="Identification">Ties fragments together.</param>
public readonly record struct Ipv6FragmentHeader(IpProtocol NextHeader, int FragmentOffset, bool MoreFragments, uint Identification)
    : IWireHeader
{
    /// <summary>Octets that <see cref="WriteTo"/> writes: 8.</summary>
    public int Length => Ipv6Fragment.HeaderLength;

    /// <summary>Writes the header.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets written.</returns>
    /// <exception cref="InvalidOperationException">The offset does not fit its field.</exception>
    public int WriteTo(Span<byte> destination)
    {
        if (FragmentOffset is < 0 or > 65528 || FragmentOffset % 8 != 0)
            throw new InvalidOperationException("A fragment offset is a multiple of 8, up to 65,528.");
        destination[0] = (byte)NextHeader;
        destination[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)(FragmentOffset | (MoreFragments ? 1 : 0)));
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], Identification);
        return Ipv6Fragment.HeaderLength;
    }
}
