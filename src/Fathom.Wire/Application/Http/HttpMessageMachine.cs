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
        limits.Validate();
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
    public void Fail(HttpErrorKind kind, long offset, string detail, HttpSmugglingShape? shape = null)
    {
        if (_phase == Phase.Failed) return;
        _phase = Phase.Failed;
        Error = new HttpError(kind, offset, detail) { Shape = shape };
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

    // True at the empty line, which ends the fields.
    private bool TakeFieldLine(ref ReadOnlySpan<byte> rest, int sectionLimit, HttpErrorKind sectionTooLong)
    {
        if (!TakeLine(ref rest, _limits.MaximumFieldLength, HttpErrorKind.FieldTooLong, sectionLimit, sectionTooLong)) return false;
        if (!TrimLineEnd(out var line)) return false;
        var isEnd = line.IsEmpty;
        if (!isEnd) _fields.Add(line, _lineStart);
        _line.Clear();
        return isEnd;
    }

    private void ReadFieldLine(ref ReadOnlySpan<byte> rest, IHttpBodyHandler handler)
    {
        if (!TakeFieldLine(ref rest, _limits.MaximumHeadLength, HttpErrorKind.HeadTooLong)) return;
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

    private static string DescribeForeignStart(ReadOnlySpan<byte> start)
    {
        var builder = new StringBuilder("the first octets are not \"HTTP/\" but \"").Append(TextSanitizer.EscapeOctets(start)).Append('"');

        // RFC 8446 §5.1: the content types of TLS records are 20 to 24, and nothing in HTTP begins so.
        if (start.Length == 1 && start[0] is >= 20 and <= 24) builder.Append(": a TLS record, it seems");
        return builder.ToString();
    }
}
