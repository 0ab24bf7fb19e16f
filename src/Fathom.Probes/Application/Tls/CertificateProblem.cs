namespace Fathom.Probes.Application.Tls;

/// <summary>One thing that is wrong with a chain.</summary>
/// <param name="Kind">What.</param>
/// <param name="Detail">One sentence for a person, with the names and times in it.</param>
public sealed record CertificateProblem(CertificateProblemKind Kind, string Detail)
{
    /// <summary>The certificate that it is about, or null.</summary>
    public TlsCertificate? Certificate { get; init; }

    /// <summary>True when it is about the leaf.</summary>
    public bool IsAboutLeaf { get; init; }

    /// <summary>How sure it is.</summary>
    public ProblemConfidence Confidence { get; init; }

    /// <summary>What else it could be, when it is not certain.</summary>
    public CertificateProblemKind? Alternative { get; init; }

    /// <summary>Why it is likely and not the alternative: the hint that decided, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>How long ago it expired, or how long until it is valid; null for other kinds.</summary>
    public TimeSpan? By { get; init; }

    /// <summary>The issuer that was not found, as safe text, for <see cref="CertificateProblemKind.IncompleteChain"/> and <see cref="CertificateProblemKind.UntrustedIssuer"/>; else null.</summary>
    public string? MissingIssuer { get; init; }

    /// <summary>Where the missing issuer's certificate can be had; empty when the certificate does not say.</summary>
    public IReadOnlyList<string> IssuerUrls { get; init; } = [];

    /// <summary>The names that the leaf is for, for <see cref="CertificateProblemKind.NameMismatch"/>.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}
