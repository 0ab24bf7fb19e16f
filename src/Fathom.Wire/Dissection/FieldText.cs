using System.Globalization;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection;

/// <summary>Values of fields for people, where a protocol has nothing better to say.</summary>
internal static class FieldText
{
    /// <summary>Octets of opaque bytes that are shown; a person reads no more.</summary>
    private const int ShownOctets = 32;

    internal static string Default(FieldSpec field, ReadOnlySpan<byte> header, ulong? number) => field.BitLength switch
    {
        1 => number == 1 ? "set" : "not set",
        48 => MacAddress.FromBytes(header[(field.BitOffset / 8)..]).ToString(),
        128 => IpAddress.FromBytes(header.Slice(field.BitOffset / 8, 16)).ToString(),
        _ => number?.ToString(CultureInfo.InvariantCulture) ?? Bytes(header.Slice(field.BitOffset / 8, field.BitLength / 8)),
    };

    internal static string Invariant(InvariantText text) => text.ToStringAndClear();

    internal static string Octets(ulong count) => count == 1 ? "1 octet" : Invariant($"{count} octets");

    /// <summary>At least so many hexadecimal digits behind "0x".</summary>
    internal static string Hex(ulong value, int digits)
    {
        const int BitsInDigit = 4;
        while (digits < 2 * sizeof(ulong) && value >> (BitsInDigit * digits) != 0) digits++;
        return string.Create(2 + digits, value, static (text, number) =>
        {
            text[0] = '0';
            text[1] = 'x';
            for (var at = text.Length - 1; at > 1; at--, number >>= BitsInDigit) text[at] = "0123456789abcdef"[(int)(number & 0xF)];
        });
    }

    internal static string Address4(ulong value) => IpAddress.FromV4((uint)value).ToString();

    internal static string Protocol(ulong value) => Named(((IpProtocol)value).Describe(), value);

    internal static string TypeOrLength(ulong value) => value < Link.TypeOrLength.MinType
        ? Invariant($"length {value}")
        : Invariant($"{((EtherType)value).Describe()} (0x{value:x4})");

    internal static string Ecn(ulong value) => (Ecn)value switch
    {
        Internet.Ecn.NotCapable => "not ECN-capable",
        Internet.Ecn.Capable0 => "ECN-capable, ECT(0)",
        Internet.Ecn.Capable1 => "ECN-capable, ECT(1)",
        _ => "congestion experienced",
    };

    /// <summary>A name and its number: "TCP (6)"; a name that is the number already stays as it is.</summary>
    internal static string Named(string name, ulong value)
    {
        var number = value.ToString(CultureInfo.InvariantCulture);
        return name.EndsWith(number, StringComparison.Ordinal) ? name : $"{name} ({number})";
    }

    /// <summary>A checksum and what it says; null where it cannot be checked.</summary>
    internal static string Checksum(ushort value, bool? isValid) => Hex(value, 4) + isValid switch
    {
        true => ", correct",
        false => ", incorrect",
        null => ", not checked: the packet is not whole",
    };

    internal static string Seconds(uint seconds) => seconds == uint.MaxValue ? "forever" : Invariant($"{seconds} s");

    /// <summary>Opaque bytes in hexadecimal, cut where it gets long.</summary>
    internal static string Bytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return "empty";
        var shown = bytes.Length > ShownOctets ? bytes[..ShownOctets] : bytes;
        var text = Convert.ToHexStringLower(shown);
        return shown.Length == bytes.Length ? text : Invariant($"{text}… ({bytes.Length} octets)");
    }
}
