namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>The best path that could be built.</summary>
/// <param name="Path">Leaf first.</param>
/// <param name="ReachedAnchor">True when it ends at a root that is trusted.</param>
/// <param name="Ending">Why it does not, else null.</param>
/// <param name="Findings">What validating it found.</param>
/// <param name="SignatureChecks">Signatures checked in all.</param>
internal sealed record PathResult(IReadOnlyList<TlsCertificate> Path, bool ReachedAnchor, CertificateProblem? Ending, PathFindings Findings, int SignatureChecks);
