namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>
/// Says why a path does not end at a root. Certain are: a certificate that signs itself and is not trusted; a
/// signature that an identified issuer did not make; an authority of a trusted name with another key. When the
/// last certificate's issuer was neither sent nor is trusted, the octets alone do not tell a missing
/// intermediate of a trusted root from an authority nobody here trusts; <see cref="IssuerHints"/> weighs that.
/// </summary>
internal static class PathEnding
{
    public static CertificateProblem Explain(IReadOnlyList<TlsCertificate> path, IReadOnlyList<TlsCertificate> failedIssuers, AnchorIndex anchors)
    {
        var last = path[^1];
        if (last.IsSelfSigned) return SelfSigned(path);
        if (failedIssuers.FirstOrDefault(issuer => KeyIdentifiers.Match(last, issuer) != false) is { } impostor)
        {
            return About(CertificateProblemKind.BadSignature, path, $"The signature of {last} was not made by the key of {impostor}, which it names as its issuer.");
        }

        if (failedIssuers.FirstOrDefault(anchors.Contains) is { } namesake)
        {
            return About(CertificateProblemKind.UntrustedIssuer, path, $"{last} was issued by an authority that has the name of the trusted root {namesake} and another key.") with { MissingIssuer = last.Issuer };
        }

        if (last.IsSelfIssued) return About(CertificateProblemKind.BadSignature, path, $"{last} names itself as its issuer, and its own key did not sign it.");
        return IssuerHints.Weigh(path, anchors);
    }

    /// <summary>The search met its limits.</summary>
    public static CertificateProblem GaveUp(IReadOnlyList<TlsCertificate> path)
        => About(CertificateProblemKind.UntrustedIssuer, path, "No way to a trusted root was found among so many certificates within the limits of the search (16 certificates in a row, 100 signatures).") with
        {
            Confidence = ProblemConfidence.Likely,
            Alternative = CertificateProblemKind.IncompleteChain,
        };

    private static CertificateProblem SelfSigned(IReadOnlyList<TlsCertificate> path) => path.Count == 1
        ? About(CertificateProblemKind.SelfSigned, path, $"{path[0]} is signed by its own key and is not trusted.")
        : About(CertificateProblemKind.UntrustedIssuer, path, $"The chain ends at the root {path[^1]}, which is not trusted here.") with { MissingIssuer = path[^1].Subject };

    private static CertificateProblem About(CertificateProblemKind kind, IReadOnlyList<TlsCertificate> path, string detail)
        => new(kind, detail) { Certificate = path[^1], IsAboutLeaf = path.Count == 1 };
}
