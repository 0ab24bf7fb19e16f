using System.Globalization;
using System.Text;

namespace Fathom.Wire.Application;

/// <summary>
/// Makes text that came from the network safe to show: on one line, and without anything a terminal or a
/// reader's eye could be fooled by. It is for display, not for storage: a backslash in the text stays one
/// backslash, so the result cannot always be turned back, and escaping twice changes nothing more.
/// </summary>
public static class TextSanitizer
{
    /// <summary>
    /// Shows C0, DEL and C1 as \xNN; bidi controls and all other invisible format characters, line and
    /// paragraph separators, tag characters and lone surrogates as \u{NNNN}. All else stays as it is.
    /// </summary>
    /// <param name="text">The text; null counts as empty.</param>
    public static string Escape(string? text)
    {
        if (text is null) return "";
        return FirstUnsafe(text) < 0 ? text : Escape(text.AsSpan());
    }

    /// <summary>Escapes as <see cref="Escape(string)"/> does.</summary>
    /// <param name="text">The text.</param>
    public static string Escape(ReadOnlySpan<char> text)
    {
        var at = FirstUnsafe(text);
        if (at < 0) return text.ToString();

        var builder = new StringBuilder(text.Length + 16);
        builder.Append(text[..at]);
        for (var rest = text[at..]; !rest.IsEmpty;)
        {
            var whole = Rune.DecodeFromUtf16(rest, out var rune, out var used) == System.Buffers.OperationStatus.Done;
            if (!whole) AppendEscape(builder, rest[0]);
            else if (IsUnsafe(rune)) AppendEscape(builder, rune.Value);
            else builder.Append(rest[..used]);
            rest = rest[used..];
        }

        return builder.ToString();
    }

    /// <summary>Shows octets as ASCII text; every octet outside 0x20 to 0x7E becomes \xNN.</summary>
    /// <param name="octets">The octets, in no known character set.</param>
    public static string EscapeOctets(ReadOnlySpan<byte> octets)
    {
        var builder = new StringBuilder(octets.Length + 16);
        foreach (var octet in octets)
        {
            if (octet is >= 0x20 and <= 0x7E) builder.Append((char)octet);
            else AppendEscape(builder, octet);
        }

        return builder.ToString();
    }

    /// <summary>True when <see cref="Escape(string)"/> would return the text unchanged.</summary>
    /// <param name="text">The text.</param>
    public static bool IsSafe(ReadOnlySpan<char> text) => FirstUnsafe(text) < 0;

    private static int FirstUnsafe(ReadOnlySpan<char> text)
    {
        // Nearly all text is printable ASCII: it is passed over at the vector's speed.
        var start = text.IndexOfAnyExceptInRange(' ', '~');
        if (start < 0) return -1;
        for (var at = start; at < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text[at..], out var rune, out var used) != System.Buffers.OperationStatus.Done || IsUnsafe(rune)) return at;
            at += used;
            var next = text[at..].IndexOfAnyExceptInRange(' ', '~');
            if (next < 0) return -1;
            at += next;
        }

        return -1;
    }

    // Cf holds the bidi controls (UAX #9), zero-width characters, the soft hyphen, the byte-order mark, language tags
    // and interlinear annotation: all that changes how other characters look, and is not seen itself.
    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static void AppendEscape(StringBuilder builder, int value)
    {
        if (value <= 0xFF) builder.Append(CultureInfo.InvariantCulture, $"\\x{value:X2}");
        else builder.Append(CultureInfo.InvariantCulture, $"\\u{{{value:X4}}}");
    }
}
