namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>
/// Weighs whether an issuer that was neither sent nor is trusted is an intermediate that the server forgot, or an
/// authority that this host does not know. The hints, strongest first:
/// <list type="number">
/// <item>authorityKeyIdentifier may name who issued the issuer's certificate. The issuer itself: it is a root, so the
/// chain is complete and untrusted. A trusted root: the one certificate between is missing. Both are certain.</item>
/// <item>The issuer's organization is that of a trusted root: its intermediate is missing.</item>
/// <item>The last certificate is an intermediate and came from the server: one that sends intermediates rarely
/// forgets one, and leaves out the root, as it should. Untrusted.</item>
/// <item>The last is the leaf and says where its issuer's certificate can be had: public authorities, who issue
/// from intermediates only, say so; homemade ones do not. Missing.</item>
/// <item>The issuer calls itself root, or intermediate.</item>
/// <item>Nothing: a homemade authority that signs servers with its root is the commonest. Untrusted, possibly.</item>
/// </list>
/// </summary>
internal static class IssuerHints
{
    public static CertificateProblem Weigh(IReadOnlyList<TlsCertificate> path, AnchorIndex anchors)
    {
        var last = path[^1];
        var issuer = last.Fields.Issuer;
        var identifier = last.Fields.AuthorityKeyIdentifier;
        if (identifier is { AuthorityIssuer.IsEmpty: false })
        {
            if (DistinguishedName.AreEqual(identifier.AuthorityIssuer, issuer))
            {
                return Untrusted(path, ProblemConfidence.Certain, "its authorityKeyIdentifier says that the issuer is a root");
            }

            var isKnown = anchors.FindBySubject(identifier.AuthorityIssuer).Count > 0;
            return isKnown
                ? Incomplete(path, ProblemConfidence.Certain, $"its authorityKeyIdentifier says that the issuer was certified by the trusted root {DistinguishedName.ToText(identifier.AuthorityIssuer)}")
                : Incomplete(path, ProblemConfidence.Likely, $"its authorityKeyIdentifier says that the issuer is an intermediate of {DistinguishedName.ToText(identifier.AuthorityIssuer)}, which is not trusted either");
        }

        if (FindRelative(issuer, anchors) is { } relative) return Incomplete(path, ProblemConfidence.Likely, $"the issuer's name is akin to the trusted root {relative}");
        if (path.Count > 1) return Untrusted(path, ProblemConfidence.Likely, "the server sent intermediates, and a root need not be sent");
        if (last.IssuerUrls.Count > 0) return Incomplete(path, ProblemConfidence.Likely, "it says where its issuer's certificate can be had, as certificates from intermediates of public authorities do");
        var names = string.Join(' ', DistinguishedName.FoldedValues(issuer, Oids.CommonName));
        if (ContainsWord(names, "intermediate", "issuing", "sub", "subordinate")) return Incomplete(path, ProblemConfidence.Likely, "the issuer calls itself an intermediate");
        if (ContainsWord(names, "root")) return Untrusted(path, ProblemConfidence.Likely, "the issuer calls itself a root");
        return Untrusted(path, ProblemConfidence.Possible, null);
    }

    // The same organization; or, where names have only a common name ("Acme Issuing CA 1", "Acme Root CA"), the same first word.
    private static string? FindRelative(ReadOnlyMemory<byte> issuer, AnchorIndex anchors)
    {
        var organizations = DistinguishedName.FoldedValues(issuer, Oids.Organization).ToHashSet(StringComparer.Ordinal);
        var firstWord = organizations.Count == 0 ? FirstWord(issuer) : null;
        if (organizations.Count == 0 && firstWord is null) return null;
        foreach (var subject in anchors.Subjects)
        {
            var isRelative = firstWord is null
                ? DistinguishedName.FoldedValues(subject, Oids.Organization).Any(organizations.Contains)
                : FirstWord(subject) == firstWord && !DistinguishedName.FoldedValues(subject, Oids.Organization).Any();
            if (isRelative) return DistinguishedName.ToText(subject);
        }

        return null;
    }

    private static string? FirstWord(ReadOnlyMemory<byte> name)
    {
        var words = DistinguishedName.FoldedValues(name, Oids.CommonName).FirstOrDefault()?.Split(' ');
        return words is { Length: > 1 } && words[0] is not ("root" or "test" or "my" or "the" or "ca" or "local" or "internal" or "private" or "intermediate" or "issuing" or "unknown" or "global") ? words[0] : null;
    }

    private static bool ContainsWord(string text, params ReadOnlySpan<string> words)
    {
        foreach (var part in text.Split([' ', '-', '_', '.'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (words.Contains(part)) return true;
        }

        return false;
    }

    private static CertificateProblem Incomplete(IReadOnlyList<TlsCertificate> path, ProblemConfidence confidence, string? reason)
        => Make(CertificateProblemKind.IncompleteChain, CertificateProblemKind.UntrustedIssuer, path, confidence, reason,
            $"{path[^1]} was issued by {IssuerOf(path)}, whose certificate the server did not send.");

    private static CertificateProblem Untrusted(IReadOnlyList<TlsCertificate> path, ProblemConfidence confidence, string? reason)
        => Make(CertificateProblemKind.UntrustedIssuer, CertificateProblemKind.IncompleteChain, path, confidence, reason,
            $"{path[^1]} was issued by {IssuerOf(path)}, which is not trusted here.");

    private static string IssuerOf(IReadOnlyList<TlsCertificate> path) => path[^1].Issuer is { Length: > 0 } issuer ? issuer : "an authority without a name";

    private static CertificateProblem Make(CertificateProblemKind kind, CertificateProblemKind other, IReadOnlyList<TlsCertificate> path, ProblemConfidence confidence, string? reason, string detail) => new(kind, detail)
    {
        Certificate = path[^1],
        IsAboutLeaf = path.Count == 1,
        Confidence = confidence,
        Alternative = confidence == ProblemConfidence.Certain ? null : other,
        Reason = reason,
        MissingIssuer = path[^1].Issuer,
        IssuerUrls = path[^1].IssuerUrls,
    };
}
