using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection;

/// <summary>Values of fields for people, where a protocol has nothing better to say.</summary>
internal static class FieldText
{
    /// <summary>Octets of opaque bytes that are shown; a person reads no more.</summary>
    private const int ShownOctets = 32;

    private const int ChecksumDigits = 4;

    private static readonly FieldForm CorrectChecksum = new FieldForm.Hex(ChecksumDigits, ", correct");
    private static readonly FieldForm IncorrectChecksum = new FieldForm.Hex(ChecksumDigits, ", incorrect");
    private static readonly FieldForm UncheckedChecksum = new FieldForm.Hex(ChecksumDigits, ", not checked: the packet is not whole");

    internal static FieldWords OfNumber(ulong number, int bitLength) => bitLength switch
    {
        1 => FieldWords.Of(FieldForm.Flag, number),
        48 => FieldWords.Of(FieldForm.Mac, number),
        _ => Number(number),
    };

    /// <summary>A field that has more bits than a number: an address or opaque bytes.</summary>
    internal static FieldWords OfBytes(FieldSpec field, ReadOnlySpan<byte> header) => field.BitLength == 128
        ? FieldWords.Of(IpAddress.FromBytes(header.Slice(field.BitOffset / 8, 16)))
        : Bytes(header.Slice(field.BitOffset / 8, field.BitLength / 8));

    internal static string Invariant(InvariantText text) => text.ToStringAndClear();

    internal static FieldWords Number(ulong value) => FieldWords.Of(FieldForm.Number, value);

    internal static FieldWords Octets(ulong count) => FieldWords.Of(FieldForm.Octets, count);

    /// <summary>At least so many hexadecimal digits behind "0x".</summary>
    internal static FieldWords Hex(ulong value, int digits) => FieldWords.Of(FieldForm.Hex.Of(digits), value);

    internal static FieldWords Address4(ulong value) => FieldWords.Of(FieldForm.Address4, (uint)value);

    internal static FieldWords Protocol(ulong value) => Named(((IpProtocol)value).Describe(), value);

    internal static FieldWords TypeOrLength(ulong value) => value < Link.TypeOrLength.MinType
        ? FieldWords.Of(FieldForm.Length, value)
        : FieldWords.Of(FieldForm.Named.Of(((EtherType)value).Describe(), 4), value);

    internal static string Ecn(ulong value) => (Ecn)value switch
    {
        Internet.Ecn.NotCapable => "not ECN-capable",
        Internet.Ecn.Capable0 => "ECN-capable, ECT(0)",
        Internet.Ecn.Capable1 => "ECN-capable, ECT(1)",
        _ => "congestion experienced",
    };

    /// <summary>A name and its number: "TCP (6)"; a name that is the number already stays as it is.</summary>
    internal static FieldWords Named(string name, ulong value) => FieldWords.Of(FieldForm.Named.Of(name), value);

    /// <summary>A checksum and what it says; null where it cannot be checked.</summary>
    internal static FieldWords Checksum(ushort value, bool? isValid) => FieldWords.Of(
        isValid switch
        {
            true => CorrectChecksum,
            false => IncorrectChecksum,
            null => UncheckedChecksum,
        },
        value);

    internal static FieldWords Seconds(uint seconds) => seconds == uint.MaxValue ? "forever" : FieldWords.Of(FieldForm.Seconds, seconds);

    /// <summary>Opaque bytes in hexadecimal, cut where it gets long.</summary>
    internal static string Bytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return "empty";
        var shown = bytes.Length > ShownOctets ? bytes[..ShownOctets] : bytes;
        var text = Convert.ToHexStringLower(shown);
        return shown.Length == bytes.Length ? text : Invariant($"{text}… ({bytes.Length} octets)");
    }
}
