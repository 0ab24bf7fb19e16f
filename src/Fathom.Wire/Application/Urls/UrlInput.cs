using System.Buffers;
using System.Text;

namespace Fathom.Wire.Application.Urls;

/// <summary>What the parser asks of its input.</summary>
internal static class UrlInput
{
    private static readonly SearchValues<char> TabsAndNewlines = SearchValues.Create("\t\n\r");
    private static readonly SearchValues<char> AuthorityEnds = SearchValues.Create("/?#");
    private static readonly SearchValues<char> SpecialAuthorityEnds = SearchValues.Create("/\\?#");
    private static readonly SearchValues<char> Slashes = SearchValues.Create("/\\");

    // URL Standard §4.3, "URL code points" below U+0080.
    private static readonly SearchValues<char> AsciiUrlCodePoints = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!$&'()*+,-./:;=?@_~");

    /// <summary>Takes C0 controls and spaces off both ends.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text, out int start)
    {
        start = 0;
        while (start < text.Length && text[start] <= ' ') start++;
        var end = text.Length;
        while (end > start && text[end - 1] <= ' ') end--;
        return text[start..end];
    }

    public static bool HasTabOrNewline(ReadOnlySpan<char> text) => text.ContainsAny(TabsAndNewlines);

    /// <summary>The text without tabs and newlines.</summary>
    public static string WithoutTabs(ReadOnlySpan<char> text)
        => HasTabOrNewline(text) ? WithoutTabs(text, 0, out _) : text.ToString();

    /// <summary>The text without tabs and newlines, and where its characters stood.</summary>
    public static string WithoutTabs(ReadOnlySpan<char> text, int offset, out UrlPositions positions)
    {
        var map = new List<int>(text.Length);
        var builder = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\t' or '\n' or '\r') continue;
            builder.Append(text[i]);
            map.Add(offset + i);
        }

        map.Add(offset + text.Length);
        positions = new UrlPositions(offset, [.. map]);
        return builder.ToString();
    }

    /// <summary>The length of the scheme before ':', or 0 where the text begins with none.</summary>
    public static int SchemeLength(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !char.IsAsciiLetter(text[0])) return 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == ':') return i;
            if (!char.IsAsciiLetterOrDigit(text[i]) && text[i] is not ('+' or '-' or '.')) return 0;
        }

        return 0;
    }

    /// <summary>How much of the text is before the path, query and fragment.</summary>
    public static int AuthorityLength(ReadOnlySpan<char> text, bool isSpecial)
        => text.IndexOfAny(isSpecial ? SpecialAuthorityEnds : AuthorityEnds) is >= 0 and var length ? length : text.Length;

    /// <summary>The length of a path segment; in a setter '?' and '#' do not end it.</summary>
    public static int SegmentLength(ReadOnlySpan<char> text, bool isSpecial, bool isSetter)
    {
        var length = (isSpecial, isSetter) switch
        {
            (true, false) => text.IndexOfAny(SpecialAuthorityEnds),
            (false, false) => text.IndexOfAny(AuthorityEnds),
            (true, true) => text.IndexOfAny(Slashes),
            _ => text.IndexOf('/'),
        };
        return length < 0 ? text.Length : length;
    }

    /// <summary>The ':' before the port, or -1; one between brackets is part of the host.</summary>
    public static int PortColon(ReadOnlySpan<char> text)
    {
        var isInside = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == ':' && !isInside) return i;
            if (text[i] == '[') isInside = true;
            else if (text[i] == ']') isInside = false;
        }

        return -1;
    }

    /// <summary>The first character that is no decimal digit, or -1. (The span's own search allocates until it is compiled with optimization.)</summary>
    public static int NonDigit(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i])) return i;
        }

        return -1;
    }

    /// <summary>The number of decimal digits; what is too large for a port stays so, without overflow.</summary>
    public static int PortNumber(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits) number = Math.Min((number * 10) + (digit - '0'), ushort.MaxValue + 1);
        return number;
    }

    /// <summary>1 for a single-dot, 2 for a double-dot URL path segment (URL Standard §4.1), else 0.</summary>
    public static int Dots(ReadOnlySpan<char> segment)
    {
        var dots = 0;
        while (!segment.IsEmpty)
        {
            if (segment[0] == '.') segment = segment[1..];
            else if (segment.Length >= 3 && segment[0] == '%' && segment[1] == '2' && (segment[2] | 0x20) == 'e') segment = segment[3..];
            else return 0;
            if (++dots > 2) return 0;
        }

        return dots;
    }

    /// <summary>A letter, then ':' or '|'.</summary>
    public static bool IsDriveLetter(ReadOnlySpan<char> text) => text.Length == 2 && char.IsAsciiLetter(text[0]) && text[1] is (':' or '|');

    /// <summary>"Starts with a Windows drive letter" (URL Standard §4.2).</summary>
    public static bool StartsWithDriveLetter(ReadOnlySpan<char> text)
        => text.Length >= 2 && IsDriveLetter(text[..2]) && (text.Length == 2 || text[2] is '/' or '\\' or '?' or '#');

    /// <summary>A path's first segment with its slash, "/C:", where it is a normalized drive letter; else empty.</summary>
    public static string NormalizedDriveLetter(string path)
        => path.Length >= 3 && char.IsAsciiLetter(path[1]) && path[2] == ':' && (path.Length == 3 || path[3] == '/') ? path[..3] : "";

    /// <summary>A URL code point (URL Standard §4.3).</summary>
    public static bool IsUrlCodePoint(int point)
        => point < 0x80 ? AsciiUrlCodePoints.Contains((char)point) : point is >= 0xA0 and <= 0x10FFFD and not (>= 0xFDD0 and <= 0xFDEF) && (point & 0xFFFE) != 0xFFFE;

    /// <summary>A character as an error names it.</summary>
    public static string Describe(Rune rune)
        => rune.Value is > 0x20 and < 0x7F ? $"'{rune}'" : rune.Value == ' ' ? "a space" : $"U+{rune.Value:X4}";
}
