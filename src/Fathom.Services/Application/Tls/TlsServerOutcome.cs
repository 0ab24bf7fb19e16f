using Fathom.Hosts.Internet;
using Fathom.Probes.Application.Tls;
using Fathom.Wire.Application.Tls;

namespace Fathom.Services.Application.Tls;

/// <summary>How a handshake ended, as the server saw it.</summary>
public abstract record TlsServerOutcome
{
    private TlsServerOutcome()
    {
    }

    /// <summary>The name that the client asked for (SNI), as safe text; null where it named none.</summary>
    public string? ServerName { get; init; }

    /// <summary>The messages, alerts and change_cipher_spec of both sides, in order.</summary>
    public IReadOnlyList<TlsMessageSeen> Messages { get; init; } = [];

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The handshake is complete.</summary>
    /// <param name="Session">The session; as a byte stream: <c>new TlsByteStream(Session)</c>. The caller disposes of it, then of the connection.</param>
    /// <param name="Identity">The identity that the client was shown.</param>
    public sealed record Completed(TlsSession Session, TlsServerIdentity Identity) : TlsServerOutcome;

    /// <summary>The client ended the handshake with an alert: "unknown_ca" where it does not trust the certificate.</summary>
    /// <param name="Alert">The alert.</param>
    public sealed record AlertReceived(TlsAlert Alert) : TlsServerOutcome;

    /// <summary>The client ended the connection during the handshake without an alert.</summary>
    /// <param name="Reset">True for an RST, false for a FIN.</param>
    public sealed record PeerClosed(bool Reset) : TlsServerOutcome;

    /// <summary>The connection failed otherwise.</summary>
    /// <param name="Error">The error as the host reports it, or null.</param>
    public sealed record ConnectionFailed(NetworkError? Error) : TlsServerOutcome;

    /// <summary>The client's first octets are not a TLS record.</summary>
    /// <param name="FirstBytes">The octets, up to 1,024: a plain HTTP request, mostly. Unescaped, as they came.</param>
    public sealed record NotTls(ReadOnlyMemory<byte> FirstBytes) : TlsServerOutcome;

    /// <summary>The time ran out.</summary>
    public sealed record TimedOut : TlsServerOutcome;

    /// <summary>This end refused: nothing in common, the client broke the protocol, or it exceeded a limit.</summary>
    /// <param name="Detail">Why, for people.</param>
    /// <param name="AlertSent">The alert that was sent, or null where none was.</param>
    public sealed record Refused(string Detail, TlsAlert? AlertSent) : TlsServerOutcome;
}
