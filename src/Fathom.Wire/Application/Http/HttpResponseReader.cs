using System.Text;

namespace Fathom.Wire.Application.Http;

/// <summary>
/// Reads one response, after any informational ones, from octets that are pushed into it (RFC 9112). It makes the same
/// calls and the same error however the input is cut. It reads what clients read: what is tolerated beyond the
/// specification is listed in <see cref="Tolerated"/>. Octets after the response are left to the caller: the next
/// response, a tunnel's (CONNECT), or those of the protocol that was switched to (101).
/// </summary>
public sealed class HttpResponseReader
{
    private readonly HttpMessageMachine _machine;
    private readonly Rules _rules;

    /// <summary>Makes a reader for the response to one request.</summary>
    /// <param name="requestMethod">The request's method: HEAD and CONNECT change what a head means (RFC 9112 §6.3).</param>
    /// <param name="limits">The limits.</param>
    public HttpResponseReader(string requestMethod, HttpLimits limits)
    {
        ArgumentException.ThrowIfNullOrEmpty(requestMethod);
        ArgumentNullException.ThrowIfNull(limits);
        _rules = new Rules(requestMethod, limits);
        _machine = new HttpMessageMachine(limits, _rules);
    }

    /// <summary>Where the reader stands.</summary>
    public HttpReadState State => _machine.State;

    /// <summary>What ends the body; <see cref="HttpFraming.None"/> before the final head.</summary>
    public HttpFraming Framing => _machine.Framing;

    /// <summary>Octets of the body so far, without chunk framing.</summary>
    public long BodyLength => _machine.BodyLength;

    /// <summary>Octets that the body will have, with <see cref="HttpFraming.ContentLength"/>; else null.</summary>
    public long? ExpectedLength => _machine.ExpectedLength;

    /// <summary>Why reading failed, or null.</summary>
    public HttpError? Error => _machine.Error;

    /// <summary>The final head (or the 101's), or null before it.</summary>
    public HttpResponseHead? Head => _rules.Head;

    /// <summary>True when the head was read and the connection can carry another request after this response (RFC 9112 §9.3).</summary>
    public bool KeepAlive => _rules.KeepAlive && Error is null;

    /// <summary>What was against the specification and read all the same; the first of each kind.</summary>
    public IReadOnlyList<HttpTolerance> Tolerated => _machine.Tolerated;

    /// <summary>Takes octets, and calls the handler with what they complete.</summary>
    /// <param name="bytes">What arrived next.</param>
    /// <param name="handler">Takes the parts.</param>
    /// <returns>Octets consumed: all of them, unless the response ended in <see cref="HttpReadState.Complete"/> or <see cref="HttpReadState.Failed"/>.</returns>
    public int Read(ReadOnlySpan<byte> bytes, IHttpResponseHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _rules.Handler = handler;
        return _machine.Read(bytes, handler);
    }

    /// <summary>The peer closed: a body until close is complete, anything else unfinished fails as <see cref="HttpErrorKind.Truncated"/>.</summary>
    /// <param name="handler">Takes the completion.</param>
    public void End(IHttpResponseHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _machine.End(handler);
    }

    private sealed class Rules(string requestMethod, HttpLimits limits) : IHttpMessageRules
    {
        private int _minorVersion;
        private int _status;
        private string _reason = "";
        private int _informational;

        public IHttpResponseHandler? Handler { get; set; }

        public HttpResponseHead? Head { get; private set; }

        public bool KeepAlive { get; private set; }

        public ReadOnlySpan<byte> Prefix => "HTTP/"u8;

        public bool IsStrict => false;

        // RFC 9112 §4: status-line = HTTP-version SP status-code SP [ reason-phrase ].
        public void OnStartLine(HttpMessageMachine machine, ReadOnlySpan<byte> line, long offset)
        {
            // "HTTP/1.1 200" is the shortest; the prefix was checked.
            if (line.Length < 8 || !char.IsAsciiDigit((char)line[5]) || line[6] != '.' || !char.IsAsciiDigit((char)line[7]))
            {
                machine.Fail(HttpErrorKind.BadStatusLine, offset + 5, "the version is not a digit, a dot and a digit (RFC 9112 §2.3)");
                return;
            }

            if (line[5] != '1')
            {
                machine.Fail(HttpErrorKind.UnsupportedVersion, offset + 5, $"the major version is {(char)line[5]}, not 1");
                return;
            }

            if (line.Length < 12 || line[8] != ' ' || !IsStatus(line[9..12]) || (line.Length > 12 && line[12] != ' '))
            {
                machine.Fail(HttpErrorKind.BadStatusLine, offset + 8, "the version is not followed by a space, a status of three digits from 100 on, and a space (RFC 9112 §4)");
                return;
            }

            if (line.Length == 12) machine.Tolerate(HttpToleranceKind.MissingReasonSpace, offset + 12);
            var reason = line.Length > 13 ? line[13..] : default;
            if (!machine.CheckText(reason, offset + 13, HttpErrorKind.BadStatusLine, "the reason phrase (RFC 9112 §4)")) return;
            _minorVersion = line[7] - '0';
            _status = ((line[9] - '0') * 100) + ((line[10] - '0') * 10) + (line[11] - '0');
            _reason = Encoding.Latin1.GetString(reason);
        }

