using System.Globalization;
using System.Text;

namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>Makes text of a peer's octets that can be shown: whatever does not print, or changes how the rest prints, becomes "\u{…}".</summary>
internal static class SafeText
{
    /// <summary>Text longer than this is cut with "…"; no name that means something is longer.</summary>
    public const int MaximumLength = 512;

    /// <summary>From UTF-8; octets that are none become U+FFFD.</summary>
    public static string FromUtf8(ReadOnlySpan<byte> octets) => Escape(Encoding.UTF8.GetString(octets));

    /// <summary>From single octets, each its own character.</summary>
    public static string FromLatin1(ReadOnlySpan<byte> octets) => Escape(Encoding.Latin1.GetString(octets));

    /// <summary>Escapes text.</summary>
    public static string Escape(string text)
    {
        if (text.Length <= MaximumLength && Ascii.IsValid(text) && !text.AsSpan().ContainsAnyInRange('\0', '\u001F') && !text.Contains('\u007F') && !text.Contains('\\')) return text;
        var safe = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (safe.Length >= MaximumLength) return safe.Append('…').ToString();
            if (rune.Value == '\\') safe.Append("\\\\");
            else if (Prints(rune)) safe.Append(rune);
            else safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
        }

        return safe.ToString();
    }

    private static bool Prints(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
