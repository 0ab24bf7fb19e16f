using System.Globalization;

namespace Fathom.Wire.Link;

/// <summary>
/// MAC addresses in all notations that equipment shows. <see cref="MacAddress.TryParse"/> takes the two standard ones only.
/// </summary>
public static class MacAddressText
{
    private const int Digits = 12;

    /// <summary>Parses an address, or the first digits of one, in any notation.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address, missing digits being zero; or the default.</param>
    /// <param name="digits">Hexadecimal digits that were there: 12 for an address; 6, 7 or 9 for an assignment of the IEEE.</param>
    /// <param name="notation">How it was written.</param>
    /// <param name="error">The first fault and its place, or the default.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out MacAddress address, out int digits, out MacNotation notation, out AddressError error)
    {
        address = default;
        digits = 0;
        notation = NotationOf(text);
        error = default;
        if (text.IsEmpty)
        {
            error = new AddressError(AddressErrorKind.Empty, 0, "no MAC address was given");
            return false;
        }

        var (separator, size) = notation switch { MacNotation.Colon => (':', 2), MacNotation.Hyphen => ('-', 2), MacNotation.Dot => ('.', 4), _ => ('\0', Digits) };
        ulong value = 0;
        var inGroup = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == separator)
            {
                if (inGroup == 0) error = new AddressError(AddressErrorKind.EmptyPart, i, "nothing stands between two separators");
                else if (inGroup < size) error = new AddressError(AddressErrorKind.TooFewParts, i, size == 2 ? "each group has two hexadecimal digits" : "each group has four hexadecimal digits");
                else if (i == text.Length - 1) error = new AddressError(AddressErrorKind.EmptyPart, i, "nothing follows the last separator");
                inGroup = 0;
            }
            else if (!char.IsAsciiHexDigit(c))
            {
                error = new AddressError(AddressErrorKind.IllegalCharacter, i, c is ':' or '-' or '.' ? "two kinds of separators are mixed" : "not a hexadecimal digit");
            }
            else if (inGroup == size || digits == Digits)
            {
                error = new AddressError(AddressErrorKind.TooManyParts, i, digits == Digits ? "a MAC address has 12 hexadecimal digits (an EUI-64 has 16), and here are more" : "a group is too long");
            }
            else
            {
                value = (value << 4) | (uint)Convert.ToInt32(c.ToString(), 16);
                inGroup++;
                digits++;
            }

            if (error.IsError) return false;
        }

        if (digits is not (Digits or 6 or 7 or 9))
        {
            error = new AddressError(AddressErrorKind.TooFewParts, text.Length, string.Create(CultureInfo.InvariantCulture, $"a MAC address has 12 hexadecimal digits (its assignment 6, 7 or 9), and here are {digits}"));
            return false;
        }

        address = MacAddress.FromValue(value << (4 * (Digits - digits)));
        return true;
    }

    /// <summary>The text in a notation.</summary>
    /// <param name="address">The address.</param>
    /// <param name="notation">The notation.</param>
    public static string ToText(this MacAddress address, MacNotation notation)
    {
        var hex = address.Value.ToString("x12", CultureInfo.InvariantCulture);
        return notation switch
        {
            MacNotation.Colon => address.ToString(),
            MacNotation.Hyphen => address.ToString().Replace(':', '-').ToUpperInvariant(),
            MacNotation.Dot => $"{hex[..4]}.{hex[4..8]}.{hex[8..]}",
            _ => hex,
        };
    }

    private static MacNotation NotationOf(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAny(":-.");
        return at < 0 ? MacNotation.Bare : text[at] switch { ':' => MacNotation.Colon, '-' => MacNotation.Hyphen, _ => MacNotation.Dot };
    }
}
