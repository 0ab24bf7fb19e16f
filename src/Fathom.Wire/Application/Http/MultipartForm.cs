using System.Text;

namespace Fathom.Wire.Application.Http;

/// <summary>Writes forms with files: multipart/form-data (RFC 7578, on RFC 2046 §5.1).</summary>
public static class MultipartForm
{
    // RFC 2046 §5.1.1: a boundary has at most 70 characters. Dashes in front make it easy to see, 16 random octets keep data from holding it by chance.
    private const string Dashes = "------------------------";

    /// <summary>Octets of randomness that <see cref="Boundary"/> wants.</summary>
    public const int BoundaryEntropy = 16;

    /// <summary>Makes a boundary.</summary>
    /// <param name="random"><see cref="BoundaryEntropy"/> octets of randomness.</param>
    public static string Boundary(ReadOnlySpan<byte> random) => Dashes + Convert.ToHexStringLower(random);

    /// <summary>The value of Content-Type for a boundary.</summary>
    /// <param name="boundary">The boundary.</param>
    public static string ContentType(string boundary) => "multipart/form-data; boundary=" + boundary;

    /// <summary>Writes the body.</summary>
    /// <param name="parts">The fields, in the order of the form (RFC 7578 §5.2).</param>
    /// <param name="boundary">1 to 70 characters of <see cref="Boundary"/>'s kind.</param>
    /// <param name="body">The body, or empty.</param>
    /// <returns>False when a part's content holds the boundary: make another one.</returns>
    public static bool TryWrite(IReadOnlyList<HttpFormPart> parts, string boundary, out byte[] body)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentException.ThrowIfNullOrEmpty(boundary);
        body = [];
        var delimiter = Encoding.ASCII.GetBytes("--" + boundary);
        var all = new MemoryStream();
        foreach (var part in parts)
        {
            if (part.Content.Span.IndexOf(delimiter) >= 0) return false;
            all.Write(delimiter);
            all.Write(Encoding.UTF8.GetBytes(Head(part)));
            all.Write(part.Content.Span);
            all.Write("\r\n"u8);
        }

        all.Write(delimiter);
        all.Write("--\r\n"u8);
        body = all.ToArray();
        return true;
    }

    private static string Head(HttpFormPart part)
    {
        var head = new StringBuilder("\r\nContent-Disposition: form-data; name=\"").Append(Escape(part.Name)).Append('"');
        if (part.FileName is { } file) head.Append("; filename=\"").Append(Escape(file)).Append('"');
        head.Append("\r\n");
        if (part.ContentType is { Length: > 0 } type) head.Append("Content-Type: ").Append(type).Append("\r\n");
        return head.Append("\r\n").ToString();
    }

    // The HTML standard's "multipart/form-data encoding algorithm": browsers percent-encode these three, and nothing else; curl does the same.
    private static string Escape(string name) => name.Replace("\"", "%22", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
}
