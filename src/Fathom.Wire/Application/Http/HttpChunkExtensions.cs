namespace Fathom.Wire.Application.Http;

/// <summary>Checks the extensions behind a chunk's size (RFC 9112 §7.1.1).</summary>
internal static class HttpChunkExtensions
{
    /// <summary>chunk-ext = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] ), the value a token or a quoted string.</summary>
    /// <param name="text">What follows the size, from the first ";" on; may be empty.</param>
    public static bool AreValid(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            if (text[0] != ';') return false;
            text = text[1..].TrimStart(" \t"u8);
            if (!SkipToken(ref text)) return false;
            var afterName = text.TrimStart(" \t"u8);
            if (!afterName.StartsWith("="u8))
            {
                text = afterName;
                continue;
            }

            text = afterName[1..].TrimStart(" \t"u8);
            if (!(text.StartsWith("\""u8) ? SkipQuoted(ref text) : SkipToken(ref text))) return false;
            text = text.TrimStart(" \t"u8);
        }

        return true;
    }

    private static bool SkipToken(ref ReadOnlySpan<byte> text)
    {
        var end = HttpSyntax.FirstNonToken(text);
        if (end < 0) end = text.Length;
        text = text[end..];
        return end > 0;
    }

    // RFC 9110 §5.6.4: a backslash makes the next octet part of the string.
    private static bool SkipQuoted(ref ReadOnlySpan<byte> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                text = text[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
