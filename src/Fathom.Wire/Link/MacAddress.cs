using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Fathom.Wire.Link;

/// <summary>A 48-bit IEEE 802 MAC address (EUI-48). The default value is 00:00:00:00:00:00.</summary>
public readonly record struct MacAddress : IComparable<MacAddress>, ISpanFormattable
{
    private readonly ulong _value;

    private MacAddress(ulong value) => _value = value;

    /// <summary>Octets in an address.</summary>
    public const int Length = 6;

    /// <summary>The broadcast address ff:ff:ff:ff:ff:ff.</summary>
    public static MacAddress Broadcast { get; } = new(0xFFFF_FFFF_FFFF);

    /// <summary>The address as a number: the first octet on the wire is the most significant.</summary>
    public ulong Value => _value;

    /// <summary>I/G bit (IEEE 802 §8.2): the address is a group, multicast or broadcast.</summary>
    public bool IsGroup => (_value & 0x0100_0000_0000) != 0;

    /// <summary>U/L bit (IEEE 802 §8.2): the address is locally administered.</summary>
    public bool IsLocal => (_value & 0x0200_0000_0000) != 0;

    /// <summary>Makes the address from its 48 bits.</summary>
    /// <param name="value">The value; bits above the 48th must be zero.</param>
    public static MacAddress FromValue(ulong value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 0xFFFF_FFFF_FFFFul);
        return new MacAddress(value);
    }

    /// <summary>Reads the first six octets, in network order.</summary>
    /// <param name="bytes">At least six octets.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MacAddress FromBytes(ReadOnlySpan<byte> bytes)
        => new(((ulong)BinaryPrimitives.ReadUInt32BigEndian(bytes) << 16) | BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]));

    /// <summary>Writes the six octets, in network order.</summary>
    /// <param name="destination">At least six octets.</param>
    public void WriteTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], (ushort)_value);
        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)(_value >> 16));
    }

    /// <summary>Parses six groups of two hexadecimal digits, separated by ':' or '-' throughout.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address, or the default.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out MacAddress address)
    {
        address = default;
        if (text.Length != 17) return false;
        var separator = text[2];
        if (separator is not (':' or '-')) return false;
        ulong value = 0;
        for (var i = 0; i < Length; i++)
        {
            if (i > 0 && text[(3 * i) - 1] != separator) return false;
            if (!byte.TryParse(text.Slice(3 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet)) return false;
            value = (value << 8) | octet;
        }

        address = new MacAddress(value);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(MacAddress other) => _value.CompareTo(other._value);

    /// <summary>Compares by numeric value.</summary>
    public static bool operator <(MacAddress left, MacAddress right) => left._value < right._value;

    /// <summary>Compares by numeric value.</summary>
    public static bool operator >(MacAddress left, MacAddress right) => left._value > right._value;

    /// <summary>Compares by numeric value.</summary>
    public static bool operator <=(MacAddress left, MacAddress right) => left._value <= right._value;

    /// <summary>Compares by numeric value.</summary>
    public static bool operator >=(MacAddress left, MacAddress right) => left._value >= right._value;

    /// <summary>Six groups of two lower-case hexadecimal digits: "02:00:00:00:00:0a".</summary>
    public override string ToString() => string.Create(TextLength, this, static (span, address) => address.TryFormat(span, out _, default, null));

    /// <inheritdoc cref="ToString()"/>
    /// <param name="format">Has no meaning here.</param>
    /// <param name="formatProvider">Has no meaning here: the text is the same in every culture.</param>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>Writes the text of <see cref="ToString()"/>, and allocates nothing.</summary>
    /// <param name="destination">Takes the text.</param>
    /// <param name="charsWritten">Characters written; 0 where the answer is false.</param>
    /// <param name="format">Has no meaning here.</param>
    /// <param name="provider">Has no meaning here.</param>
    /// <returns>False if there is no room.</returns>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        charsWritten = destination.Length < TextLength ? 0 : TextLength;
        if (charsWritten == 0) return false;
        for (var i = 0; i < Length; i++)
        {
            var octet = (int)(_value >> (40 - (8 * i))) & 0xFF;
            destination[3 * i] = "0123456789abcdef"[octet >> 4];
            destination[(3 * i) + 1] = "0123456789abcdef"[octet & 0xF];
            if (i < Length - 1) destination[(3 * i) + 2] = ':';
        }

        return true;
    }

    private const int TextLength = 17;
}
