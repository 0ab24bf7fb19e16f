namespace Fathom.Wire.Application.Urls;

/// <summary>
/// The IPv4 parser of the URL Standard (§3.5): it takes what inet_aton takes, parts in octal and hexadecimal, and fewer than four of them. Whoever wants one meaning
/// only reads with <see cref="Internet.IpAddress"/>.
/// </summary>
internal static class UrlV4Address
{
    /// <summary>The most notes that <see cref="Parse"/> makes.</summary>
    public const int MaximumNotes = 4;

    // Greater than any part that can be accepted; keeps long numbers from overflowing.
    private const long TooLarge = 1L << 32;

    /// <summary>The last label is a number, so that the host can be nothing but an IPv4 address.</summary>
    public static bool EndsInNumber(ReadOnlySpan<char> host)
    {
        if (host.EndsWith(".")) host = host[..^1];
        var last = host[(host.LastIndexOf('.') + 1)..];
        if (last.IsEmpty || !char.IsAsciiDigit(last[0])) return false;
        return UrlInput.NonDigit(last) < 0 || TryNumber(last, out _, out _);
    }

    /// <summary>Parses.</summary>
    /// <param name="host">ASCII.</param>
    /// <param name="address">The address.</param>
    /// <param name="notes">What was wrong but read over.</param>
    /// <param name="noted">How many notes there are.</param>
    /// <returns>Why it is none, or <see cref="UrlErrorKind.None"/>.</returns>
    public static UrlErrorKind Parse(ReadOnlySpan<char> host, out uint address, Span<UrlErrorKind> notes, out int noted)
    {
        (address, noted) = (0, 0);
        if (host.EndsWith("."))
        {
            notes[noted++] = UrlErrorKind.V4EmptyPart;
            host = host[..^1];
        }

        var count = 1;
        foreach (var c in host) count += c == '.' ? 1 : 0;
        if (count > 4) return UrlErrorKind.V4TooManyParts;
        if (count < 4) notes[noted++] = UrlErrorKind.V4TooFewParts;
        Span<long> numbers = stackalloc long[4];
        var (isOther, isLarge) = (false, false);
        for (var i = 0; i < count; i++)
        {
            var dot = host.IndexOf('.');
            if (!TryNumber(dot < 0 ? host : host[..dot], out numbers[i], out var isNotDecimal)) return UrlErrorKind.V4NonNumericPart;
            host = host[(dot + 1)..];
            isOther |= isNotDecimal;
            isLarge |= numbers[i] > 255;
        }

        if (isOther) notes[noted++] = UrlErrorKind.V4NonDecimalPart;
        for (var i = 0; i < count - 1; i++)
        {
            if (numbers[i] > 255) return UrlErrorKind.V4OutOfRangePart;
            address |= (uint)numbers[i] << (24 - (8 * i));
        }

        // The last part fills all octets that are left.
        if (numbers[count - 1] >= 1L << (8 * (5 - count))) return UrlErrorKind.V4OutOfRangePart;
        if (isLarge) notes[noted++] = UrlErrorKind.V4OutOfRangePart;
        address |= (uint)numbers[count - 1];
        return UrlErrorKind.None;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long number, out bool isNotDecimal)
    {
        (number, isNotDecimal) = (0, false);
        if (text.IsEmpty) return false;
        var radix = 10;
        if (text.Length >= 2 && text[0] == '0')
        {
            isNotDecimal = true;
            var isHexadecimal = (text[1] | 0x20) == 'x';
            radix = isHexadecimal ? 16 : 8;
            text = isHexadecimal ? text[2..] : text[1..];
        }

        foreach (var c in text)
        {
            var digit = char.IsAsciiHexDigit(c) ? PercentEncoding.HexValue(c) : int.MaxValue;
            if (digit >= radix) return false;
            number = Math.Min((number * radix) + digit, TooLarge);
        }

        return true;
    }
}
