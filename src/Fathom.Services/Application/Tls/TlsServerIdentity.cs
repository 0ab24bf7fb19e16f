using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Fathom.Probes.Application.Tls.Certificates;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.X509;
using TlsCertificate = Fathom.Probes.Application.Tls.TlsCertificate;

namespace Fathom.Services.Application.Tls;

/// <summary>Who a server is: its certificate with what leads to a root, and the private key to it.</summary>
public sealed class TlsServerIdentity
{
    internal TlsServerIdentity(IReadOnlyList<ReadOnlyMemory<byte>> chain, AsymmetricKeyParameter key)
    {
        Chain = chain;
        Key = key;
        Certificate = TlsCertificate.Read(chain[0]);
    }

    /// <summary>The certificates in the order in which they are sent, in DER: the leaf first, the root left out.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Chain { get; }

    /// <summary>The server's own certificate: the first of the chain.</summary>
    public TlsCertificate Certificate { get; }

    internal AsymmetricKeyParameter Key { get; }

    internal bool IsRsa => Key is RsaKeyParameters;

    /// <summary>True when the certificate is for this name (RFC 9525), wildcards included.</summary>
    /// <param name="serverName">A name as a client sends it: ASCII.</param>
    public bool IsFor(string serverName) => NameMatcher.Matches(Certificate, serverName);

    /// <summary>Reads an identity from PEM text, as servers have it in their files.</summary>
    /// <param name="certificates">The "full chain": the leaf first.</param>
    /// <param name="key">The private key: "PRIVATE KEY" (PKCS #8), "EC PRIVATE KEY" or "RSA PRIVATE KEY", not encrypted. May be the same text.</param>
    /// <param name="identity">The identity, or null.</param>
    /// <param name="reason">What was expected, where the answer is false.</param>
    public static bool TryFromPem(string certificates, string key, [NotNullWhen(true)] out TlsServerIdentity? identity, out string reason)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        ArgumentNullException.ThrowIfNull(key);
        identity = null;
        var chain = ServerPem.ReadCertificates(certificates);
        if (chain.Count == 0) return Refuse("no certificate; expected PEM text with \"BEGIN CERTIFICATE\"", out reason);
        if (!ServerPem.TryReadKey(key, out var privateKey, out reason)) return false;
        if (TlsCertificate.Read(chain[0]).Defect is { } defect) return Refuse($"the first certificate cannot be read: {defect}", out reason);
        if (!Fits(chain[0], privateKey)) return Refuse("the private key is not that of the first certificate", out reason);
        identity = new TlsServerIdentity(chain, privateKey);
        return true;
    }

    /// <summary>The chain as PEM text.</summary>
    public string ToPem() => string.Concat(Chain.Select(static der => PemEncoding.WriteString("CERTIFICATE", der.Span) + "\n"));

    /// <summary>The private key as PEM text (PKCS #8, not encrypted): for other programs' files. Keep it.</summary>
    public string KeyToPem() => PemEncoding.WriteString("PRIVATE KEY", PrivateKeyInfoFactory.CreatePrivateKeyInfo(Key).GetEncoded()) + "\n";

    /// <summary>The signature schemes that the key can make, best first (RFC 8446 §4.2.3).</summary>
    internal ReadOnlySpan<ushort> SchemesFor(bool isTls13) => Key switch
    {
        ECPrivateKeyParameters { Parameters.Curve.FieldSize: 256 } => [SignatureScheme.ecdsa_secp256r1_sha256],
        ECPrivateKeyParameters { Parameters.Curve.FieldSize: 384 } => [SignatureScheme.ecdsa_secp384r1_sha384],
        ECPrivateKeyParameters { Parameters.Curve.FieldSize: 521 } => [SignatureScheme.ecdsa_secp521r1_sha512],
        Ed25519PrivateKeyParameters => [SignatureScheme.ed25519],
        RsaKeyParameters when isTls13 => [SignatureScheme.rsa_pss_rsae_sha256, SignatureScheme.rsa_pss_rsae_sha384, SignatureScheme.rsa_pss_rsae_sha512],
        RsaKeyParameters => [SignatureScheme.rsa_pss_rsae_sha256, SignatureScheme.rsa_pkcs1_sha256, SignatureScheme.rsa_pkcs1_sha384, SignatureScheme.rsa_pkcs1_sha512],
        _ => [],
    };

    private static bool Fits(ReadOnlyMemory<byte> certificate, AsymmetricKeyParameter key)
    {
        var expected = new X509CertificateParser().ReadCertificate(certificate.ToArray()).GetPublicKey();
        AsymmetricKeyParameter? actual = key switch
        {
            ECPrivateKeyParameters ec => new ECPublicKeyParameters(ec.Parameters.G.Multiply(ec.D), ec.Parameters),
            RsaPrivateCrtKeyParameters rsa => new RsaKeyParameters(false, rsa.Modulus, rsa.PublicExponent),
            Ed25519PrivateKeyParameters ed => ed.GeneratePublicKey(),
            _ => null,
        };
        if (actual is null) return false;
        return SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(actual).GetEncoded().AsSpan().SequenceEqual(SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(expected).GetEncoded());
    }

    private static bool Refuse(string why, out string reason)
    {
        reason = why;
        return false;
    }
}
