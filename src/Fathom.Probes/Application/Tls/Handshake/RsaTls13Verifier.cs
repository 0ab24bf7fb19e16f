using Fathom.Probes.Application.Tls.Certificates;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.IO;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>Verifies a server's RSASSA-PSS signature in TLS 1.3 (RFC 8446 §4.2.3: salt and MGF1 as long as and with the digest).</summary>
internal sealed class RsaTls13Verifier : Tls13Verifier
{
    private readonly PublicKeyFields _key;
    private readonly IDigest _digest;

    public RsaTls13Verifier(BcTlsCrypto crypto, PublicKeyFields key, int signatureScheme)
    {
        _key = key;
        _digest = crypto.CreateDigest(SignatureScheme.GetCryptoHashAlgorithm(signatureScheme));
        Stream = new DigestSink(_digest);
    }

    public Stream Stream { get; }

    public bool VerifySignature(byte[] signature)
    {
        var hash = new byte[_digest.GetDigestSize()];
        _digest.DoFinal(hash);
        return RsaSignature.VerifyPss(_key, new RsaPssParameters(_digest, _digest, hash.Length), hash, signature);
    }
}
