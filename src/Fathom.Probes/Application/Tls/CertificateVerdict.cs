namespace Fathom.Probes.Application.Tls;

/// <summary>What is wrong with a chain as sent, for this name, now, with these roots.</summary>
/// <param name="Problems">Everything for which clients in use refuse the chain; empty for a good one.</param>
/// <param name="Path">The path as built, leaf first; with the trusted root as its end where one was reached.</param>
public sealed record CertificateVerdict(IReadOnlyList<CertificateProblem> Problems, IReadOnlyList<TlsCertificate> Path)
{
    /// <summary>True when clients accept the chain.</summary>
    public bool IsTrusted => Problems.Count == 0;

    /// <summary>True when the path ends at a trusted root.</summary>
    public bool ReachedAnchor { get; init; }

    /// <summary>What breaks RFC 5280 but most clients let pass; a strict one (Python since 3.13) does not.</summary>
    public IReadOnlyList<CertificateProblem> Remarks { get; init; } = [];

    /// <summary>Signatures that were checked.</summary>
    public int SignatureChecks { get; init; }
}
