using Fathom.Hosts.Application;
using Fathom.Probes.Application.Tls.Certificates;

namespace Fathom.Probes.Application.Tls;

/// <summary>
/// Judges the certificates of a server: builds paths from what was sent to the host's roots and validates them
/// by RFC 5280 §6.1, with server names by RFC 9525. Revocation is not checked; policies are not processed.
/// </summary>
public static class CertificateValidator
{
    /// <summary>Judges a chain. All its problems are reported, not only the first.</summary>
    /// <param name="chainAsSent">The certificates as sent: the leaf first, the others in any order.</param>
    /// <param name="anchors">The roots that the host trusts.</param>
    /// <param name="serverName">The name or address that was asked for; null to leave names unchecked.</param>
    /// <param name="now">The time to judge by.</param>
    public static CertificateVerdict Validate(IReadOnlyList<TlsCertificate> chainAsSent, TrustAnchors anchors, string? serverName, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(chainAsSent);
        ArgumentNullException.ThrowIfNull(anchors);
        return Validate(chainAsSent, new AnchorIndex(anchors), serverName, now, Oids.ServerAuthentication);
    }

    internal static CertificateVerdict Validate(IReadOnlyList<TlsCertificate> chain, AnchorIndex anchors, string? serverName, DateTimeOffset now, string purpose)
    {
        if (chain.Count == 0)
        {
            return new CertificateVerdict([new CertificateProblem(CertificateProblemKind.NoCertificate, "The server sent no certificate.")], []);
        }

        var leaf = chain[0];
        var result = new PathBuilder(chain, anchors, now, purpose).Build();
        var problems = new List<CertificateProblem>();
        if (result.Ending is { } ending) problems.Add(ending);
        problems.AddRange(result.Findings.Problems);
        var remarks = new List<CertificateProblem>(result.Findings.Remarks);
        LeafChecker.Check(leaf, serverName, purpose, problems, remarks);
        return new CertificateVerdict(problems, result.Path)
        {
            ReachedAnchor = result.ReachedAnchor,
            Remarks = remarks,
            SignatureChecks = result.SignatureChecks,
        };
    }
}
