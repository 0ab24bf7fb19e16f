using System.Text;

namespace Fathom.Wire.Application.Http;

/// <summary>Writes checked start lines and fields. What cannot be written as it stands is refused, never repaired.</summary>
internal static class HttpHeadWriter
{
    public static byte[] Write(string startLine, HttpFields fields)
    {
        var builder = new StringBuilder(startLine).Append("\r\n");
        foreach (var field in fields)
        {
            // RFC 9110 §5.1 and §5.5. A CR, LF or NUL here would begin a field, or a message, of somebody else's choice.
            if (field.Name is null || !HttpSyntax.IsToken(field.Name)) throw Refused("a field name is not a token (RFC 9110 §5.1)");
            if (field.Value is null || !HttpSyntax.IsFieldValue(field.Value)) throw Refused("a field value holds a control character, or one outside Latin-1 (RFC 9110 §5.5)");
            builder.Append(field.Name).Append(": ").Append(field.Value).Append("\r\n");
        }

        return Encoding.Latin1.GetBytes(builder.Append("\r\n").ToString());
    }

    /// <summary>Refuses fields that two readers could frame differently (RFC 9112 §6.2, §6.3).</summary>
    public static void CheckFraming(HttpFields fields)
    {
        if (!fields.Contains("Content-Length")) return;
        if (fields.Contains("Transfer-Encoding")) throw Refused("Content-Length and Transfer-Encoding together (RFC 9112 §6.2)");
        if (fields.All("Content-Length").Count() > 1) throw Refused("more than one Content-Length (RFC 9110 §8.6)");
        var length = fields.First("Content-Length")!;
        if (length.Contains(',', StringComparison.Ordinal) || !HttpContentLength.TryParse(length, out _, out _)) throw Refused("Content-Length is not a number (RFC 9110 §8.6)");
    }

    public static ArgumentException Refused(string why) => new($"The head cannot be sent: {why}.");
}
