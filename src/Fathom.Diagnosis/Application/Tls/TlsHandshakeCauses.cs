using System.Text;
using Fathom.Diagnosis.Targets;
using Fathom.Diagnosis.Transport;
using Fathom.Probes.Application.Tls;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Tls;

namespace Fathom.Diagnosis.Application.Tls;

/// <summary>The causes of a handshake that did not complete.</summary>
internal static class TlsHandshakeCauses
{
    /// <summary>Judges the handshake; null where it completed, or stalled (which the path may explain).</summary>
    /// <param name="target">The target.</param>
    /// <param name="exchange">What happened.</param>
    /// <param name="survey">What the server took when it was offered everything; empty where it was not asked.</param>
    public static Finding? Judge(CheckTarget target, ExchangeResult exchange, IReadOnlyList<TlsVersionAnswer> survey)
    {
        if (exchange.Tls is not { } tls) return null;
        var taken = survey.Where(static a => a.Support == TlsVersionSupport.Spoken).ToArray();
        var current = taken.FirstOrDefault(static a => a.Version == TlsVersion.Tls12);
        IReadOnlyList<TlsVersion> spoken = current is null ? [.. taken.Select(static a => a.Version)] : [];
        if (current is { IsUsualSuite: false, CipherSuite: { } suite }
            && tls is TlsOutcome.AlertReceived { Alert.Description: TlsAlertDescription.HandshakeFailure } or TlsOutcome.PeerClosed { Reset: false })
        {
            return OfSuite(target, suite, exchange.TlsEvidence);
        }

        var evidence = exchange.TlsEvidence;
        return tls switch
        {
            TlsOutcome.AlertReceived a => OfAlert(target, a.Alert, tls, spoken, evidence),
            TlsOutcome.PeerClosed { Reset: true } => StreamCauses.Reset(Stage.Tls, tls.BytesReceived == 0 ? "after the ClientHello" : "in the TLS handshake", evidence),
            TlsOutcome.PeerClosed => spoken.Count > 0 ? OfVersion(target, "closes the connection", spoken, evidence) : new Finding(Causes.TlsHandshakeRefused, Severity.Fail, Stage.Tls,
                $"The server closed the connection {(tls.BytesReceived == 0 ? "on the ClientHello" : "in the TLS handshake")}, without an alert.", evidence)
            {
                Confidence = Confidence.Likely,
                Fix = "Look at the server's TLS log.",
                Alternatives = [new Alternative(Causes.TlsNotTls, $"Connect and look at what the port speaks: fathom check tcp://{target.Host}:{target.Port}")],
            },
            TlsOutcome.ConnectionFailed => StreamCauses.Stalled(Stage.Tls, "the stack gave the connection up in the TLS handshake", evidence, false),
            TlsOutcome.NotTls n => OfNotTls(target, n, evidence),
            TlsOutcome.VersionUnsupported v => OfVersion(target, "chose a version that was not offered", [v.Selected], evidence),
            TlsOutcome.Malformed { AlertSent.Description: TlsAlertDescription.ProtocolVersion } when tls.Version is { } version => OfVersion(target, "chose a version that was not offered", [version], evidence),
            TlsOutcome.Malformed m => Refused($"The server breaks the TLS protocol: {m.Detail}.", evidence),
            TlsOutcome.LimitExceeded l => Refused($"The handshake was ended at a limit: {l.Detail}.", evidence),
            _ => null,
        };
    }

