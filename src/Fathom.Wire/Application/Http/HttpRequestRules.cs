using System.Text;

namespace Fathom.Wire.Application.Http;

/// <summary>The strict rules for the head and framing of a request (RFC 9112 §3, §6.3).</summary>
internal sealed class HttpRequestRules : IHttpMessageRules
{
    private string _method = "";
    private string _target = "";
    private int _minorVersion;

    public IHttpRequestHandler? Handler { get; set; }

    public HttpRequestHead? Head { get; private set; }

    public bool KeepAlive { get; private set; }

    public ReadOnlySpan<byte> Prefix => default;

    public bool IsStrict => true;

    // RFC 9112 §3: request-line = method SP request-target SP HTTP-version. One space each: §3 lets a recipient be
    // lenient about whitespace, and says what that costs.
    public void OnStartLine(HttpMessageMachine machine, ReadOnlySpan<byte> line, long offset)
    {
        var methodEnd = line.IndexOf((byte)' ');
        var targetEnd = line.LastIndexOf((byte)' ');
        if (methodEnd <= 0 || targetEnd == methodEnd)
        {
            machine.Fail(HttpErrorKind.BadRequestLine, offset, "the request line is not a method, a target and a version (RFC 9112 §3)");
            return;
        }

        var method = line[..methodEnd];
        var target = line[(methodEnd + 1)..targetEnd];
        var version = line[(targetEnd + 1)..];
        if (!HttpSyntax.IsToken(method))
        {
            machine.Fail(HttpErrorKind.BadRequestLine, offset + HttpSyntax.FirstNonToken(method), "the method is not a token (RFC 9110 §9.1)");
            return;
        }

        if (target.IsEmpty || target.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            machine.Fail(HttpErrorKind.BadRequestLine, offset + methodEnd + 1, "the target is empty, or holds a space, a control or a non-ASCII octet (RFC 9112 §3.2)");
            return;
        }

        if (!ReadVersion(machine, version, offset + targetEnd + 1)) return;
        _method = Encoding.ASCII.GetString(method);
        _target = Encoding.ASCII.GetString(target);
        if (!HttpSyntax.HasTargetForm(_method, _target)) machine.Fail(HttpErrorKind.BadRequestLine, offset + methodEnd + 1, "the target has none of the four forms, or not the one for its method (RFC 9112 §3.2)");
    }

    public HttpFramingDecision OnHead(HttpMessageMachine machine, HttpFields fields)
    {
        var decision = Decide(machine, fields);
        if (machine.State == HttpReadState.Failed) return default;
        KeepAlive = HttpConnectionOptions.KeepsAlive(fields, _minorVersion);
        Head = new HttpRequestHead(_method, _target, fields) { MinorVersion = _minorVersion };
        Handler!.OnHead(Head);
        return decision;
    }

    private bool ReadVersion(HttpMessageMachine machine, ReadOnlySpan<byte> version, long offset)
    {
        if (version.Length != 8 || !version.StartsWith("HTTP/"u8) || !char.IsAsciiDigit((char)version[5]) || version[6] != '.' || !char.IsAsciiDigit((char)version[7]))
        {
            machine.Fail(HttpErrorKind.BadRequestLine, offset, "the request line does not end in \"HTTP/\", a digit, a dot and a digit (RFC 9112 §2.3)");
            return false;
        }

        if (version[5] != '1')
        {
            machine.Fail(HttpErrorKind.UnsupportedVersion, offset + 5, $"the major version is {(char)version[5]}, not 1");
            return false;
        }

        _minorVersion = version[7] - '0';
        return true;
    }

    private HttpFramingDecision Decide(HttpMessageMachine machine, HttpFields fields)
    {
        // RFC 9112 §3.2: refused with 400 are HTTP/1.1 without Host, more than one Host, and a Host that is not valid.
        var hosts = fields.All("Host").ToList();
        if (hosts.Count > 1 || (hosts.Count == 0 && _minorVersion >= 1))
            return Refuse(machine, HttpErrorKind.BadHost, "an HTTP/1.1 request has exactly one Host field (RFC 9112 §3.2)", HttpSmugglingShape.AmbiguousHost);
        if (hosts.Count == 1 && !HttpSyntax.IsHost(hosts[0]))
            return Refuse(machine, HttpErrorKind.BadHost, "Host is not a host and a port (RFC 9112 §3.2)", HttpSmugglingShape.AmbiguousHost);

        var lengths = fields.All("Content-Length").ToList();
        if (_method == "CONNECT" && (lengths.Count > 0 || fields.Contains("Transfer-Encoding")))
        {
            // RFC 9110 §9.3.6: what follows the head is the tunnel's; who believes a length here takes it for a body.
            return Refuse(machine, HttpErrorKind.ConflictingLengths, "CONNECT has no body, and states one (RFC 9110 §9.3.6)", HttpSmugglingShape.BodyOnConnect);
        }

        if (fields.Combined("Transfer-Encoding") is { } encoding)
        {
            // RFC 9112 §6.1 and §6.3 item 3: "ought to be handled as an error".
            if (lengths.Count > 0) return Refuse(machine, HttpErrorKind.ConflictingLengths, "Transfer-Encoding and Content-Length together (RFC 9112 §6.3)", HttpSmugglingShape.LengthAndTransferEncoding);
            if (_minorVersion == 0) return Refuse(machine, HttpErrorKind.BadTransferEncoding, "Transfer-Encoding in HTTP/1.0 (RFC 9112 §6.1)", HttpSmugglingShape.TransferEncodingInHttp10);

            // §6.3 item 4: without a final "chunked" the end of a request cannot be known.
            if (!HttpTransferEncoding.TryParse(encoding, out var endsInChunked) || !endsInChunked)
                return Refuse(machine, HttpErrorKind.BadTransferEncoding, "Transfer-Encoding does not end in \"chunked\", once (RFC 9112 §6.3)", HttpSmugglingShape.ObscuredTransferEncoding);
            return new HttpFramingDecision(HttpFraming.Chunked);
        }

        if (lengths.Count == 0) return new HttpFramingDecision(HttpFraming.None);
        if (lengths.Count > 1 || lengths[0].Contains(',', StringComparison.Ordinal))
            return Refuse(machine, HttpErrorKind.ConflictingLengths, "more than one Content-Length (RFC 9112 §6.3)", HttpSmugglingShape.RepeatedLength);
        return HttpContentLength.TryParse(lengths[0], out var octets, out var kind)
            ? new HttpFramingDecision(HttpFraming.ContentLength, octets)
            : Refuse(machine, kind, "Content-Length is not a number (RFC 9110 §8.6)", HttpSmugglingShape.ObscuredLength);
    }

    private static HttpFramingDecision Refuse(HttpMessageMachine machine, HttpErrorKind kind, string detail, HttpSmugglingShape shape)
    {
        machine.Fail(kind, machine.Offset, detail, shape);
        return default;
    }
}
