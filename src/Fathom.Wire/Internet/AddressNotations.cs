using System.Globalization;

namespace Fathom.Wire.Internet;

/// <summary>
/// Reads addresses in other notations than their usual text. Programs that read names through inet_aton(3) (browsers, curl,
/// ping) accept these, so an attacker may write an address so that a filter does not see it (RFC 6943 §3.1.1).
/// </summary>
public static class AddressNotations
{
    private const int V4HexDigits = 8;
    private const int V6HexDigits = 32;

    /// <summary>Reads text in any notation.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address, or the default.</param>
    /// <param name="notation">How it was written. <see cref="AddressNotation.Octal"/>: the address is inet_aton's reading, and others read another.</param>
    /// <returns>False where the text is an address in no notation.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out IpAddress address, out AddressNotation notation)
    {
        notation = AddressNotation.Usual;
        if (IpAddress.TryParse(text, out address)) return true;
        if (TryReadBinary(text, out address))
        {
            notation = AddressNotation.Binary;
            return true;
        }

        if (TryReadNumber(text, out address, out notation)) return true;
        if (!TryReadInetAton(text, out var v4, out notation)) return false;
        address = IpAddress.FromV4(v4);
        return true;
    }

    /// <summary>
    /// Reads IPv4 text as inet_aton(3) does: one to four parts, each decimal, octal (leading 0) or hexadecimal (leading 0x); the
    /// last fills the octets that are left.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The address's 32 bits, or 0.</param>
    /// <param name="notation">Usual, inet_aton's, or octal.</param>
    public static bool TryReadInetAton(ReadOnlySpan<char> text, out uint value, out AddressNotation notation)
    {
        value = 0;
        notation = AddressNotation.Usual;
        Span<uint> parts = stackalloc uint[4];
        var count = 0;
        while (true)
        {
            if (count == parts.Length) return false;
            var dot = text.IndexOf('.');
            var part = dot < 0 ? text : text[..dot];
            if (!TryReadPart(part, out parts[count++], out var form)) return false;
            if (form > notation) notation = form;
            if (dot < 0) break;
            text = text[(dot + 1)..];
        }

        if (count < parts.Length && notation == AddressNotation.Usual) notation = AddressNotation.InetAton;
        var rest = 8 * (5 - count); // bits that the last part fills: 8 with four parts, 32 with one
        if (rest < 32 && parts[count - 1] >> rest != 0) return false;
        value = parts[count - 1];
        for (var i = 0; i < count - 1; i++)
        {
            if (parts[i] > 255) return false;
            value |= parts[i] << (24 - (8 * i));
        }

        return true;
    }

    private static bool TryReadPart(ReadOnlySpan<char> part, out uint value, out AddressNotation form)
    {
        value = 0;
        form = AddressNotation.Usual;
        if (part is ['0', 'x' or 'X', ..])
        {
            form = AddressNotation.InetAton;
            return part.Length > 2 && uint.TryParse(part[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        }

        if (part.Length < 2 || part[0] != '0') return uint.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        form = AddressNotation.Octal;
        ulong octal = 0;
        foreach (var c in part)
        {
            if (c is < '0' or > '7') return false;
            octal = (octal << 3) | (uint)(c - '0');
            if (octal > uint.MaxValue) return false;
        }

        value = (uint)octal;
        return true;
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, out IpAddress address, out AddressNotation notation)
    {
        address = default;
        notation = AddressNotation.Hexadecimal;
        if (text is ['0', 'x' or 'X', _, ..])
        {
            var digits = text[2..];
            if (digits.Length > V6HexDigits || !UInt128.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex)) return false;
            // Leading zeros tell an IPv6 address with a small number from an IPv4 one.
            address = digits.Length <= V4HexDigits ? IpAddress.FromV4((uint)hex) : IpAddress.FromV6(hex);
            return true;
        }

        notation = AddressNotation.Decimal;
        if (text.IsEmpty || (text[0] == '0' && text.Length > 1) || !UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        address = number <= uint.MaxValue ? IpAddress.FromV4((uint)number) : IpAddress.FromV6(number);
        return true;
    }

    private static bool TryReadBinary(ReadOnlySpan<char> text, out IpAddress address)
    {
        address = default;
        var isPrefixed = text is ['0', 'b' or 'B', ..];
        var digits = isPrefixed ? text[2..] : text;
        // Four octets of eight digits, with or without the dots; or 128 digits.
        if (!isPrefixed && !(digits.Length == 35 && digits[8] == '.' && digits[17] == '.' && digits[26] == '.') && digits.Length is not (32 or 128)) return false;
        UInt128 value = 0;
        var count = 0;
        foreach (var c in digits)
        {
            if (c == '.' && digits.Length == 35) continue;
            if (c is not ('0' or '1') || ++count > 128) return false;
            value = (value << 1) | (uint)(c - '0');
        }

        if (count == 0) return false;
        address = count <= 32 ? IpAddress.FromV4((uint)value) : IpAddress.FromV6(value);
        return true;
    }
}
