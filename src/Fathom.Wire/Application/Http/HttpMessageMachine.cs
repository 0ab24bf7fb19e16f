using System.Text;

namespace Fathom.Wire.Application.Http;

/// <summary>
/// The part of RFC 9112 that requests and responses share: lines, fields, framing, chunks. It makes the same calls and
/// the same error, at the same octet, however the input is cut.
/// </summary>
internal sealed partial class HttpMessageMachine
{
    private readonly HttpLimits _limits;
    private readonly IHttpMessageRules _rules;
    private readonly HttpLineBuffer _line = new();
    private readonly HttpFieldSection _fields;
    private readonly List<HttpTolerance> _tolerated = [];
    private Phase _phase;
    private long _offset;
    private long _lineStart;
    private int _sectionLength;
    private long _remaining;

    public HttpMessageMachine(HttpLimits limits, IHttpMessageRules rules)
    {
        _limits = limits;
        _rules = rules;
        _fields = new HttpFieldSection(this, limits, rules.IsStrict);
    }

    private enum Phase
    {
        StartLine,
        FieldLine,
        Body,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        TrailerLine,
        Complete,
        Failed,
    }

    public HttpReadState State => _phase switch
    {
        Phase.StartLine or Phase.FieldLine => HttpReadState.Head,
        Phase.TrailerLine => HttpReadState.Trailers,
        Phase.Complete => HttpReadState.Complete,
        Phase.Failed => HttpReadState.Failed,
        _ => HttpReadState.Body,
    };

    /// <summary>Octets taken so far.</summary>
    public long Offset => _offset;

    public HttpFraming Framing { get; private set; }

    public long BodyLength { get; private set; }

    public long? ExpectedLength { get; private set; }

    public HttpError? Error { get; private set; }

    public IReadOnlyList<HttpTolerance> Tolerated => _tolerated;

    public int Read(ReadOnlySpan<byte> bytes, IHttpBodyHandler handler)
    {
        var rest = bytes;
        while (!rest.IsEmpty && _phase is not (Phase.Complete or Phase.Failed))
        {
            switch (_phase)
            {
                case Phase.StartLine:
                    ReadStartLine(ref rest);
                    break;
                case Phase.FieldLine:
                    ReadFieldLine(ref rest, handler);
                    break;
                case Phase.Body:
                    ReadBody(ref rest, handler);
                    break;
                case Phase.ChunkSize:
                    ReadChunkSize(ref rest);
                    break;
                case Phase.ChunkData:
                    ReadChunkData(ref rest, handler);
                    break;
                case Phase.ChunkEnd:
                    ReadChunkEnd(ref rest);
                    break;
                default:
                    ReadTrailerLine(ref rest, handler);
                    break;
            }
        }

        return bytes.Length - rest.Length;
    }

    public void End(IHttpBodyHandler handler)
    {
        switch (_phase)
        {
            case Phase.Complete or Phase.Failed:
                break;
            case Phase.Body when Framing == HttpFraming.UntilClose:
                Complete(handler);
                break;
            case Phase.StartLine or Phase.FieldLine:
                Fail(HttpErrorKind.Truncated, _offset, _offset == 0 ? "closed before the first octet" : "closed inside the head");
                break;
            case Phase.Body:
                Fail(HttpErrorKind.Truncated, _offset, FormattableString.Invariant($"closed after {BodyLength} of {ExpectedLength} octets of the body"));
                break;
            case Phase.TrailerLine:
                Fail(HttpErrorKind.Truncated, _offset, "closed inside the trailers, before the empty line that ends a chunked body");
                break;
            default:
                Fail(HttpErrorKind.Truncated, _offset, FormattableString.Invariant($"closed inside a chunked body, after {BodyLength} octets of it"));
                break;
        }
    }

    /// <summary>Ends reading with an error; the first one stands.</summary>
    public void Fail(HttpErrorKind kind, long offset, string detail)
    {
        if (_phase == Phase.Failed) return;
        _phase = Phase.Failed;
        Error = new HttpError(kind, offset, detail);
    }

