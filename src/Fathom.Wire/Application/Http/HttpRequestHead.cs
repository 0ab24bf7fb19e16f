namespace Fathom.Wire.Application.Http;

/// <summary>The head of an HTTP/1.1 request (RFC 9112 §3). It is checked when it is written.</summary>
/// <param name="Method">The method, a token; its case counts (RFC 9110 §9.1).</param>
/// <param name="Target">The request target: "/path?query", "*", "host:port" for CONNECT, or a whole URI for a proxy (RFC 9112 §3.2).</param>
/// <param name="Fields">The fields, in the order to send them; Host is among them.</param>
public sealed record HttpRequestHead(string Method, string Target, HttpFields Fields)
{
    /// <summary>The digit after "HTTP/1.": 1 unless set, or read, otherwise.</summary>
    public int MinorVersion { get; init; } = 1;

    /// <summary>Writes the head: request line, fields, empty line.</summary>
    /// <param name="destination">Where to.</param>
    /// <returns>Octets written.</returns>
    /// <exception cref="ArgumentException">As for <see cref="ToBytes"/>, or the destination is too short.</exception>
    public int WriteTo(Span<byte> destination)
    {
        var bytes = ToBytes();
        bytes.CopyTo(destination);
        return bytes.Length;
    }

    /// <summary>The head's octets: request line, fields, empty line.</summary>
    /// <exception cref="ArgumentException">
    /// The method or a field name is no token; the target is empty or holds a space, a control or a non-ASCII character;
    /// a value holds a control character or one outside Latin-1; HTTP/1.1 without exactly one Host (RFC 9112 §3.2);
    /// a Host that is none; Content-Length that is repeated, not a number, or beside Transfer-Encoding; Transfer-Encoding that does not
    /// end in "chunked". <see cref="HttpRequestWriter"/> says which, without an exception.
    /// </exception>
    public byte[] ToBytes()
    {
        if (HttpHeadChecks.Check(this) is { } error) throw HttpHeadWriter.Refused(error);
        return HttpHeadWriter.Write($"{Method} {Target} HTTP/1.{MinorVersion}", Fields);
    }

    /// <summary>The request line as one safe line.</summary>
    public override string ToString() => TextSanitizer.Escape($"{Method} {Target} HTTP/1.{MinorVersion}");
}
