namespace Fathom.Wire.Application.Http;

internal sealed partial class HttpMessageMachine
{
    // RFC 9112 §7.1: "recipients MUST anticipate potentially large hexadecimal numerals and prevent parsing errors":
    // 2^63 - 1 is the largest length that fits a long.
    private const int MostSignificantDigits = 16;

    private void ReadChunkSize(ref ReadOnlySpan<byte> rest)
    {
        if (!TakeLine(ref rest, _limits.MaximumChunkLineLength, HttpErrorKind.ChunkLineTooLong, int.MaxValue, HttpErrorKind.ChunkLineTooLong)) return;
        _sectionLength = 0;
        if (!ParseChunkLine(_line.Octets, out var size)) return;
        _line.Clear();
        _remaining = size;
        _phase = size == 0 ? Phase.TrailerLine : Phase.ChunkData;
    }

    private bool ParseChunkLine(ReadOnlySpan<byte> line, out long size)
    {
        size = 0;

        // The bare LF that RFC 9112 §2.2 allows is for the start line and fields only. In chunks it is refused: where
        // two readers differ about the end of a chunk, a response can be smuggled.
        if (!line.EndsWith("\r\n"u8)) return FailChunk(line.Length - 1, "a chunk-size line ends in LF without CR", HttpSmugglingShape.ChunkLineBareLineFeed);
        line = line[..^2];
        int digits = 0, significant = 0;
        ulong value = 0;
        while (digits < line.Length && char.IsAsciiHexDigit((char)line[digits]))
        {
            // Leading zeros do not count; the line's limit bounds them.
            if (value != 0 && ++significant >= MostSignificantDigits) return FailChunk(digits, "a chunk size has more than 16 digits", HttpSmugglingShape.ChunkSizeOverflow);
            value = (value << 4) | HexValue(line[digits]);
            digits++;
        }

        if (digits == 0) return FailChunk(0, line.IsEmpty ? "a chunk-size line is empty" : $"a chunk size begins with \"{TextSanitizer.EscapeOctets(line[..1])}\"");
        if (value > long.MaxValue) return FailChunk(0, "a chunk size exceeds 2^63 - 1", HttpSmugglingShape.ChunkSizeOverflow);

        var after = line[digits..];
        var extension = after.TrimStart(" \t"u8);
        if (!extension.IsEmpty && extension[0] != ';') return FailChunk(line.Length - extension.Length, $"a chunk size is followed by \"{TextSanitizer.EscapeOctets(extension[..1])}\"");
        if (extension.Length < after.Length)
        {
            // RFC 9112 §7.1.1 allows whitespace only around an extension's ";" and "="; servers that pad the size exist.
            if (_rules.IsStrict) return FailChunk(digits, "whitespace after a chunk size");
            if (extension.IsEmpty) Tolerate(HttpToleranceKind.SpaceAfterChunkSize, _lineStart + digits);
        }

        // RFC 9112 §7.1.1: extensions that are not known are ignored; here that is all of them, once they are text.
        var extensionAt = line.Length - extension.Length;
        var control = HttpSyntax.FirstControl(extension);
        if (control >= 0) return FailChunk(extensionAt + control, "a chunk extension holds a control character");
        if (!HttpChunkExtensions.AreValid(extension))
        {
            if (_rules.IsStrict) return FailChunk(extensionAt, "a chunk extension is not a name, or a name and a value");
            Tolerate(HttpToleranceKind.BadChunkExtension, _lineStart + extensionAt);
        }

        size = (long)value;
        return true;
    }

    private void ReadChunkData(ref ReadOnlySpan<byte> rest, IHttpBodyHandler handler)
    {
        var take = (int)Math.Min(rest.Length, _remaining);
        var part = rest[..take];
        Consume(ref rest, take, keep: false);
        _remaining -= take;
        BodyLength += take;
        if (_remaining == 0) _phase = Phase.ChunkEnd;
        handler.OnBody(part);
    }

    private void ReadChunkEnd(ref ReadOnlySpan<byte> rest)
    {
        if (_line.Length == 0) _lineStart = _offset;
        var expected = _line.Length == 0 ? (byte)'\r' : (byte)'\n';
        var found = rest[0];
        Consume(ref rest, 1, keep: true);
        if (found != expected)
        {
            FailChunk(_line.Length - 1, "a chunk does not end in CR LF where its size says", HttpSmugglingShape.ChunkEndMissing);
            return;
        }

        if (_line.Length < 2) return;
        _line.Clear();
        _phase = Phase.ChunkSize;
    }

    private void ReadTrailerLine(ref ReadOnlySpan<byte> rest, IHttpBodyHandler handler)
    {
        if (!TakeFieldLine(ref rest, _limits.MaximumTrailerLength, HttpErrorKind.TrailersTooLong)) return;
        var trailers = _fields.Finish();
        if (trailers.Count > 0) handler.OnTrailers(trailers);
        Complete(handler);
    }

    private static uint HexValue(byte digit) => char.IsAsciiDigit((char)digit) ? digit - (uint)'0' : (digit | 0x20u) - 'a' + 10;

    private bool FailChunk(int at, string detail, HttpSmugglingShape shape = HttpSmugglingShape.ObscuredChunkSize)
    {
        Fail(HttpErrorKind.BadChunk, _lineStart + at, $"{detail} (RFC 9112 §7.1)", shape);
        return false;
    }
}
