using Fathom.Probes.Application.Tls;
using Fathom.Probes.Internet;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Http;

/// <summary>A failed TLS handshake in one phrase.</summary>
internal static class HttpTlsWords
{
    // Enough to recognize what speaks there.
    private const int ShownOctets = 40;

    public static string Describe(TlsOutcome outcome) => outcome switch
    {
        TlsOutcome.AlertReceived a => $"the server ended the TLS handshake with the alert {a.Alert.Description}",
        TlsOutcome.PeerClosed c => c.Reset ? "the server reset the connection during the TLS handshake" : "the server closed the connection during the TLS handshake",
        TlsOutcome.ConnectionFailed f => f.Error is { } error ? $"the connection failed during the TLS handshake: {error.Describe()}" : "the connection failed during the TLS handshake",
        TlsOutcome.NotTls { IsEcho: true } => "the server does not speak TLS there: it sends back what it is sent",
        TlsOutcome.NotTls n => $"the server does not speak TLS there: it began with \"{TextSanitizer.EscapeOctets(n.FirstBytes.Span[..Math.Min(ShownOctets, n.FirstBytes.Length)])}\"",
        TlsOutcome.TimedOut => "the TLS handshake did not end in time",
        TlsOutcome.VersionUnsupported v => $"the server wants {v.Selected.ToText()}, which was not offered",
        TlsOutcome.Malformed m => $"the server broke the TLS protocol: {TextSanitizer.Escape(m.Detail)}",
        TlsOutcome.LimitExceeded l => $"the server exceeded a limit of the handshake: {TextSanitizer.Escape(l.Detail)}",
        _ => "the TLS handshake failed",
    };
}
