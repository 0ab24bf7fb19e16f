using System.Globalization;
using Fathom.Probes.Application.Tls.Certificates;
using Fathom.Wire.Internet;
using Org.BouncyCastle.Crypto.Digests;

namespace Fathom.Probes.Application.Tls;

/// <summary>
/// An X.509 certificate (RFC 5280) as it came, and what could be read of it. Text in it is escaped
/// (<see cref="SafeText"/>) and may be shown.
/// </summary>
public sealed class TlsCertificate
{
    private readonly CertificateFields _fields;
    private bool? _isSelfSigned;
    private string? _fingerprint;
    private string? _subject;
    private string? _issuer;
    private string? _subjectKey;
    private string? _issuerKey;

    private TlsCertificate(ReadOnlyMemory<byte> der)
    {
        Der = der;
        _fields = CertificateReader.Read(der);
    }

    /// <summary>The certificate in DER, as it came.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>What makes the certificate unreadable or breaks DER or RFC 5280 syntax; null when all was read.</summary>
    public string? Defect => _fields.Defect;

    /// <summary>The subject's name, "C=US, O=Example, CN=example.org"; empty where it has none.</summary>
    public string Subject => _subject ??= DistinguishedName.ToText(_fields.Subject);

    /// <summary>The issuer's name.</summary>
    public string Issuer => _issuer ??= DistinguishedName.ToText(_fields.Issuer);

    /// <summary>DNS names of the subjectAltName, as written there, escaped.</summary>
    public IReadOnlyList<string> DnsNames => _fields.DnsNames;

    /// <summary>Addresses of the subjectAltName.</summary>
    public IReadOnlyList<IpAddress> IpAddresses => _fields.IpAddresses;

    /// <summary>The start of validity.</summary>
    public DateTimeOffset NotBefore => _fields.NotBefore;

    /// <summary>The end of validity; that second is still valid.</summary>
    public DateTimeOffset NotAfter => _fields.NotAfter;

    /// <summary>The serial number in lower case hexadecimal, whole octets; cut after 64 octets (RFC 5280 §4.1.2.2 allows 20).</summary>
    public string SerialNumber
    {
        get
        {
            var octets = _fields.SerialNumber.Span[..Math.Min(64, _fields.SerialNumber.Length)];

            // DER puts a zero octet before a positive number whose first bit is set (X.690 §8.3): it is of the encoding, not of the number.
            return Convert.ToHexStringLower(octets is [0, _, ..] ? octets[1..] : octets);
        }
    }

    /// <summary>The kind of key.</summary>
    public TlsKeyType KeyType => _fields.Key.Type;

    /// <summary>Bits of the key (the modulus, or the curve's field); 0 when unknown.</summary>
    public int KeyBits => _fields.Key.Bits;

    /// <summary>The key for people: "RSA 2048", "ECDSA P-256", "Ed25519".</summary>
    public string KeyName => _fields.Key.Name;

    /// <summary>The signature algorithm for people: "sha256WithRSA"; an unknown one as its object identifier.</summary>
    public string SignatureAlgorithm => SignatureAlgorithms.Name(_fields.SignatureAlgorithm);

    /// <summary>URLs where the issuer's certificate can be had (authorityInfoAccess, RFC 5280 §4.2.2.1), escaped.</summary>
    public IReadOnlyList<string> IssuerUrls => _fields.IssuerUrls;

    /// <summary>The certificate transparency timestamps that it carries (RFC 6962 §3.3); browsers want two or more.</summary>
    public IReadOnlyList<TlsTimestamp> Timestamps => _fields.Timestamps;

    /// <summary>The serial number's octets, as they are in the certificate.</summary>
    internal ReadOnlySpan<byte> SerialOctets => _fields.SerialNumber.Span;

    /// <summary>True when basicConstraints says that it is a certification authority.</summary>
    public bool IsAuthority => _fields.BasicConstraints is { IsAuthority: true };

    /// <summary>True when subject and issuer are the same name.</summary>
    public bool IsSelfIssued => IsNamedAsIssuerOf(this);

    /// <summary>True when it is self-issued and its own key made its signature. The first use checks the signature.</summary>
    public bool IsSelfSigned => _isSelfSigned ??= IsSelfIssued && SignatureVerifier.Verify(this, this) == SignatureCheck.Valid;

    /// <summary>SHA-256 of the DER in lower case hexadecimal.</summary>
    public string Sha256Fingerprint => _fingerprint ??= ComputeFingerprint(Der.Span);

    /// <summary>SHA-256 of the subjectPublicKeyInfo in lower case hexadecimal: what stays the same when a certificate is renewed with its old key; empty when there is no key.</summary>
    public string PublicKeySha256 => _fields.PublicKeyInfo.IsEmpty ? "" : ComputeFingerprint(_fields.PublicKeyInfo.Span);

    /// <summary>What the key may be used for by keyUsage (RFC 5280 §4.2.1.3), "digitalSignature, keyEncipherment"; empty when the certificate does not say.</summary>
    public string KeyUsage => _fields.KeyUsage is { } usage ? string.Join(", ", usage.ToString().Split(", ").Select(static u => char.ToLowerInvariant(u[0]) + u[1..])) : "";

    internal CertificateFields Fields => _fields;

    // Compared again and again while paths are searched; hence kept.
    internal string IssuerKey => _issuerKey ??= DistinguishedName.CanonicalKey(_fields.Issuer) ?? "";

    private string SubjectKey => _subjectKey ??= DistinguishedName.CanonicalKey(_fields.Subject) ?? "";

    /// <summary>Reads a certificate. Never fails: see <see cref="Defect"/>.</summary>
    /// <param name="der">The octets.</param>
    public static TlsCertificate Read(ReadOnlyMemory<byte> der) => new(der);

    /// <summary>The subject, or the fingerprint where the subject is empty.</summary>
    public override string ToString() => Subject.Length > 0 ? Subject : string.Create(CultureInfo.InvariantCulture, $"certificate {Sha256Fingerprint[..16]}");

    /// <summary>True when the other names this one's subject as its issuer (RFC 5280 §7.1).</summary>
    /// <param name="child">The other.</param>
    internal bool IsNamedAsIssuerOf(TlsCertificate child)
        => _fields.Subject.Length > 2 && (_fields.Subject.Span.SequenceEqual(child._fields.Issuer.Span) || (SubjectKey.Length > 0 && SubjectKey == child.IssuerKey));

    private static string ComputeFingerprint(ReadOnlySpan<byte> der)
    {
        var digest = new Sha256Digest();
        digest.BlockUpdate(der);
        Span<byte> hash = stackalloc byte[32];
        digest.DoFinal(hash);
        return Convert.ToHexStringLower(hash);
    }
}
