using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Application.Tls;
using Fathom.Probes.Internet;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Tls;

namespace Fathom.Cli.Tls;

/// <summary>What a client would make of a server, in words.</summary>
/// <param name="Status">The exit status.</param>
/// <param name="Layer">The layer that decides: "DNS", "TCP", "STARTTLS", "TLS", "certificates"; empty where all is well.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Fix">What helps, or empty.</param>
internal sealed record TlsVerdict(int Status, string Layer, string Summary, string Fix)
{
    /// <summary>Judges an inspection.</summary>
    public static TlsVerdict Of(TlsInspection inspection)
    {
        if (inspection.Refusal is { } refusal && inspection.Handshake is null) return new(ExitStatus.Unknown, "this machine", refusal.Reason, refusal.Remedy ?? string.Empty);
        if (inspection.Lookup is HostLookupOutcome.Failed failed) return new(ExitStatus.Broken, "DNS", failed.Reason, "Check the name; 'fathom dns NAME --trace' shows where it ends.");
        if (inspection.Prelude?.Failure is { } prelude) return new(ExitStatus.Broken, "STARTTLS", $"{char.ToUpperInvariant(prelude[0])}{prelude[1..]}.", "Look at what speaks on that port, and at what stands on the way.");
        if (inspection.Handshake is not { } handshake) return OfConnection(inspection);
        if (inspection.LateAlert is { } late) return OfAlert(late, handshake, "The handshake was complete, and then the server refused this client");
        if (handshake is not TlsOutcome.Completed completed) return OfHandshake(inspection, handshake);
        if (inspection.Certificates is not { } certificates) return new(ExitStatus.Unknown, "this machine", inspection.Refusal?.Reason ?? "The certificates could not be judged.", inspection.Refusal?.Remedy ?? string.Empty);
        if (certificates.Problems is [var problem, ..]) return new(ExitStatus.Broken, "certificates", problem.Detail, CertificateRemedy.For(problem.Kind));
        if (completed.Session.Weaknesses.FirstOrDefault(static w => w.IsRefused) is { } weakness) return new(ExitStatus.Broken, "TLS", weakness.Detail, "Allow TLS 1.3, or TLS 1.2 with ECDHE and AES-GCM or ChaCha20.");
        return new(ExitStatus.Good, string.Empty, "A client accepts this server.", string.Empty);
    }

    private static TlsVerdict OfConnection(TlsInspection inspection)
    {
        var last = inspection.Attempts[^1];
        return last.Result switch
        {
            ConnectResult.Reset => new(ExitStatus.Broken, "TCP", $"{last.Remote} refused the connection: nothing listens there.", "Start the server, or check the port."),
            ConnectResult.TimedOut => new(ExitStatus.Broken, "TCP", $"{last.Remote} did not answer in {last.Duration.TotalSeconds:0.0} s.", "A firewall that drops, or no host there: 'fathom check' tells them apart."),
            ConnectResult.Unreachable u => new(ExitStatus.Broken, "IP", $"{last.Remote} cannot be reached: {u.Error.Describe()}.", "Check the route: 'fathom check' shows where it ends."),
            ConnectResult.Refused r => new(ExitStatus.Unknown, "this machine", r.Refusal.Reason, r.Refusal.Remedy ?? string.Empty),
            _ => new(ExitStatus.Unknown, "this machine", "The connection has no result.", string.Empty),
        };
    }

    private static TlsVerdict OfHandshake(TlsInspection inspection, TlsOutcome handshake) => handshake switch
    {
        TlsOutcome.AlertReceived a => OfAlert(a.Alert, handshake, "The server ended the handshake"),
        TlsOutcome.PeerClosed c => Broken(c.Reset ? "The server reset the connection in the handshake." : "The server closed the connection in the handshake, without an alert.", "Look at the server's TLS log."),
        TlsOutcome.ConnectionFailed => Broken("The connection was given up in the handshake.", "Check the path: 'fathom check' measures it."),
        TlsOutcome.NotTls n => OfNotTls(inspection, n),
        TlsOutcome.TimedOut => Broken(handshake.BytesReceived == 0 ? "The server took the connection and never answered the ClientHello." : $"The handshake stalled after {handshake.BytesReceived} octets from the server.", "The port may not speak TLS first (a STARTTLS service waits for a word), or large packets are lost: 'fathom check' tells."),
        TlsOutcome.VersionUnsupported v => Broken($"The server chose {v.Selected.ToText()}, which was not offered.", "Enable TLS 1.2 or 1.3 on the server (RFC 8996)."),
        TlsOutcome.Malformed m => Broken($"The server broke the protocol: {TextSanitizer.Escape(m.Detail)}.", "Look at what speaks on that port."),
        TlsOutcome.LimitExceeded l => Broken($"The handshake was ended at a limit: {l.Detail}.", "A server like this is broken or hostile."),
        _ => new(ExitStatus.Unknown, "TLS", "The handshake has no result.", string.Empty),
    };

    private static TlsVerdict OfAlert(TlsAlert alert, TlsOutcome handshake, string how)
    {
        var fix = alert.Description switch
        {
            TlsAlertDescription.CertificateRequired => "Give the client a certificate that the server accepts.",
            TlsAlertDescription.BadCertificate or TlsAlertDescription.HandshakeFailure when handshake.CertificateRequest is not null => "The server asked for a client certificate, and this probe has none: that is the likely reason.",
            TlsAlertDescription.ProtocolVersion => "No version in common: --versions shows which ones it speaks.",
            TlsAlertDescription.HandshakeFailure or TlsAlertDescription.InsufficientSecurity => "No suite, group or signature in common: --versions and --suites show what it takes.",
            TlsAlertDescription.UnrecognizedName => "The server has no site of this name: check --servername.",
            TlsAlertDescription.NoApplicationProtocol => "The server speaks none of the offered protocols: try --alpn with others, or ''.",
            _ => "Look at the server's TLS log.",
        };
        return Broken($"{how} with the alert {alert.Name} ({alert.Number}).", fix);
    }

    private static TlsVerdict OfNotTls(TlsInspection inspection, TlsOutcome.NotTls notTls)
    {
        if (notTls.IsEcho) return Broken($"Port {inspection.Port} does not speak TLS: it sends the ClientHello back, as an echo service does.", "Check the port.");
        var text = System.Text.Encoding.Latin1.GetString(notTls.FirstBytes.Span);
        var line = text.Split('\r', '\n')[0];
        if (line.Length > 40) line = line[..40] + "…";
        var isHttp = line.StartsWith("HTTP/", StringComparison.Ordinal);
        return Broken($"Port {inspection.Port} does not speak TLS: it answers \"{TextSanitizer.Escape(line)}\".", isHttp ? $"Use http://{inspection.Host}:{inspection.Port}/, or enable TLS on that port." : "Check the port; a STARTTLS service speaks in the clear first.");
    }

    private static TlsVerdict Broken(string summary, string fix) => new(ExitStatus.Broken, "TLS", summary, fix);
}
