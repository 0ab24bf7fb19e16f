using System.Formats.Asn1;
using Fathom.Probes.Application.Tls.Certificates;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>
/// A certificate as the handshake uses it. RSA signatures are verified by <see cref="RsaSignature"/>, and key
/// usage is not enforced: <see cref="CertificateValidator"/> judges it afterwards.
/// </summary>
internal sealed class ProbeCertificate(BcTlsCrypto crypto, byte[] encoding) : BcTlsCertificate(crypto, encoding)
{
    public override TlsVerifier CreateVerifier(short signatureAlgorithm) => signatureAlgorithm switch
    {
        SignatureAlgorithm.rsa or SignatureAlgorithm.rsa_pss_rsae_sha256 or SignatureAlgorithm.rsa_pss_rsae_sha384 or SignatureAlgorithm.rsa_pss_rsae_sha512
            or SignatureAlgorithm.rsa_pss_pss_sha256 or SignatureAlgorithm.rsa_pss_pss_sha384 or SignatureAlgorithm.rsa_pss_pss_sha512
            => new RsaTlsVerifier(m_crypto, ReadKey()),
        _ => base.CreateVerifier(signatureAlgorithm),
    };

    public override Tls13Verifier CreateVerifier(int signatureScheme)
        => SignatureScheme.IsRsaPss(signatureScheme) ? new RsaTls13Verifier(m_crypto, ReadKey(), signatureScheme) : base.CreateVerifier(signatureScheme);

    protected override bool SupportsKeyUsage(int keyUsageBits) => true;

    private PublicKeyFields ReadKey()
    {
        try
        {
            var key = PublicKeyFields.Read(new AsnReader(SubjectPublicKeyInfo.GetEncoded(), AsnEncodingRules.DER).ReadSequence());
            return key.Type is TlsKeyType.Rsa or TlsKeyType.RsaPss ? key : throw new TlsFatalAlert(AlertDescription.illegal_parameter, "an RSA signature with a key that is not RSA");
        }
        catch (AsnContentException e)
        {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, e);
        }
    }
}
