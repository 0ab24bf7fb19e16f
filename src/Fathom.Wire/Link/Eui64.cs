namespace Fathom.Wire.Link;

/// <summary>64-bit identifiers made of 48-bit ones (IEEE guidelines for EUI-64; the form that IPv6 uses, RFC 4291 appendix A).</summary>
public static class Eui64
{
    private const ulong Middle = 0xFFFE;

    /// <summary>ff-fe put between the two halves of a MAC address; no bit is inverted.</summary>
    /// <param name="mac">The MAC address.</param>
    public static ulong FromMac(MacAddress mac) => (mac.Value >> 24 << 40) | (Middle << 24) | (mac.Value & 0xFF_FFFF);

    /// <summary>The MAC address in an identifier made so.</summary>
    /// <param name="value">The 64 bits.</param>
    /// <param name="mac">The MAC address, or the default where ff-fe does not stand in the middle.</param>
    public static bool TryGetMac(ulong value, out MacAddress mac)
    {
        mac = default;
        if (((value >> 24) & 0xFFFF) != Middle) return false;
        mac = MacAddress.FromValue((value >> 40 << 24) | (value & 0xFF_FFFF));
        return true;
    }

    /// <summary>Reads an identifier: eight groups of two hexadecimal digits with colons or hyphens, four of four with dots or colons (as in an IPv6 address), or 16 digits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The 64 bits, or 0.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        var at = text.IndexOfAny(":-.");
        var (separator, size) = at switch { 2 when text[2] != '.' => (text[2], 2), 4 when text[4] != '-' => (text[4], 4), -1 => ('\0', 16), _ => ('\0', 0) };
        var groups = size == 0 ? 0 : 16 / size;
        if (groups == 0 || text.Length != 16 + groups - 1) return false;
        for (var i = 0; i < text.Length; i++)
        {
            var isBetween = i % (size + 1) == size;
            if (isBetween ? text[i] != separator : !char.IsAsciiHexDigit(text[i])) return false;
            if (!isBetween) value = (value << 4) | (uint)Convert.ToInt32(text[i].ToString(), 16);
        }

        return true;
    }

    /// <summary>Eight groups of two lower-case hexadecimal digits.</summary>
    /// <param name="value">The 64 bits.</param>
    public static string ToText(ulong value) => string.Join(':', Enumerable.Range(0, 8).Select(i => ((byte)(value >> (56 - (8 * i)))).ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
}
