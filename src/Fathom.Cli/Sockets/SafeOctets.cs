using System.Text;
using Fathom.Wire.Application;

namespace Fathom.Cli.Sockets;

/// <summary>
/// Makes a stream of octets readable on a terminal: UTF-8 across pieces, line feeds and tabs as they are, everything by which text
/// could move the cursor or hide itself escaped.
/// </summary>
internal sealed class SafeOctets
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <summary>The next piece as text.</summary>
    public string Next(ReadOnlySpan<byte> octets)
    {
        var chars = new char[_decoder.GetCharCount(octets, flush: false)];
        var text = chars.AsSpan(0, _decoder.GetChars(octets, chars, flush: false));
        var safe = new StringBuilder(text.Length);
        foreach (var range in text.SplitAny('\n', '\t'))
        {
            var part = text[range];
            // The usual end of a line in Internet protocols is no danger, and looks like one.
            var end = range.End.Value;
            var separator = end < text.Length ? text[end] : '\0';
            if (separator == '\n' && part.EndsWith("\r")) part = part[..^1];
            safe.Append(TextSanitizer.Escape(part));
            if (separator != '\0') safe.Append(separator);
        }

        return safe.ToString();
    }
}
