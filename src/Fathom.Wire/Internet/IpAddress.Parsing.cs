using System.Globalization;

namespace Fathom.Wire.Internet;

public readonly partial record struct IpAddress
{
    /// <summary>
    /// Parses strict text: four decimal octets without leading zeros (so that no octal reading exists,
    /// RFC 6943 §3.1.1), or the forms of RFC 4291 §2.2. No brackets; a zone only as a number
    /// without leading zeros, "fe80::1%2".
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address, or the default.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out IpAddress address)
    {
        address = default;
        if (!text.Contains(':'))
        {
            if (!TryParseV4(text, out var v4)) return false;
            address = FromV4(v4);
            return true;
        }

        uint zone = 0;
        var percent = text.IndexOf('%');
        if (percent >= 0)
        {
            var digits = text[(percent + 1)..];
            if (!uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out zone) || digits[0] == '0') return false;
            text = text[..percent];
        }

        if (!TryParseV6(text, out var v6)) return false;
        address = FromV6(v6, zone);
        return true;
    }

    /// <summary>Parses as <see cref="TryParse(ReadOnlySpan{char}, out IpAddress)"/> does, and says why text was refused.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address, or the default.</param>
    /// <param name="error">The first fault and its place, or the default.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out IpAddress address, out AddressError error)
    {
        error = default;
        if (TryParse(text, out address)) return true;
        error = IpAddressFault.Find(text);
        return false;
    }

    /// <summary>Parses as <see cref="TryParse(ReadOnlySpan{char}, out IpAddress)"/> does.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is not an address.</exception>
    public static IpAddress Parse(ReadOnlySpan<char> text)
        => TryParse(text, out var address) ? address : throw new FormatException($"Not an IP address: '{text}'.");

    private static bool TryParseV4(ReadOnlySpan<char> text, out uint value)
    {
        value = 0;
        if (text.Length is < 7 or > 15) return false;
        for (var part = 0; part < 4; part++)
        {
            var end = part < 3 ? text.IndexOf('.') : text.Length;
            if (end is < 1 or > 3) return false;
            var octet = 0;
            foreach (var c in text[..end])
            {
                if (!char.IsAsciiDigit(c)) return false;
                octet = (octet * 10) + (c - '0');
            }

            if (octet > 255 || (end > 1 && text[0] == '0')) return false;
            value = (value << 8) | (uint)octet;
            text = part < 3 ? text[(end + 1)..] : default;
        }

        return true;
    }

    private static bool TryParseV6(ReadOnlySpan<char> text, out UInt128 value)
    {
        value = 0;
        var gap = text.IndexOf("::");
        if (gap >= 0)
        {
            var tail = text[(gap + 2)..];
            if (tail.IndexOf("::") >= 0) return false;
            if (!TryParseGroups(text[..gap], false, out var head, out var headGroups)) return false;
            if (!TryParseGroups(tail, true, out var low, out var tailGroups)) return false;
            if (headGroups + tailGroups > 7) return false; // "::" stands for at least one group
            value = headGroups == 0 ? low : (head << (16 * (8 - headGroups))) | low;
            return true;
        }

        return TryParseGroups(text, true, out value, out var groups) && groups == 8;
    }

    private static bool TryParseGroups(ReadOnlySpan<char> text, bool mayEndInV4, out UInt128 value, out int groups)
    {
        value = 0;
        groups = 0;
        if (text.IsEmpty) return true;
        while (true)
        {
            var colon = text.IndexOf(':');
            var group = colon < 0 ? text : text[..colon];
            if (colon < 0 && mayEndInV4 && group.Contains('.'))
            {
                if (!TryParseV4(group, out var v4)) return false;
                value = (value << 32) | v4;
                groups += 2;
                return groups <= 8;
            }

            if (group.Length is < 1 or > 4) return false;
            uint number = 0;
            foreach (var c in group)
            {
                if (!char.IsAsciiHexDigit(c)) return false;
                number = (number << 4) | (uint)(char.IsAsciiDigit(c) ? c - (int)'0' : (c | 0x20) - 'a' + 10);
            }

            value = (value << 16) | number;
            if (++groups > 8) return false;
            if (colon < 0) return true;
            text = text[(colon + 1)..];
        }
    }
}
