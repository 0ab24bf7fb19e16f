using Fathom.EndToEnd.Worlds;
using static Fathom.EndToEnd.Cases.Confidence;

namespace Fathom.EndToEnd.Cases.Application;

/// <summary>Causes in TLS and certificates.</summary>
internal static class TlsCases
{
    public static IReadOnlyList<FaultCase> All { get; } =
    [
        new(
            "tls.not-tls",
            $"https://{Names.V4Only}:{Ports.SecureShell}/",
            Expectation.Broken("tls.not-tls"),
            Fault.None,
            Witness.Curl($"https://{Names.V4Only}:{Ports.SecureShell}/", 35, "wrong version number")),
        Site("tls.expired", Names.Expired, "certificate has expired"),
        Site("tls.not-yet-valid", Names.NotYetValid, "not yet valid"),
        Site("tls.name-mismatch", Names.WrongName, "no alternative certificate subject name"),
        Site("tls.self-signed", Names.SelfSigned, "self-signed certificate"),
        Site("tls.untrusted-issuer", Names.UnknownAuthority, "self-signed certificate in certificate chain"),
        new(
            "tls.incomplete-chain",
            $"https://{Names.MissingIntermediate}/",
            // A leaf whose issuer was not sent may also come straight from a root that is not trusted: nothing in it tells.
            Expectation.Broken("tls.incomplete-chain", Likely),
            Fault.None,
            Witness.Curl($"https://{Names.MissingIntermediate}/", 60, "unable to get local issuer certificate")),
        new(
            "tls.version-unsupported",
            $"https://{Names.Old}:{Ports.OldTls}/",
            Expectation.Broken("tls.version-unsupported"),
            Fault.None,
            new Witness(
                $"curl -sS -m 20 https://{Names.Old}:{Ports.OldTls}/; "
                + $"curl -sS -m 20 --tlsv1.0 --tls-max 1.1 --ciphers DEFAULT:@SECLEVEL=0 https://{Names.Old}:{Ports.OldTls}/",
                0,
                "curl: \\(35\\)|old")),
        new(
            "tls.handshake-refused",
            $"https://{Names.HandshakeRefused}/",
            Expectation.Broken("tls.handshake-refused"),
            Fault.None,
            Witness.Curl($"https://{Names.HandshakeRefused}/", 35, "unrecognized name")),
        new(
            "tls.cipher-unsupported",
            $"https://{Names.V4Only}:{Ports.NullCipher}/",
            Expectation.Broken("tls.cipher-unsupported", Certain | Likely),
            Fault.None,
            Witness.Curl($"https://{Names.V4Only}:{Ports.NullCipher}/", 35, "handshake failure")),
        new(
            "tls.client-certificate-required",
            $"https://{Names.V4Only}:{Ports.ClientCertificate}/",
            Expectation.Broken("tls.client-certificate-required"),
            Fault.None,
            Witness.Curl($"https://{Names.V4Only}:{Ports.ClientCertificate}/", 56, "certificate required")),
        new(
            "tls.weak",
            $"https://{Names.V4Only}:{Ports.WeakKey}/",
            Expectation.Broken("tls.weak") with { Also = ["http.insecure-headers"] },
            Fault.None,
            Witness.Curl($"https://{Names.V4Only}:{Ports.WeakKey}/", 60, "key too weak")),
    ];

    private static FaultCase Site(string cause, string name, string message) =>
        new(cause, $"https://{name}/", Expectation.Broken(cause), Fault.None, Witness.Curl($"https://{name}/", 60, message));
}
