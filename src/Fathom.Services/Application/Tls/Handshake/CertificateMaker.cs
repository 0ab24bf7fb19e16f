using Fathom.Hosts;
using Fathom.Probes.Application.Tls;
using Fathom.Probes.Application.Tls.Handshake;
using Fathom.Wire.Internet;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using Org.BouncyCastle.X509.Extension;

namespace Fathom.Services.Application.Tls.Handshake;

/// <summary>Makes keys and certificates.</summary>
internal sealed class CertificateMaker
{
    private readonly SecureRandom _random;
    private readonly DateTimeOffset _now;
    private readonly LabCertificateOptions _options;

    public CertificateMaker(INetworkHost host, LabCertificateOptions options)
    {
        _random = new SecureRandom(new HostRandomGenerator(host.Random));
        _options = options;

        // A certificate's times are whole seconds (RFC 5280 §4.1.2.5).
        var now = host.Time.GetUtcNow();
        _now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }

    public AsymmetricCipherKeyPair MakeKeys()
    {
        switch (_options.Key)
        {
            case LabKeyType.Rsa2048 or LabKeyType.Rsa1024:
                var rsa = new RsaKeyPairGenerator();
                // A certainty of 2^-112 matches the strength of the 2,048 bits themselves.
                rsa.Init(new RsaKeyGenerationParameters(BigInteger.ValueOf(65537), _random, _options.Key == LabKeyType.Rsa1024 ? 1024 : 2048, 112));
                return rsa.GenerateKeyPair();
            case LabKeyType.Ed25519:
                var edwards = new Ed25519KeyPairGenerator();
                edwards.Init(new Ed25519KeyGenerationParameters(_random));
                return edwards.GenerateKeyPair();
            default:
                var curve = _options.Key == LabKeyType.EcdsaP384 ? SecObjectIdentifiers.SecP384r1 : SecObjectIdentifiers.SecP256r1;
                var elliptic = new ECKeyPairGenerator();
                elliptic.Init(new ECKeyGenerationParameters(curve, _random));
                return elliptic.GenerateKeyPair();
        }
    }

    public byte[] MakeAuthority(string name, AsymmetricCipherKeyPair keys, string issuerName, AsymmetricCipherKeyPair issuerKeys, TlsCertificate? issuer)
    {
        var generator = Begin(name, keys, issuerName, days: 3650);
        generator.AddExtension(X509Extensions.BasicConstraints, true, new BasicConstraints(true));
        generator.AddExtension(X509Extensions.KeyUsage, true, new KeyUsage(KeyUsage.KeyCertSign | KeyUsage.CrlSign));
        return End(generator, keys, issuerKeys, issuer);
    }

    public byte[] MakeLeaf(IReadOnlyList<string> names, AsymmetricCipherKeyPair keys, string issuerName, AsymmetricCipherKeyPair issuerKeys, TlsCertificate? issuer)
    {
        var generator = Begin(_options.CommonName ?? names[0], keys, issuerName, days: 90);
        generator.AddExtension(X509Extensions.BasicConstraints, true, new BasicConstraints(false));
        var usage = keys.Public is RsaKeyParameters ? KeyUsage.DigitalSignature | KeyUsage.KeyEncipherment : KeyUsage.DigitalSignature;
        generator.AddExtension(X509Extensions.KeyUsage, true, new KeyUsage(usage));
        generator.AddExtension(X509Extensions.ExtendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeID.id_kp_serverAuth));
        if (!_options.OmitNames) generator.AddExtension(X509Extensions.SubjectAlternativeName, false, new GeneralNames([.. names.Select(ToName)]));
        return End(generator, keys, issuerKeys, issuer);
    }

    private X509V3CertificateGenerator Begin(string name, AsymmetricCipherKeyPair keys, string issuerName, int days)
    {
        var generator = new X509V3CertificateGenerator();
        // RFC 5280 §4.1.2.2: positive, at most 20 octets; the top bits leave room for the sign and forbid zero.
        generator.SetSerialNumber(new BigInteger(126, _random).SetBit(126));
        generator.SetIssuerDN(ToDistinguishedName(issuerName));
        generator.SetSubjectDN(ToDistinguishedName(name));
        generator.SetNotBefore((_options.NotBefore ?? _now.AddHours(-1)).UtcDateTime);
        generator.SetNotAfter((_options.NotAfter ?? _now.AddDays(days)).UtcDateTime);
        generator.SetPublicKey(keys.Public);
        return generator;
    }

    private byte[] End(X509V3CertificateGenerator generator, AsymmetricCipherKeyPair keys, AsymmetricCipherKeyPair issuerKeys, TlsCertificate? issuer)
    {
        generator.AddExtension(X509Extensions.SubjectKeyIdentifier, false, X509ExtensionUtilities.CreateSubjectKeyIdentifier(keys.Public));
        if (issuer is not null) generator.AddExtension(X509Extensions.AuthorityKeyIdentifier, false, X509ExtensionUtilities.CreateAuthorityKeyIdentifier(issuerKeys.Public));
        var algorithm = issuerKeys.Private switch
        {
            RsaKeyParameters => "SHA256WITHRSA",
            Ed25519PrivateKeyParameters => "Ed25519",
            ECPrivateKeyParameters { Parameters.Curve.FieldSize: 384 } => "SHA384WITHECDSA",
            _ => "SHA256WITHECDSA",
        };
        return generator.Generate(new Asn1SignatureFactory(algorithm, issuerKeys.Private, _random)).GetEncoded();
    }

    private static X509Name ToDistinguishedName(string commonName) => new([X509Name.CN], [commonName]);

    private static GeneralName ToName(string name) => IpAddress.TryParse(name, out var address)
        ? new GeneralName(GeneralName.IPAddress, new DerOctetString(address.WithZone(0).ToBytes()))
        : new GeneralName(GeneralName.DnsName, name);
}
