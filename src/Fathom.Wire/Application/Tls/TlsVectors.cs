using System.Buffers.Binary;

namespace Fathom.Wire.Application.Tls;

/// <summary>Takes vectors with a length in front (RFC 8446 §3.4) off the start of octets.</summary>
internal static class TlsVectors
{
    /// <summary>Takes one vector.</summary>
    /// <param name="from">The octets; what is taken is cut off.</param>
    /// <param name="lengthOctets">Octets of the length: 1, 2 or 3.</param>
    /// <param name="taken">The content, without the length.</param>
    /// <returns>False, and nothing is cut off, where the vector is not whole.</returns>
    internal static bool TryTake(scoped ref ReadOnlySpan<byte> from, int lengthOctets, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (from.Length < lengthOctets) return false;
        var length = ReadLength(from, lengthOctets);
        if (from.Length - lengthOctets < length) return false;
        taken = from.Slice(lengthOctets, length);
        from = from[(lengthOctets + length)..];
        return true;
    }

    /// <summary>Takes one number of 16 bits.</summary>
    internal static bool TryTake16(scoped ref ReadOnlySpan<byte> from, out ushort number)
    {
        number = 0;
        if (from.Length < 2) return false;
        number = BinaryPrimitives.ReadUInt16BigEndian(from);
        from = from[2..];
        return true;
    }

    internal static int ReadLength(ReadOnlySpan<byte> from, int lengthOctets) => lengthOctets switch
    {
        1 => from[0],
        2 => BinaryPrimitives.ReadUInt16BigEndian(from),
        _ => (from[0] << 16) | (from[1] << 8) | from[2],
    };
}
