namespace Fathom.Wire.Application.Http;

internal sealed partial class HttpMessageMachine
{
    /// <summary>
    /// Refuses CR and NUL, in a strict message every control character (RFC 9110 §5.5: "CR, LF, or NUL … invalid and dangerous").
    /// </summary>
    public bool CheckText(ReadOnlySpan<byte> text, long offset, HttpErrorKind kind, string what)
    {
        for (var from = 0; ;)
        {
            var at = HttpSyntax.FirstControl(text[from..]);
            if (at < 0) return true;
            at += from;
            if (_rules.IsStrict || text[at] is 0 or (byte)'\r')
            {
                var shape = text[at] == '\r' ? HttpSmugglingShape.BareCarriageReturn : HttpSmugglingShape.ControlCharacter;
                Fail(kind, offset + at, $"{what} holds the control character {TextSanitizer.EscapeOctets(text.Slice(at, 1))}", shape);
                return false;
            }

            Tolerate(HttpToleranceKind.ControlCharacter, offset + at);
            from = at + 1;
        }
    }

    /// <summary>Gathers octets up to LF. False while the line goes on, or when a limit was reached.</summary>
    private bool TakeLine(ref ReadOnlySpan<byte> rest, int lineLimit, HttpErrorKind lineKind, int sectionLimit, HttpErrorKind sectionKind)
    {
        if (_line.Length == 0) _lineStart = _offset;
        var end = rest.IndexOf((byte)'\n');
        var take = end < 0 ? rest.Length : end + 1;
        var lineRoom = lineLimit - _line.Length;
        var sectionRoom = sectionLimit - _sectionLength;
        if (take > Math.Min(lineRoom, sectionRoom))
        {
            // The first octet beyond the limit is taken and refused, wherever the input was cut.
            Consume(ref rest, Math.Min(lineRoom, sectionRoom) + 1, keep: false);
            if (sectionRoom <= lineRoom) Fail(sectionKind, _offset - 1, FormattableString.Invariant($"longer than {sectionLimit} octets"));
            else Fail(lineKind, _offset - 1, FormattableString.Invariant($"a line is longer than {lineLimit} octets"));
            return false;
        }

        _sectionLength += take;
        Consume(ref rest, take, keep: true);
        return end >= 0;
    }

    /// <summary>
    /// Takes CR LF off the line. RFC 9112 §2.2 lets a recipient take a bare LF in the start line and fields: in a
    /// response we do, as browsers and curl do, and note it; in a request two readers that differ here are an attack.
    /// </summary>
    private bool TrimLineEnd(out ReadOnlySpan<byte> line)
    {
        line = _line.Octets[..^1];
        if (line.EndsWith("\r"u8))
        {
            line = line[..^1];
            return true;
        }

        if (_rules.IsStrict)
        {
            Fail(_phase == Phase.StartLine ? HttpErrorKind.BadRequestLine : HttpErrorKind.BadField, _offset - 1, "a line ends in LF without CR (RFC 9112 §2.2)", HttpSmugglingShape.BareLineFeed);
            return false;
        }

        Tolerate(HttpToleranceKind.BareLineFeed, _offset - 1);
        return true;
    }

    private void Consume(ref ReadOnlySpan<byte> rest, int count, bool keep)
    {
        if (keep) _line.Append(rest[..count]);
        rest = rest[count..];
        _offset += count;
    }
}
