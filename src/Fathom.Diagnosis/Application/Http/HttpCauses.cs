using System.Text;
using Fathom.Diagnosis.Targets;
using Fathom.Diagnosis.Transport;
using Fathom.Probes.Application;
using Fathom.Probes.Application.Http;
using Fathom.Probes.Application.Tls;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Http;

namespace Fathom.Diagnosis.Application.Http;

/// <summary>The causes that a response, or the lack of one, shows.</summary>
internal static class HttpCauses
{
    // RFC 6585 §6: the status that a captive portal should answer with.
    private const int NetworkAuthenticationRequired = 511;

    // The first octet of a TLS alert record (RFC 8446 §5.1): what a TLS server answers to plain HTTP.
    private const byte AlertRecord = 21;

    // nginx answers 400 in plain HTTP on a TLS port, and says so in the body.
    private static readonly byte[] NginxHint = "plain HTTP request was sent to HTTPS port"u8.ToArray();

    /// <summary>Judges the exchange. A status of 2xx or a followed redirect yields nothing.</summary>
    public static IEnumerable<Finding> Judge(CheckTarget target, bool usedTls, ExchangeResult exchange)
    {
        if (exchange.Http is not { } http) yield break;
        var evidence = exchange.HttpEvidence;
        var finding = http switch
        {
            HttpOutcome.Completed => OfStatus(target, usedTls, exchange, http),

            // A server that is slow to answer has taken the request: its TCP says so. Here not even that came.
            HttpOutcome.TimedOut { Head: null, BytesReceived: 0, Idle: true } when exchange.Info is { Unacknowledged: > 0, Retransmissions: > 0 }
                => StreamCauses.Stalled(Stage.Http, "the request was sent again and again, and is not acknowledged", evidence, mtuExcluded: true),
            HttpOutcome.TimedOut t => OfTimeout(t, evidence),
            HttpOutcome.Broken b => OfBroken(b, exchange),
            HttpOutcome.Malformed m => OfMalformed(target, usedTls, m, evidence),
            _ => null,
        };
        if (finding is not null) yield return finding;
    }

    private static Finding? OfStatus(CheckTarget target, bool usedTls, ExchangeResult exchange, HttpOutcome http)
    {
        var status = http.Head!.Status;
        var line = HttpWords.StatusLine(http);
        var evidence = exchange.HttpEvidence;
        if (!usedTls && status == 400 && http is HttpOutcome.Completed c && c.Body.Span.IndexOf(NginxHint) >= 0)
            return WrongScheme(target, $"the server answers that a plain HTTP request was sent to its HTTPS port ({line})", evidence);
        if (status == NetworkAuthenticationRequired)
        {
            return new Finding(Causes.HttpCaptivePortal, Severity.Fail, Stage.Http, $"A captive portal answers instead of {target.Host}: {line}.", evidence)
            {
                Fix = "Open any page in a browser and log in to the network.",
            };
        }

        if (status is 400 or 401 or 403 or 495 or 496 && exchange.Tls is TlsOutcome.Completed { Session.PeerCertificateRequested: true })
        {
            return new Finding(Causes.TlsClientCertificateRequired, Severity.Warn, Stage.Http,
                $"The server asked for a client certificate in the handshake, and answers {line} without one.", [.. exchange.TlsEvidence, .. evidence])
            {
                Confidence = Confidence.Likely,
                Fix = "Use a client certificate that the server accepts.",
                Alternatives = [new Alternative(Causes.HttpClientError, "Send the request with a certificate: if the status stays, it has another reason.")],
            };
        }

        return status switch
        {
            502 or 504 => new Finding(Causes.HttpUpstreamError, Severity.Fail, Stage.Http,
                $"The gateway at {target.Host} answers {line}: the server behind it {(status == 504 ? "did not answer in time" : "did not answer properly")}.", evidence)
            {
                Fix = "Look at the upstream server, and at the gateway's error log.",
            },
            >= 500 => new Finding(Causes.HttpServerError, Severity.Fail, Stage.Http, $"The server answers {line}.", evidence)
            {
                Fix = status == 503 ? "The service is overloaded or in maintenance: try later, or look at the server." : "Look at the server's error log.",
            },
            >= 400 => new Finding(Causes.HttpClientError, Severity.Warn, Stage.Http, $"The server answers {line}: every layer below is in order.", evidence)
            {
                Fix = status switch
                {
                    401 or 403 => "Send credentials that may see this resource.",
                    404 or 410 => "Check the path; the server does not have it.",
                    429 => "Too many requests: wait, and ask less often.",
                    _ => "Check the request: the server refuses it.",
                },
            },
            _ => null,
        };
    }

