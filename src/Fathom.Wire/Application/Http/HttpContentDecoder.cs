using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Fathom.Wire.Application.Http;

/// <summary>
/// Undoes Content-Encoding (RFC 9110 §8.4): gzip, deflate and br, in any order, with a limit: a few kilobytes can unfold to gigabytes.
/// Works on whole bodies: the BCL's streams are read synchronously, from memory only.
/// </summary>
public static class HttpContentDecoder
{
    /// <summary>The value for Accept-Encoding that asks for all that can be undone here.</summary>
    public static string Accepted => OperatingSystem.IsBrowser() ? "gzip, deflate" : "gzip, deflate, br";

    // curl's own limit: each coding may unfold the one before a thousand times, and nobody sends more than one.
    private const int MaximumCodings = 5;

    /// <summary>Undoes the codings.</summary>
    /// <param name="contentEncoding">The field's value, all lines joined; null or empty for none.</param>
    /// <param name="content">The body, without chunk framing.</param>
    /// <param name="maximumLength">Octets that the content, and each step on the way, may have; positive.</param>
    public static HttpDecoding Decode(string? contentEncoding, ReadOnlyMemory<byte> content, int maximumLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumLength);
        string[] codings = contentEncoding is null ? [] : [.. HttpSyntax.SplitList(contentEncoding).Where(static c => c.Length > 0).Select(static c => c.ToLowerInvariant())];
        if (codings.Length == 0 || Array.TrueForAll(codings, static c => c == "identity")) return new HttpDecoding(HttpDecodingStatus.NotCoded, content, codings);
        if (codings.Length > MaximumCodings) return new HttpDecoding(HttpDecodingStatus.Unsupported, content, codings, FormattableString.Invariant($"more than {MaximumCodings} codings"));
        if (Array.Find(codings, static c => !IsKnown(c)) is { } unknown) return new HttpDecoding(HttpDecodingStatus.Unsupported, content, codings, $"the coding \"{TextSanitizer.Escape(unknown)}\" is not known");
        if (content.IsEmpty) return new HttpDecoding(HttpDecodingStatus.Decoded, content, codings);

        // §8.4: listed in the order in which they were applied; the last comes off first.
        for (var i = codings.Length - 1; i >= 0; i--)
        {
            if (codings[i] == "identity") continue;
            var (status, output, detail) = Undo(codings[i], content, maximumLength);
            content = output;
            if (status != HttpDecodingStatus.Decoded) return new HttpDecoding(status, content, codings, detail);
        }

        return new HttpDecoding(HttpDecodingStatus.Decoded, content, codings);
    }

    private static bool IsKnown(string coding) => coding switch
    {
        // RFC 9110 §8.4.1.3: a recipient takes "x-gzip" for "gzip".
        "gzip" or "x-gzip" or "deflate" or "identity" => true,

        // The browser's runtime has no Brotli for programs.
        "br" => !OperatingSystem.IsBrowser(),
        _ => false,
    };

    private static (HttpDecodingStatus Status, ReadOnlyMemory<byte> Output, string Detail) Undo(string coding, ReadOnlyMemory<byte> content, int maximumLength)
    {
        var input = MemoryMarshal.TryGetArray(content, out var segment) ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false) : new MemoryStream(content.ToArray());
        using var stream = Open(coding, content.Span, input);
        var output = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var count = stream.Read(buffer);
                if (count == 0) break;
                var room = maximumLength - (int)output.Length;
                output.Write(buffer, 0, Math.Min(count, room));
                if (count > room) return (HttpDecodingStatus.TooLarge, Written(output), FormattableString.Invariant($"{content.Length} octets of {coding} unfold to more than {maximumLength}"));
            }
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
        {
            return (HttpDecodingStatus.Malformed, Written(output), $"the body is not {coding}, or it was cut");
        }

        return (HttpDecodingStatus.Decoded, Written(output), "");
    }

    private static Stream Open(string coding, ReadOnlySpan<byte> content, Stream input) => coding switch
    {
        "br" => new BrotliStream(input, CompressionMode.Decompress),

        // RFC 9110 §8.4.1.2: "deflate" is the zlib format; some servers send it without zlib's header, and clients take both.
        "deflate" => IsZlib(content) ? new ZLibStream(input, CompressionMode.Decompress) : new DeflateStream(input, CompressionMode.Decompress),
        _ => new GZipStream(input, CompressionMode.Decompress),
    };

    // RFC 1950 §2.2: method 8, and the first two octets are a multiple of 31.
    private static bool IsZlib(ReadOnlySpan<byte> content) => content.Length >= 2 && (content[0] & 0x0F) == 8 && ((content[0] << 8) | content[1]) % 31 == 0;

    private static ReadOnlyMemory<byte> Written(MemoryStream output) => output.GetBuffer().AsMemory(0, (int)output.Length);
}
