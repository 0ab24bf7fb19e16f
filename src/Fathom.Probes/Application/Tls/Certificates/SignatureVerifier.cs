using System.Formats.Asn1;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>Checks certificates' signatures with BouncyCastle's primitives, each named directly: its factories fill tables of everything it knows.</summary>
internal static class SignatureVerifier
{
    /// <summary>Checks that the issuer's key signed the certificate.</summary>
    public static SignatureCheck Verify(TlsCertificate certificate, TlsCertificate issuer)
    {
        var key = issuer.Fields.Key;
        var signed = certificate.Fields;
        if (signed.ToBeSigned.IsEmpty || signed.Signature.IsEmpty) return SignatureCheck.Invalid;
        if (key.Type is TlsKeyType.Unknown or TlsKeyType.Dsa) return SignatureCheck.Unsupported;
        var oid = SignatureAlgorithms.Oid(signed.SignatureAlgorithm);
        try
        {
            return oid switch
            {
                "1.2.840.113549.1.1.4" => VerifyRsa(new MD5Digest(), key, signed),
                "1.2.840.113549.1.1.5" => VerifyRsa(new Sha1Digest(), key, signed),
                "1.2.840.113549.1.1.14" => VerifyRsa(new Sha224Digest(), key, signed),
                "1.2.840.113549.1.1.11" => VerifyRsa(new Sha256Digest(), key, signed),
                "1.2.840.113549.1.1.12" => VerifyRsa(new Sha384Digest(), key, signed),
                "1.2.840.113549.1.1.13" => VerifyRsa(new Sha512Digest(), key, signed),
                Oids.RsaPss => VerifyRsaPss(key, signed),
                "1.2.840.10045.4.1" => VerifyEcdsa(new Sha1Digest(), key, signed),
                "1.2.840.10045.4.3.1" => VerifyEcdsa(new Sha224Digest(), key, signed),
                "1.2.840.10045.4.3.2" => VerifyEcdsa(new Sha256Digest(), key, signed),
                "1.2.840.10045.4.3.3" => VerifyEcdsa(new Sha384Digest(), key, signed),
                "1.2.840.10045.4.3.4" => VerifyEcdsa(new Sha512Digest(), key, signed),
                Oids.Ed25519 => VerifyEdwards(new Ed25519Signer(), TlsKeyType.Ed25519, key, signed),
                Oids.Ed448 => VerifyEdwards(new Ed448Signer([]), TlsKeyType.Ed448, key, signed),
                _ => SignatureCheck.Unsupported,
            };
        }
        catch (Exception e) when (e is ArgumentException or CryptoException or InvalidOperationException or ArithmeticException or AsnContentException)
        {
            // A key that is no key (a point off its curve, an even modulus): nothing can have been signed with it.
            return SignatureCheck.Invalid;
        }
    }

    private static SignatureCheck VerifyRsa(IDigest digest, in PublicKeyFields key, CertificateFields signed)
    {
        if (key.Type != TlsKeyType.Rsa) return SignatureCheck.Invalid;
        return ToCheck(RsaSignature.VerifyPkcs1(key, DigestInfo.Prefix(digest), Hash(digest, signed), signed.Signature.Span));
    }

    private static SignatureCheck VerifyRsaPss(in PublicKeyFields key, CertificateFields signed)
    {
        if (key.Type is not (TlsKeyType.Rsa or TlsKeyType.RsaPss)) return SignatureCheck.Invalid;
        var parameters = RsaPssParameters.Read(signed.SignatureAlgorithm);
        if (parameters is null) return SignatureCheck.Unsupported;
        return ToCheck(RsaSignature.VerifyPss(key, parameters.Value, Hash(parameters.Value.Digest, signed), signed.Signature.Span));
    }

    private static SignatureCheck VerifyEcdsa(IDigest digest, in PublicKeyFields key, CertificateFields signed)
    {
        if (key.Type != TlsKeyType.EllipticCurve) return SignatureCheck.Invalid;
        var name = key.Curve switch { Oids.P256 => "P-256", Oids.P384 => "P-384", Oids.P521 => "P-521", Oids.P224 => "P-224", _ => null };
        if (name is null || CustomNamedCurves.GetByName(name) is not { } curve) return SignatureCheck.Unsupported;
        var domain = new ECDomainParameters(curve);
        var point = new X9ECPoint(curve.Curve, key.KeyOctets.ToArray()).Point;
        return Check(new DsaDigestSigner(new ECDsaSigner(), digest), new ECPublicKeyParameters(point, domain), signed);
    }

    private static SignatureCheck VerifyEdwards(ISigner signer, TlsKeyType type, in PublicKeyFields key, CertificateFields signed)
    {
        if (key.Type != type) return SignatureCheck.Invalid;
        ICipherParameters parameters = type == TlsKeyType.Ed25519
            ? new Ed25519PublicKeyParameters(key.KeyOctets.ToArray())
            : new Ed448PublicKeyParameters(key.KeyOctets.ToArray());
        return Check(signer, parameters, signed);
    }

    private static SignatureCheck Check(ISigner signer, ICipherParameters key, CertificateFields signed)
    {
        signer.Init(false, key);
        signer.BlockUpdate(signed.ToBeSigned.Span);
        return ToCheck(signer.VerifySignature(signed.Signature.ToArray()));
    }

    private static byte[] Hash(IDigest digest, CertificateFields signed)
    {
        var hash = new byte[digest.GetDigestSize()];
        digest.BlockUpdate(signed.ToBeSigned.Span);
        digest.DoFinal(hash);
        return hash;
    }

    private static SignatureCheck ToCheck(bool isValid) => isValid ? SignatureCheck.Valid : SignatureCheck.Invalid;
}
