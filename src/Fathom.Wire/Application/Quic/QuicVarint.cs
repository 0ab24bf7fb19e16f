using System.Buffers.Binary;

namespace Fathom.Wire.Application.Quic;

/// <summary>Integers of variable length (RFC 9000 §16): the first two bits say how many octets.</summary>
public static class QuicVarint
{
    /// <summary>Reads one.</summary>
    /// <param name="bytes">From its first octet on.</param>
    /// <param name="value">0 to 2^62 - 1.</param>
    /// <param name="length">Octets that it takes: 1, 2, 4 or 8.</param>
    /// <returns>False where it is not whole.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ulong value, out int length)
    {
        value = 0;
        length = bytes.IsEmpty ? 1 : 1 << (bytes[0] >> 6);
        if (bytes.Length < length) return false;
        value = length switch
        {
            1 => bytes[0] & 0x3Fu,
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes) & 0x3FFFu,
            4 => BinaryPrimitives.ReadUInt32BigEndian(bytes) & 0x3FFF_FFFFu,
            _ => BinaryPrimitives.ReadUInt64BigEndian(bytes) & 0x3FFF_FFFF_FFFF_FFFFu,
        };
        return true;
    }
}
