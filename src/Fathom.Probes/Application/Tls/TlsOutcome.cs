using Fathom.Hosts.Internet;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls;

/// <summary>How a TLS handshake ended. What was seen until then is there in every case.</summary>
public abstract record TlsOutcome
{
    private TlsOutcome()
    {
    }

    /// <summary>When the probe began, by the host's clock.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took, from the first octet offered to the outcome.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The handshake messages, alerts and change_cipher_spec of both sides, in order.</summary>
    public IReadOnlyList<TlsMessageSeen> Messages { get; init; } = [];

    /// <summary>TCP payload octets sent.</summary>
    public long BytesSent { get; init; }

    /// <summary>TCP payload octets received.</summary>
    public long BytesReceived { get; init; }

    /// <summary>The certificates in the order the peer sent them, the leaf first; empty when none came.</summary>
    public IReadOnlyList<TlsCertificate> PeerChain { get; init; } = [];

    /// <summary>The version that the ServerHello selected, also where this end then refused it; null without a ServerHello.</summary>
    public TlsVersion? Version { get; init; }

    /// <summary>The IANA name of the suite that the ServerHello selected; null without a ServerHello.</summary>
    public string? CipherSuite { get; init; }

    /// <summary>The server's request for a client certificate, or null.</summary>
    public TlsCertificateRequest? CertificateRequest { get; init; }

    /// <summary>True when the server asked for another ClientHello (RFC 8446 §4.1.4): one more round trip.</summary>
    public bool HelloRetryRequestSeen { get; init; }

    /// <summary>Alerts of level warning that did not end the handshake ("unrecognized_name", say).</summary>
    public IReadOnlyList<TlsAlert> Warnings { get; init; } = [];

    /// <summary>How far the handshake got.</summary>
    public TlsProgress Progress { get; init; }

    /// <summary>The handshake is complete. The certificates have not been judged: see <see cref="CertificateValidator"/>.</summary>
    /// <param name="Session">The session; the caller disposes of it, then of the connection.</param>
    public sealed record Completed(TlsSession Session) : TlsOutcome;

    /// <summary>The peer ended the handshake with an alert.</summary>
    /// <param name="Alert">The alert.</param>
    public sealed record AlertReceived(TlsAlert Alert) : TlsOutcome;

    /// <summary>The peer ended the connection during the handshake without an alert.</summary>
    /// <param name="Reset">True for an RST, false for a FIN (or close_notify).</param>
    public sealed record PeerClosed(bool Reset) : TlsOutcome;

    /// <summary>The connection failed otherwise: retransmissions not acknowledged, an ICMP error, or this host.</summary>
    /// <param name="Error">The error as the host reports it, or null.</param>
    public sealed record ConnectionFailed(NetworkError? Error) : TlsOutcome;

    /// <summary>The peer's first octets are not what a TLS server says.</summary>
    /// <param name="FirstBytes">The octets, up to 1,024: an HTTP response, an SSH banner. Unescaped, as they came.</param>
    public sealed record NotTls(ReadOnlyMemory<byte> FirstBytes) : TlsOutcome
    {
        /// <summary>They are a ClientHello, which only clients say: the peer sends back what it is sent (RFC 862).</summary>
        public bool IsEcho => StartsWithClientHello(FirstBytes.Span);

        /// <summary>Tells whether octets begin with a record whose first message is a ClientHello (RFC 8446 §4, §5.1).</summary>
        internal static bool StartsWithClientHello(ReadOnlySpan<byte> octets) => octets is [(byte)TlsContentType.Handshake, _, _, _, _, (byte)TlsHandshakeType.ClientHello, ..];
    }

    /// <summary>The time ran out; <see cref="Progress"/> says how far it got.</summary>
    public sealed record TimedOut : TlsOutcome;

    /// <summary>The ServerHello selected a version that was not offered.</summary>
    /// <param name="Selected">The server's version.</param>
    public sealed record VersionUnsupported(TlsVersion Selected) : TlsOutcome;

    /// <summary>The peer broke the protocol, or offered parameters that this end cannot accept; this end ended the handshake.</summary>
    /// <param name="Detail">What was wrong, for people.</param>
    /// <param name="AlertSent">The alert that was sent, or null where none was.</param>
    public sealed record Malformed(string Detail, TlsAlert? AlertSent) : TlsOutcome;

    /// <summary>The peer exceeded a limit of this probe.</summary>
    /// <param name="Limit">Which.</param>
    /// <param name="Detail">The limit and its value, for people.</param>
    public sealed record LimitExceeded(TlsLimit Limit, string Detail) : TlsOutcome;
}
