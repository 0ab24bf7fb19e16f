using System.Diagnostics.CodeAnalysis;

namespace Fathom.Wire.Application.Http;

/// <summary>
/// Writes whole requests that every reader cuts at the same place, or refuses with the rule that is broken. Nothing is
/// repaired: a caller that lets others choose a name or a value learns that they tried.
/// </summary>
public static class HttpRequestWriter
{
    // 16 KiB: a chunk of the size that is read at once on most ways.
    private const int ChunkSize = 16 * 1024;

    /// <summary>Writes a head.</summary>
    /// <param name="head">The head.</param>
    /// <param name="bytes">Its octets, or null.</param>
    /// <param name="error">The rule that is broken, or null.</param>
    public static bool TryWriteHead(HttpRequestHead head, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out HttpWriteError? error)
    {
        ArgumentNullException.ThrowIfNull(head);
        error = HttpHeadChecks.Check(head);
        bytes = error is null ? HttpHeadWriter.Write($"{head.Method} {head.Target} HTTP/1.{head.MinorVersion}", head.Fields) : null;
        return error is null;
    }

    /// <summary>Writes a head and a body. The body goes in chunks exactly where the head says so.</summary>
    /// <param name="head">The head: with Content-Length, with Transfer-Encoding: chunked, or with neither for no body.</param>
    /// <param name="body">The body; may be empty.</param>
    /// <param name="trailers">Trailers, for a chunked body.</param>
    /// <param name="bytes">The octets, or null.</param>
    /// <param name="error">The rule that is broken, or null.</param>
    public static bool TryWrite(HttpRequestHead head, ReadOnlySpan<byte> body, HttpFields trailers, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out HttpWriteError? error)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        bytes = null;
        if (!TryWriteHead(head, out var start, out error)) return false;
        var isChunked = head.Fields.Contains("Transfer-Encoding");
        if (!isChunked && trailers.Count > 0) error = new HttpWriteError(HttpWriteErrorKind.BadTrailer, "trailers follow a chunked body only (RFC 9112 §7.1.2)");
        else if (isChunked) error = HttpChunkedWriter.CheckTrailers(trailers);
        else if (head.Fields.First("Content-Length") is not { } stated) error = body.IsEmpty ? null : new HttpWriteError(HttpWriteErrorKind.UnframedBody, "there is a body, and neither Content-Length nor chunks say where it ends (RFC 9112 §6.3)");
        else if (!HttpContentLength.TryParse(stated, out var length, out _) || length != body.Length) error = new HttpWriteError(HttpWriteErrorKind.WrongLength, FormattableString.Invariant($"Content-Length says {stated}, and the body has {body.Length} octets (RFC 9110 §8.6)"));
        if (error is not null) return false;
        bytes = isChunked ? [.. start, .. Chunks(body, trailers)] : [.. start, .. body];
        return true;
    }

    private static List<byte> Chunks(ReadOnlySpan<byte> body, HttpFields trailers)
    {
        var bytes = new List<byte>(body.Length + 64);
        for (; !body.IsEmpty; body = body[Math.Min(ChunkSize, body.Length)..]) bytes.AddRange(HttpChunkedWriter.Chunk(body[..Math.Min(ChunkSize, body.Length)]));
        bytes.AddRange(HttpChunkedWriter.End(trailers));
        return bytes;
    }
}
