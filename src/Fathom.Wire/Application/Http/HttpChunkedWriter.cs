using System.Globalization;
using System.Text;

namespace Fathom.Wire.Application.Http;

/// <summary>Writes the chunked transfer coding (RFC 9112 §7.1).</summary>
public static class HttpChunkedWriter
{
    // RFC 9110 §6.5.1: what frames, routes, changes the request's meaning, authenticates or says how to read the content comes too late in a trailer.
    private static readonly string[] ForbiddenTrailers =
    [
        "Transfer-Encoding", "Content-Length", "Host", "Cache-Control", "Expect", "Max-Forwards", "Pragma", "Range", "TE", "Authorization", "Proxy-Authenticate",
        "Proxy-Authorization", "WWW-Authenticate", "Set-Cookie", "Cookie", "Age", "Date", "Expires", "Location", "Retry-After", "Vary", "Content-Encoding", "Content-Type", "Content-Range", "Trailer", "Connection",
    ];

    /// <summary>One chunk.</summary>
    /// <param name="data">Its octets; an empty chunk would end the body, so nothing is written for none.</param>
    public static byte[] Chunk(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty) return [];
        var size = Encoding.ASCII.GetBytes(data.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n");
        return [.. size, .. data, .. "\r\n"u8];
    }

    /// <summary>The last chunk and the trailers.</summary>
    /// <param name="trailers">The trailers; may be empty.</param>
    /// <exception cref="ArgumentException">A trailer that may not be one: see <see cref="CheckTrailers"/>.</exception>
    public static byte[] End(HttpFields trailers)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        if (CheckTrailers(trailers) is { } error) throw new ArgumentException(error.ToString(), nameof(trailers));
        var text = new StringBuilder("0\r\n");
        HttpHeadWriter.AppendFields(text, trailers);
        return Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());
    }

    /// <summary>Null when the fields may be sent behind the body (RFC 9110 §6.5.1).</summary>
    /// <param name="trailers">The fields.</param>
    public static HttpWriteError? CheckTrailers(HttpFields trailers)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        if (HttpHeadChecks.CheckFields(trailers) is { } wrong) return wrong;
        foreach (var field in trailers)
        {
            if (ForbiddenTrailers.Contains(field.Name, StringComparer.OrdinalIgnoreCase)) return new HttpWriteError(HttpWriteErrorKind.BadTrailer, $"{field.Name} cannot be a trailer: it must be known before the body (RFC 9110 §6.5.1)");
        }

        return null;
    }
}
