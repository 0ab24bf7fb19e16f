using Fathom.Lab.Application;

namespace Fathom.Lab.Faults;

/// <summary>Faults of TLS: of a server's certificate, its protocol, and of the client's clock.</summary>
internal static class TlsFaults
{
    private const string Places = "a web server with HTTPS: www, www:443";

    // Longer than certificates live.
    private static readonly TimeSpan ClockError = TimeSpan.FromDays(3650);

    public static IEnumerable<Fault> All =>
    [
        Tls("tls.not-tls", "Another protocol is spoken at the port of HTTPS: SSH greets.", TlsTrouble.NotTls),
        Tls("tls.handshake-refused", "The server answers the ClientHello with an alert (internal_error).", TlsTrouble.Alert),
        Tls("tls.version-unsupported", "The server speaks TLS 1.0 and 1.1 only.", TlsTrouble.OldVersions),
        Tls("tls.cipher-unsupported", "The server has one cipher suite only, which clients do not offer.", TlsTrouble.OddSuites),
        Certificate("tls.expired", "The server's certificate ended ten days ago.", CertificateTrouble.Expired),
        Certificate("tls.not-yet-valid", "The server's certificate begins in ten days.", CertificateTrouble.NotYetValid),
        new("tls.clock-skew", FaultSide.Client, "a host", "The host's clock is ten years slow.", static place =>
        {
            if (place.Host is not { } host) return Undo.NeedsHost;
            var before = host.ClockOffset;
            host.ClockOffset = before - ClockError;
            return (Action)(() => host.ClockOffset = before);
        }),
        Certificate("tls.name-mismatch", "The server's certificate is for another name.", CertificateTrouble.OtherName),
        Certificate("tls.self-signed", "The server's certificate was signed by its own key.", CertificateTrouble.SelfSigned),
        Certificate("tls.untrusted-issuer", "The server's chain is complete, and its root is one that nobody trusts.", CertificateTrouble.UnknownIssuer),
        Certificate("tls.incomplete-chain", "The server does not send the certificate between its own and the root.", CertificateTrouble.NoIntermediate),
        Certificate("tls.weak", "The server's certificate has an RSA key of 1,024 bits.", CertificateTrouble.WeakKey),
        Tls("tls.client-certificate-required", "The server wants a certificate from the client.", TlsTrouble.ClientCertificate),
    ];

    private static Fault Tls(string cause, string description, TlsTrouble trouble)
        => new(cause, FaultSide.Server, Places, description, place => ServiceChange.Secured(place, b => b with { Tls = trouble }));

    private static Fault Certificate(string cause, string description, CertificateTrouble trouble)
        => new(cause, FaultSide.Server, Places, description, place => ServiceChange.Secured(place, b => b with { Certificate = trouble }));
}