    /// <summary>Notes a fault that is read all the same: the first of each kind, so that the list stays short.</summary>
    public void Tolerate(HttpToleranceKind kind, long offset)
    {
        foreach (var known in _tolerated)
        {
            if (known.Kind == kind) return;
        }

        _tolerated.Add(new HttpTolerance(kind, offset));
    }

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
                Fail(kind, offset + at, $"{what} holds the control character {TextSanitizer.EscapeOctets(text.Slice(at, 1))}");
                return false;
            }

            Tolerate(HttpToleranceKind.ControlCharacter, offset + at);
            from = at + 1;
        }
    }

    private void ReadStartLine(ref ReadOnlySpan<byte> rest)
    {
        // Octet by octet while the line could still be another protocol's, or an empty one before the start line.
        var prefix = _rules.Prefix;
        if (_line.Length == 0) _lineStart = _offset;
        var isEmptyLine = _line.Length == 0 ? rest[0] is (byte)'\r' or (byte)'\n' : _line.Octets[0] == '\r';
        if (!isEmptyLine && _line.Length < prefix.Length)
        {
            if (rest[0] != prefix[_line.Length])
            {
                Consume(ref rest, 1, keep: true);
                Fail(HttpErrorKind.NotHttp, _offset - 1, DescribeForeignStart(_line.Octets));
                return;
            }

            Consume(ref rest, 1, keep: true);
            _sectionLength++;
            return;
        }

        if (isEmptyLine && rest[0] != '\n')
        {
            Consume(ref rest, 1, keep: true);
            _sectionLength++;
            if (_line.Length > 1) Fail(HttpErrorKind.NotHttp, _offset - 1, "a CR without LF stands before the start line");
            return;
        }

        if (!TakeLine(ref rest, _limits.MaximumStartLineLength, HttpErrorKind.StartLineTooLong, _limits.MaximumHeadLength, HttpErrorKind.HeadTooLong)) return;
        if (!TrimLineEnd(out var line)) return;
        if (line.IsEmpty)
        {
            // RFC 9112 §2.2: a server ignores at least one empty line before the request line.
            Tolerate(HttpToleranceKind.LeadingEmptyLine, _lineStart);
            _line.Clear();
            return;
        }

        _phase = Phase.FieldLine;
        _rules.OnStartLine(this, line, _lineStart);
        _line.Clear();
    }

    private void ReadFieldLine(ref ReadOnlySpan<byte> rest, IHttpBodyHandler handler)
    {
        if (!TakeLine(ref rest, _limits.MaximumFieldLength, HttpErrorKind.FieldTooLong, _limits.MaximumHeadLength, HttpErrorKind.HeadTooLong)) return;
        if (!TrimLineEnd(out var line)) return;
        if (!line.IsEmpty)
        {
            _fields.Add(line, _lineStart);
            _line.Clear();
            return;
        }

        _line.Clear();
        _sectionLength = 0;
        var fields = _fields.Finish();
        var decision = _rules.OnHead(this, fields);
        if (_phase == Phase.Failed) return;
        if (decision.AnotherHead)
        {
            _phase = Phase.StartLine;
            return;
        }

        Framing = decision.Framing;
        switch (decision.Framing)
        {
            case HttpFraming.None:
                Complete(handler);
                break;
            case HttpFraming.Chunked:
                _phase = Phase.ChunkSize;
                break;
            case HttpFraming.UntilClose:
                _phase = Phase.Body;
                break;
            default:
                ExpectedLength = _remaining = decision.Length;
                if (_remaining == 0) Complete(handler);
                else _phase = Phase.Body;
                break;
        }
    }

    private void ReadBody(ref ReadOnlySpan<byte> rest, IHttpBodyHandler handler)
    {
        var take = Framing == HttpFraming.UntilClose ? rest.Length : (int)Math.Min(rest.Length, _remaining);
        var part = rest[..take];
        Consume(ref rest, take, keep: false);
        BodyLength += take;
        if (Framing == HttpFraming.ContentLength) _remaining -= take;
        handler.OnBody(part);
        if (Framing == HttpFraming.ContentLength && _remaining == 0) Complete(handler);
    }

    private void Complete(IHttpBodyHandler handler)
    {
        _phase = Phase.Complete;
        handler.OnComplete();
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
            Fail(_phase == Phase.StartLine ? HttpErrorKind.BadRequestLine : HttpErrorKind.BadField, _offset - 1, "a line ends in LF without CR (RFC 9112 §2.2)");
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

    private static string DescribeForeignStart(ReadOnlySpan<byte> start)
    {
        var builder = new StringBuilder("the first octets are not \"HTTP/\" but \"").Append(TextSanitizer.EscapeOctets(start)).Append('"');

        // RFC 8446 §5.1: the content types of TLS records are 20 to 24, and nothing in HTTP begins so.
        if (start.Length == 1 && start[0] is >= 20 and <= 24) builder.Append(": a TLS record, it seems");
        return builder.ToString();
    }
}