        public HttpFramingDecision OnHead(HttpMessageMachine machine, HttpFields fields)
        {
            var head = new HttpResponseHead(1, _minorVersion, _status, _reason, fields);
            if (head.IsInformational && head.Status != 101)
            {
                if (++_informational > limits.MaximumInformational)
                {
                    machine.Fail(HttpErrorKind.TooManyInformational, machine.Offset, FormattableString.Invariant($"more than {limits.MaximumInformational} informational responses"));
                    return default;
                }

                Handler!.OnHead(head);
                return new HttpFramingDecision(HttpFraming.None, AnotherHead: true);
            }

            var decision = Decide(machine, head);
            if (machine.State == HttpReadState.Failed) return default;
            Head = head;
            Handler!.OnHead(head);
            return decision;
        }

        // The numbers are those of RFC 9112 §6.3.
        private HttpFramingDecision Decide(HttpMessageMachine machine, HttpResponseHead head)
        {
            // 2: a tunnel begins; 101: another protocol does (RFC 9110 §15.2.2). HTTP is over on this connection.
            if (head.Status == 101 || (requestMethod == "CONNECT" && head.Status is >= 200 and < 300)) return new HttpFramingDecision(HttpFraming.None);
            KeepAlive = HttpConnectionOptions.KeepsAlive(head.Fields, head.MinorVersion);

            // 1: whatever the fields say.
            if (requestMethod == "HEAD" || head.Status is 204 or 304) return new HttpFramingDecision(HttpFraming.None);
            var length = head.Fields.Combined("Content-Length");
            if (head.Fields.Combined("Transfer-Encoding") is { } encoding)
            {
                if (!HttpTransferEncoding.TryParse(encoding, out var endsInChunked))
                {
                    machine.Fail(HttpErrorKind.BadTransferEncoding, machine.Offset, "Transfer-Encoding is no list of codings with \"chunked\" at most once (RFC 9112 §6.1)");
                    return default;
                }

                // 3: it overrides Content-Length, and afterwards the connection is not to be trusted (§6.1).
                if (length is not null) Distrust(machine, HttpToleranceKind.TransferEncodingWithContentLength);
                if (head.MinorVersion == 0) Distrust(machine, HttpToleranceKind.TransferEncodingInHttp10);

                // 4: without "chunked" at the end only the close ends it.
                return endsInChunked ? new HttpFramingDecision(HttpFraming.Chunked) : UntilClose();
            }

            // 8.
            if (length is null) return UntilClose();

            // 5 and 6.
            if (!HttpContentLength.TryParse(length, out var octets, out var kind))
            {
                machine.Fail(kind, machine.Offset, $"Content-Length is \"{TextSanitizer.Escape(Shorten(length))}\" (RFC 9110 §8.6)");
                return default;
            }

            if (length.Contains(',', StringComparison.Ordinal)) machine.Tolerate(HttpToleranceKind.RepeatedContentLength, machine.Offset);
            return new HttpFramingDecision(HttpFraming.ContentLength, octets);
        }

        private HttpFramingDecision UntilClose()
        {
            KeepAlive = false;
            return new HttpFramingDecision(HttpFraming.UntilClose);
        }

        private void Distrust(HttpMessageMachine machine, HttpToleranceKind kind)
        {
            machine.Tolerate(kind, machine.Offset);
            KeepAlive = false;
        }

        // 40 characters show what is wrong with a number.
        private static string Shorten(string text) => text.Length <= 40 ? text : $"{text[..40]}…";

        private static bool IsStatus(ReadOnlySpan<byte> digits)
            => digits[0] is >= (byte)'1' and <= (byte)'9' && char.IsAsciiDigit((char)digits[1]) && char.IsAsciiDigit((char)digits[2]);
    }
}