    private static Finding OfTimeout(HttpOutcome.TimedOut timeout, IReadOnlyList<string> evidence)
    {
        var what = timeout.Head is null
            ? timeout.BytesReceived == 0 ? "no octet of a response came" : $"only {Text.Count(timeout.BytesReceived, "octet")} came, no complete head"
            : $"the head came ({HttpWords.StatusLine(timeout)}), and its body did not end";
        return new Finding(Causes.HttpTimeout, Severity.Fail, Stage.Http,
            $"The request was sent, and {what} {(timeout.Idle ? $"before {Text.Seconds(timeout.Waited)} of silence" : $"within the limit of {Text.Seconds(timeout.Waited)}")}.", evidence)
        {
            Fix = "Look at the server: it takes requests and does not answer in time.",
        };
    }

    private static Finding? OfBroken(HttpOutcome.Broken broken, ExchangeResult exchange)
    {
        var evidence = exchange.HttpEvidence;
        if (broken.Status == ByteStreamStatus.Alert)
        {
            var asked = exchange.Tls is TlsOutcome.Completed { Session.PeerCertificateRequested: true };
            return new Finding(asked ? Causes.TlsClientCertificateRequired : Causes.TlsHandshakeRefused, Severity.Fail, Stage.Http,
                asked ? "The server asked for a client certificate, and sent an alert when none came." : "The server sent a TLS alert instead of a response.",
                [.. exchange.TlsEvidence, .. evidence])
            {
                Fix = asked ? "Use a client certificate that the server accepts." : "Look at the server's TLS log.",
            };
        }

        if (broken.Head is null) return StreamCauses.Of(broken.Status, Stage.Http, "before it answered the request", evidence);
        if (broken.Status is ByteStreamStatus.Reset) return StreamCauses.Reset(Stage.Http, $"in the middle of the response, after {Text.Count(broken.BodyLength, "octet")} of body", evidence);
        var promised = broken.Expected is { } expected ? $"of the {Text.Count(expected, "octet")} that Content-Length promised, " : string.Empty;
        return new Finding(Causes.HttpTruncated, Severity.Fail, Stage.Http,
            $"The response is cut short: {promised}{Text.Count(broken.BodyLength, "octet")} came before the server closed{(broken.Expected is null ? " in the middle of a chunk" : string.Empty)}.", evidence)
        {
            Fix = "Look at the server or the proxy before it: it closes while it sends, or states a wrong length.",
        };
    }

    private static Finding OfMalformed(CheckTarget target, bool usedTls, HttpOutcome.Malformed malformed, IReadOnlyList<string> evidence)
    {
        if (!usedTls && malformed.FirstBytes.Span is [AlertRecord, 3, ..])
            return WrongScheme(target, "the server answers plain HTTP with a TLS alert", evidence);
        var first = TextSanitizer.Escape(Encoding.Latin1.GetString(malformed.FirstBytes.Span[..Math.Min(40, malformed.FirstBytes.Length)]));
        return new Finding(Causes.HttpMalformed, Severity.Fail, Stage.Http,
            malformed.Error.Kind == HttpErrorKind.NotHttp
                ? $"The peer does not speak HTTP; it begins with \"{first}\"."
                : $"The response is not valid HTTP, at octet {malformed.Error.Offset}: {malformed.Error.Detail}.", evidence)
        {
            Fix = "Check the port; look at the server or the proxy that wrote the response.",
        };
    }

    /// <summary>A port of HTTPS was asked in plain HTTP.</summary>
    public static Finding WrongScheme(CheckTarget target, string how, IReadOnlyList<string> evidence)
        => new(Causes.HttpWrongScheme, Severity.Fail, Stage.Http, $"Port {target.Port} speaks HTTPS, and was asked in plain HTTP: {how}.", evidence)
        {
            Fix = $"Use https://{target.Host}:{target.Port}{target.RequestTarget}",
        };
}