    private static Finding OfAlert(CheckTarget target, TlsAlert alert, TlsOutcome tls, IReadOnlyList<TlsVersion> spoken, IReadOnlyList<string> evidence)
    {
        var named = $"alert {alert.Name} ({alert.Number})";
        switch (alert.Description)
        {
            case TlsAlertDescription.ProtocolVersion:
                return OfVersion(target, $"answers with the {named}", spoken, evidence);
            case TlsAlertDescription.InsufficientSecurity:
                return new Finding(Causes.TlsCipherUnsupported, Severity.Fail, Stage.Tls, $"The server finds no acceptable cipher suite: {named}.", evidence)
                {
                    Fix = "Allow modern cipher suites on the server (TLS 1.3, or ECDHE with AES-GCM or ChaCha20).",
                };
            case TlsAlertDescription.CertificateRequired:
            case TlsAlertDescription.BadCertificate or TlsAlertDescription.HandshakeFailure when tls.CertificateRequest is not null:
                return new Finding(Causes.TlsClientCertificateRequired, Severity.Fail, Stage.Tls, $"The server wants a client certificate, and ended the handshake without one: {named}.", evidence)
                {
                    Confidence = alert.Description == TlsAlertDescription.CertificateRequired ? Confidence.Certain : Confidence.Likely,
                    Fix = "Use a client certificate that the server accepts.",
                    Alternatives = alert.Description == TlsAlertDescription.CertificateRequired ? [] : [new Alternative(Causes.TlsHandshakeRefused, "Look at the server's TLS log for the reason of the alert.")],
                };
            case TlsAlertDescription.HandshakeFailure when spoken.Count > 0:
                return OfVersion(target, $"answers with the {named}", spoken, evidence);
            case TlsAlertDescription.HandshakeFailure:
                return Refused($"The server refused the handshake: {named}, most often because no cipher suite or key exchange group is in common.", evidence) with
                {
                    Alternatives = [new Alternative(Causes.TlsCipherUnsupported, "Look at the server's list of cipher suites, or at its TLS log.")],
                };
            case TlsAlertDescription.UnrecognizedName:
                return Refused($"The server does not know the name {target.Host}: {named}.", evidence) with { Fix = "Check the name, or the server's list of virtual hosts." };
            default:
                return Refused($"The server refused the handshake: {named}.", evidence);
        }
    }

    private static Finding Refused(string summary, IReadOnlyList<string> evidence)
        => new(Causes.TlsHandshakeRefused, Severity.Fail, Stage.Tls, summary, evidence) { Fix = "Look at the server's TLS log." };

    private static Finding OfSuite(CheckTarget target, string suite, IReadOnlyList<string> evidence)
        => new(Causes.TlsCipherUnsupported, Severity.Fail, Stage.Tls,
            $"{target.Host} speaks TLS 1.2 and has no acceptable cipher suite: it refuses the usual ones, and takes {suite}.", evidence)
        {
            Fix = "Allow modern cipher suites on the server (TLS 1.3, or ECDHE with AES-GCM or ChaCha20).",
        };

    private static Finding OfVersion(CheckTarget target, string how, IReadOnlyList<TlsVersion> spoken, IReadOnlyList<string> evidence)
    {
        var only = spoken.Count == 0 ? string.Empty : $"; it speaks {string.Join(" and ", spoken.Select(static v => v.ToText()))}";
        return new Finding(Causes.TlsVersionUnsupported, Severity.Fail, Stage.Tls,
            $"{target.Host} has no TLS version in common with this client (TLS 1.2 and 1.3): it {how}{only}.", evidence)
        {
            Fix = "Enable TLS 1.2 or 1.3 on the server: older versions are forbidden (RFC 8996).",
        };
    }

    private static Finding OfNotTls(CheckTarget target, TlsOutcome.NotTls notTls, IReadOnlyList<string> evidence)
    {
        if (notTls.IsEcho)
        {
            return new Finding(Causes.TlsNotTls, Severity.Fail, Stage.Tls, $"Port {target.Port} of {target.Host} does not speak TLS: it sends this client's ClientHello back, as an echo service does (RFC 862).", evidence) { Fix = "Check the port." };
        }

        var first = Encoding.Latin1.GetString(notTls.FirstBytes.Span[..Math.Min(40, notTls.FirstBytes.Length)]);
        var line = first.IndexOfAny(['\r', '\n']) is var end and >= 0 ? first[..end] : first;
        var isHttp = first.StartsWith("HTTP/", StringComparison.Ordinal);
        return new Finding(isHttp ? Causes.HttpWrongScheme : Causes.TlsNotTls, Severity.Fail, Stage.Tls,
            $"Port {target.Port} of {target.Host} does not speak TLS: it answers \"{TextSanitizer.Escape(line)}\"{(isHttp ? ", which is plain HTTP" : string.Empty)}.", evidence)
        {
            Fix = isHttp ? $"Use http://{target.Host}:{target.Port}{target.RequestTarget}, or enable TLS on that port." : "Check the port.",
        };
    }
}
