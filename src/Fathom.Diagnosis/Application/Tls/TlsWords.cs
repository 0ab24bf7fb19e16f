using Fathom.Probes.Application.Tls;
using Fathom.Wire.Application.Tls;

namespace Fathom.Diagnosis.Application.Tls;

/// <summary>TLS outcomes in words.</summary>
internal static class TlsWords
{
    public static string Describe(TlsOutcome outcome) => outcome switch
    {
        TlsOutcome.Completed => $"{outcome.Version?.ToText()}, {outcome.CipherSuite}, {Text.Count(outcome.PeerChain.Count, "certificate")} in {Text.Ms(outcome.Duration)}",
        TlsOutcome.AlertReceived a => $"alert {a.Alert.Name} ({a.Alert.Number}) after {Text.Ms(outcome.Duration)}",
        TlsOutcome.PeerClosed c => c.Reset ? "the connection was reset in the handshake" : "the peer closed in the handshake",
        TlsOutcome.ConnectionFailed => "the connection was given up in the handshake",
        TlsOutcome.NotTls => "the peer's first octets are not a TLS record",
        TlsOutcome.TimedOut => $"{HowFar(outcome)} in {Text.Seconds(outcome.Duration)}",
        TlsOutcome.VersionUnsupported v => $"the server chose {v.Selected.ToText()}, which was not offered",
        TlsOutcome.Malformed m => m.Detail,
        TlsOutcome.LimitExceeded l => l.Detail,
        _ => "no outcome",
    };

    /// <summary>What had come when the time ran out.</summary>
    public static string HowFar(TlsOutcome outcome) => outcome.BytesReceived == 0
        ? "no octet came in answer to the ClientHello"
        : $"{Text.Count(outcome.BytesReceived, "octet")} of the server's part came, and then nothing";
}
