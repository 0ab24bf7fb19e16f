using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls;

/// <summary>Something weak about a completed handshake.</summary>
/// <param name="Kind">What.</param>
/// <param name="Detail">One sentence for a person.</param>
/// <param name="IsRefused">True when clients in use refuse it by default (OpenSSL 3 at its level 2, browsers).</param>
public sealed record TlsWeakness(TlsWeaknessKind Kind, string Detail, bool IsRefused)
{
    internal static IReadOnlyList<TlsWeakness> Of(TlsSession session)
    {
        var found = new List<TlsWeakness>();
        var suite = session.CipherSuite;
        if (session.Version < TlsVersion.Tls12) found.Add(new TlsWeakness(TlsWeaknessKind.OldVersion, $"The server speaks {session.Version.ToText()}, which RFC 8996 deprecates.", true));
        if (session.ServerSignatureScheme is "rsa_pkcs1_sha1" or "ecdsa_sha1") found.Add(new TlsWeakness(TlsWeaknessKind.Sha1Signature, "The server signs the handshake with SHA-1.", true));
        if (session.DiffieHellmanBits is < 2048 and var bits) found.Add(new TlsWeakness(TlsWeaknessKind.SmallDiffieHellman, $"The Diffie-Hellman prime has {bits} bits.", true));
        if (suite.Contains("3DES", StringComparison.Ordinal)) found.Add(new TlsWeakness(TlsWeaknessKind.TripleDes, $"The cipher suite is {suite}.", true));
        if (!session.SecureRenegotiation) found.Add(new TlsWeakness(TlsWeaknessKind.InsecureRenegotiation, "The server does not support secure renegotiation (RFC 5746).", true));
        if (suite.StartsWith("TLS_RSA_", StringComparison.Ordinal)) found.Add(new TlsWeakness(TlsWeaknessKind.NoForwardSecrecy, $"The cipher suite {suite} has no forward secrecy.", false));
        if (suite.Contains("_CBC_", StringComparison.Ordinal)) found.Add(new TlsWeakness(TlsWeaknessKind.CbcMode, $"The cipher suite {suite} uses CBC.", false));
        return found;
    }
}
