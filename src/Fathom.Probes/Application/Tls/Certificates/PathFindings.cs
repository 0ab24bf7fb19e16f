namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>What validating one path found.</summary>
/// <param name="Problems">What clients refuse.</param>
/// <param name="Remarks">What only strict ones refuse.</param>
internal sealed record PathFindings(List<CertificateProblem> Problems, List<CertificateProblem> Remarks)
{
    public PathFindings()
        : this([], [])
    {
    }

    public void Problem(CertificateProblemKind kind, TlsCertificate certificate, bool isLeaf, string detail, TimeSpan? by = null)
        => Problems.Add(new CertificateProblem(kind, detail) { Certificate = certificate, IsAboutLeaf = isLeaf, By = by });

    public void Remark(TlsCertificate certificate, bool isLeaf, string detail)
        => Remarks.Add(new CertificateProblem(CertificateProblemKind.Nonconforming, detail) { Certificate = certificate, IsAboutLeaf = isLeaf });
}
