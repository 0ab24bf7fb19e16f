using System.Buffers.Binary;

namespace Fathom.Wire.Dissection;

/// <summary>Reads bit ranges as <see cref="FieldSpec"/> names them.</summary>
internal static class BitField
{
    /// <summary>Bits of the longest number.</summary>
    internal const int Longest = 64;

    /// <summary>Reads up to 64 bits as a number, the first bit the most significant.</summary>
    /// <param name="bytes">The header.</param>
    /// <param name="bitOffset">The first bit.</param>
    /// <param name="bitLength">1 to 64; the range must lie inside the bytes.</param>
    internal static ulong Read(ReadOnlySpan<byte> bytes, int bitOffset, int bitLength)
    {
        var first = bitOffset / 8;
        var last = (bitOffset + bitLength - 1) / 8;
        var unused = (8 * (last + 1)) - (bitOffset + bitLength);
        // Most fields lie within one octet, or are two or four.
        switch (last - first)
        {
            case 0: return ((ulong)bytes[first] >> unused) & ((1UL << bitLength) - 1);
            case 1: return ((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes[first..]) >> unused) & ((1UL << bitLength) - 1);
            case 3: return ((ulong)BinaryPrimitives.ReadUInt32BigEndian(bytes[first..]) >> unused) & ((1UL << bitLength) - 1);
        }

        // Up to eight octets, nearly all fields, the number fits 64 bits on the way, too.
        if (last - first < sizeof(ulong))
        {
            ulong number = 0;
            for (var i = first; i <= last; i++) number = (number << 8) | bytes[i];
            return bitLength == 64 ? number : (number >> unused) & ((1UL << bitLength) - 1);
        }

        UInt128 value = 0;
        for (var i = first; i <= last; i++) value = (value << 8) | bytes[i];
        return (ulong)((value >> unused) & ((UInt128.One << bitLength) - 1));
    }
}
