using Fathom.Wire.Internet;

namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>The fields of a certificate (RFC 5280 §4.1), filled as far as they could be read.</summary>
internal sealed class CertificateFields
{
    public string? Defect { get; set; }

    public int Version { get; set; } = 1;

    public ReadOnlyMemory<byte> ToBeSigned { get; set; }

    public ReadOnlyMemory<byte> SerialNumber { get; set; }

    /// <summary>The AlgorithmIdentifier in DER.</summary>
    public ReadOnlyMemory<byte> SignatureAlgorithm { get; set; }

    public ReadOnlyMemory<byte> Signature { get; set; }

    public ReadOnlyMemory<byte> Issuer { get; set; }

    public ReadOnlyMemory<byte> Subject { get; set; }

    public DateTimeOffset NotBefore { get; set; }

    public DateTimeOffset NotAfter { get; set; }

    /// <summary>The subjectPublicKeyInfo in DER.</summary>
    public ReadOnlyMemory<byte> PublicKeyInfo { get; set; }

    public PublicKeyFields Key { get; set; } = PublicKeyFields.Unknown;

    /// <summary>Every extension that is there, with its criticality.</summary>
    public Dictionary<string, bool> Extensions { get; } = [];

    public BasicConstraints? BasicConstraints { get; set; }

    public KeyUsages? KeyUsage { get; set; }

    public IReadOnlyList<string>? ExtendedKeyUsage { get; set; }

    public IReadOnlyList<GeneralName>? SubjectAltName { get; set; }

    public IReadOnlyList<string> DnsNames { get; set; } = [];

    public IReadOnlyList<IpAddress> IpAddresses { get; set; } = [];

    public NameConstraints? NameConstraints { get; set; }

    public AuthorityKeyIdentifier? AuthorityKeyIdentifier { get; set; }

    public ReadOnlyMemory<byte>? SubjectKeyIdentifier { get; set; }

    /// <summary>How many signed certificate timestamps it carries (RFC 6962 §3.3).</summary>
    public IReadOnlyList<TlsTimestamp> Timestamps { get; set; } = [];

    public IReadOnlyList<string> IssuerUrls { get; set; } = [];

    /// <summary>True when the extension is there and critical.</summary>
    public bool IsCritical(string oid) => Extensions.TryGetValue(oid, out var critical) && critical;
}
