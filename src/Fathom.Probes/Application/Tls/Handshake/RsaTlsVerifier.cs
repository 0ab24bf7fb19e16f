using Fathom.Probes.Application.Tls.Certificates;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>Verifies a server's RSA signature in TLS 1.2 and before (RFC 5246 §4.7, RFC 8446 §4.2.3 for PSS).</summary>
internal sealed class RsaTlsVerifier(BcTlsCrypto crypto, PublicKeyFields key) : TlsVerifier
{
    // None: the caller hashes and calls VerifyRawSignature.
    public TlsStreamVerifier? GetStreamVerifier(DigitallySigned digitallySigned) => null;

    public bool VerifyRawSignature(DigitallySigned digitallySigned, byte[] hash)
    {
        var algorithm = digitallySigned.Algorithm;
        // Before TLS 1.2: MD5 and SHA-1 side by side, without DigestInfo.
        if (algorithm is null) return RsaSignature.VerifyPkcs1(key, [], hash, digitallySigned.Signature);
        var scheme = SignatureScheme.From(algorithm);
        var digest = crypto.CreateDigest(SignatureScheme.GetCryptoHashAlgorithm(scheme));
        if (!SignatureScheme.IsRsaPss(scheme)) return RsaSignature.VerifyPkcs1(key, DigestInfo.Prefix(digest), hash, digitallySigned.Signature);
        return RsaSignature.VerifyPss(key, new RsaPssParameters(digest, digest, digest.GetDigestSize()), hash, digitallySigned.Signature);
    }
}
