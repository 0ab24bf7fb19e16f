namespace Fathom.Wire.Application.Urls;

/// <summary>The IPv6 parser and serializer of the URL Standard (§3.5, §3.6). Zones are left out on purpose there; an IPv4 tail is read and never written.</summary>
internal static class UrlV6Address
{
    /// <summary>Parses the text between the brackets.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pieces">Eight pieces of 16 bits.</param>
    /// <param name="at">Where it failed.</param>
    /// <param name="hasLeadingZero">A piece begins with a zero that it does not need.</param>
    /// <returns>Why it is no address, or <see cref="UrlErrorKind.None"/>.</returns>
    public static UrlErrorKind Parse(ReadOnlySpan<char> text, Span<ushort> pieces, out int at, out bool hasLeadingZero)
    {
        pieces.Clear();
        (at, hasLeadingZero) = (0, false);
        var (index, compress) = (0, -1);
        if (At(text, 0) == ':')
        {
            if (At(text, 1) != ':') return UrlErrorKind.V6InvalidCompression;
            at = 2;
            compress = ++index;
        }

        while (at < text.Length)
        {
            if (index == 8) return UrlErrorKind.V6TooManyPieces;
            if (text[at] == ':')
            {
                if (compress >= 0) return UrlErrorKind.V6MultipleCompression;
                at++;
                compress = ++index;
                continue;
            }

            var (value, length) = (0, 0);
            for (; length < 4 && char.IsAsciiHexDigit(At(text, at)); length++) value = (value << 4) | PercentEncoding.HexValue(text[at++]);
            if (At(text, at) == '.')
            {
                if (length == 0) return UrlErrorKind.V4InV6InvalidCodePoint;
                at -= length;
                if (index > 6) return UrlErrorKind.V4InV6TooManyPieces;
                if (ParseV4Tail(text, pieces, ref at, ref index) is not UrlErrorKind.None and var failure) return failure;
                break;
            }

            if (At(text, at) == ':')
            {
                if (++at == text.Length) return UrlErrorKind.V6InvalidCodePoint;
            }
            else if (at < text.Length)
            {
                return UrlErrorKind.V6InvalidCodePoint;
            }

            hasLeadingZero |= length > 1 && value < 1 << (4 * (length - 1));
            pieces[index++] = (ushort)value;
        }

        if (compress < 0) return index == 8 ? UrlErrorKind.None : UrlErrorKind.V6TooFewPieces;
        // What follows "::" moves to the end.
        var moved = pieces[compress..index];
        var target = pieces[(8 - moved.Length)..];
        moved.CopyTo(target);
        pieces[compress..(8 - moved.Length)].Clear();
        return UrlErrorKind.None;
    }

    /// <summary>Writes an address in its brackets: lower case, the first longest run of two or more zeros as "::" (RFC 5952).</summary>
    public static void Write(scoped ReadOnlySpan<ushort> pieces, scoped ref UrlBuffer output)
    {
        var (start, length) = (-1, 1);
        for (var i = 0; i < 8; i++)
        {
            var run = 0;
            while (i + run < 8 && pieces[i + run] == 0) run++;
            if (run > length) (start, length) = (i, run);
            i += run;
        }

        Span<char> text = stackalloc char[4];
        output.Append('[');
        for (var i = 0; i < 8; i++)
        {
            if (i == start)
            {
                output.Append(i == 0 ? "::" : ":");
                i += length - 1;
                continue;
            }

            pieces[i].TryFormat(text, out var written, "x", System.Globalization.CultureInfo.InvariantCulture);
            output.Append(text[..written]);
            if (i < 7) output.Append(':');
        }

        output.Append(']');
    }

    private static UrlErrorKind ParseV4Tail(ReadOnlySpan<char> text, Span<ushort> pieces, ref int at, ref int index)
    {
        var seen = 0;
        while (at < text.Length)
        {
            if (seen > 0)
            {
                if (text[at] != '.' || seen >= 4) return UrlErrorKind.V4InV6InvalidCodePoint;
                at++;
            }

            if (!char.IsAsciiDigit(At(text, at))) return UrlErrorKind.V4InV6InvalidCodePoint;
            var number = -1;
            for (; char.IsAsciiDigit(At(text, at)); at++)
            {
                if (number == 0) return UrlErrorKind.V4InV6InvalidCodePoint;
                number = (Math.Max(number, 0) * 10) + (text[at] - '0');
                if (number > 255) return UrlErrorKind.V4InV6OutOfRangePart;
            }

            pieces[index] = (ushort)((pieces[index] << 8) | number);
            if (++seen is 2 or 4) index++;
        }

        return seen == 4 ? UrlErrorKind.None : UrlErrorKind.V4InV6TooFewParts;
    }

    // NUL stands for the end; it is no part of an address either.
    private static char At(ReadOnlySpan<char> text, int at) => at < text.Length ? text[at] : '\0';
}
