namespace Fathom.Services.Application.Tls;

/// <summary>What may be chosen about a certificate that a <see cref="LabAuthority"/> makes.</summary>
public sealed record LabCertificateOptions
{
    /// <summary>The kind of key.</summary>
    public LabKeyType Key { get; init; } = LabKeyType.EcdsaP256;

    /// <summary>The start of validity; null for an hour before the host's now, so that a clock that is a little behind accepts it.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The end of validity; null for 90 days after the host's now (a leaf) or 3,650 (an authority).</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>The subject's common name; null for the first name of a leaf.</summary>
    public string? CommonName { get; init; }

    /// <summary>A leaf without subjectAltName, as certificates were before 2017; clients refuse it.</summary>
    public bool OmitNames { get; init; }

    /// <summary>Which certificates the server sends beside its own.</summary>
    public LabChain Chain { get; init; }
}
