using System.Numerics;

namespace Fathom.Wire.Internet;

/// <summary>
/// The numbers of IGMPv3 and MLDv2 that are linear while they are small and floating behind that
/// (RFC 3376 §4.1.1 and §4.1.7, RFC 3810 §5.1.3 and §5.1.9).
/// </summary>
public static class MulticastCode
{
    // 8 bits: 1, three of exponent, four of mantissa. 16 bits: 1, three of exponent, twelve of mantissa.
    private const int ShortMantissa = 4;
    private const int LongMantissa = 12;

    /// <summary>The value of eight bits: tenths of a second of IGMP's maximum response code, seconds of a querier's interval.</summary>
    /// <param name="code">The field.</param>
    public static int Decode(byte code) => Decode(code, 0x80, ShortMantissa);

    /// <summary>The value of sixteen bits: milliseconds of MLD's maximum response code.</summary>
    /// <param name="code">The field.</param>
    public static int Decode(ushort code) => Decode(code, 0x8000, LongMantissa);

    /// <summary>The eight bits whose value is the largest that is not above the wanted one.</summary>
    /// <param name="value">From 0 on; above 31,744 it is cut to that.</param>
    public static byte EncodeByte(int value) => (byte)Encode(value, 0x80, ShortMantissa);

    /// <summary>The sixteen bits whose value is the largest that is not above the wanted one.</summary>
    /// <param name="value">From 0 on; above 8,387,584 it is cut to that.</param>
    public static ushort EncodeWord(int value) => (ushort)Encode(value, 0x8000, LongMantissa);

    private static int Decode(int code, int floating, int mantissaBits)
    {
        if (code < floating) return code;
        var exponent = (code >> mantissaBits) & 7;
        var mantissa = code & ((1 << mantissaBits) - 1);
        return (mantissa | (1 << mantissaBits)) << (exponent + 3);
    }

    private static int Encode(int value, int floating, int mantissaBits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        if (value < floating) return value;
        // The mantissa's leading one, which is not written, stands at bit mantissaBits; the shift is exponent + 3.
        var exponent = BitOperations.Log2((uint)value) - mantissaBits - 3;
        if (exponent > 7) return floating | (8 << mantissaBits) - 1;
        var mantissa = (value >> (exponent + 3)) & ((1 << mantissaBits) - 1);
        return floating | (exponent << mantissaBits) | mantissa;
    }
}
