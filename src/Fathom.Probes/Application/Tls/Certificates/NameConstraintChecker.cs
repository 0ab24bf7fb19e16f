using System.Text;

namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>Name constraints (RFC 5280 §4.2.1.10, §6.1.3 (b), (c)) of every authority in a path against the certificates below it.</summary>
internal static class NameConstraintChecker
{
    /// <summary>Comparisons of a name with a constraint, in all. Real paths need some hundred; Go's limit is 250,000.</summary>
    private const int MaximumComparisons = 100_000;

    public static void Check(IReadOnlyList<TlsCertificate> path, PathFindings findings)
    {
        var budget = MaximumComparisons;
        for (var issuer = path.Count - 1; issuer > 0; issuer--)
        {
            if (path[issuer].Fields.NameConstraints is not { } constraints) continue;
            for (var subject = 0; subject < issuer; subject++)
            {
                // §6.1.3 (b): self-issued certificates are exempt, unless it is the final one.
                if (subject > 0 && path[subject].IsSelfIssued) continue;
                var names = Names(path[subject]);
                var cost = names.Count * (constraints.Permitted.Count + constraints.Excluded.Count);
                if (cost > budget)
                {
                    findings.Problem(CertificateProblemKind.NameConstraints, path[issuer], false, $"{path[issuer]} has more name constraints than can be checked.");
                    return;
                }

                budget -= cost;
                if (FindViolation(names, constraints) is { } violation)
                {
                    findings.Problem(CertificateProblemKind.NameConstraints, path[subject], subject == 0, $"{path[subject]}: {violation} is outside of what {path[issuer]} may certify.");
                }
            }
        }
    }

    private static List<GeneralName> Names(TlsCertificate certificate)
    {
        var names = new List<GeneralName>(certificate.Fields.SubjectAltName ?? []);
        // §4.2.1.10: the subject, where there is one, is a directoryName; its e-mail address counts where no rfc822Name is there.
        if (certificate.Fields.Subject.Length > 2) names.Add(new GeneralName(GeneralNameKind.DirectoryName, certificate.Fields.Subject));
        if (certificate.Fields.SubjectAltName is null)
        {
            foreach (var address in DistinguishedName.Values(certificate.Fields.Subject, "1.2.840.113549.1.9.1"))
            {
                names.Add(new GeneralName(GeneralNameKind.Rfc822Name, Encoding.Latin1.GetBytes(address)));
            }
        }

        return names;
    }

    private static string? FindViolation(List<GeneralName> names, NameConstraints constraints)
    {
        foreach (var name in names)
        {
            var permitted = constraints.Permitted.Where(subtree => subtree.Kind == name.Kind).ToArray();
            if (permitted.Length > 0 && !permitted.Any(subtree => NameSubtree.Contains(subtree, name, ifUndecided: false))) return NameSubtree.ToText(name);
            // What cannot be decided counts against the name: an exclusion must not be dodged by odd syntax.
            if (constraints.Excluded.Any(subtree => subtree.Kind == name.Kind && NameSubtree.Contains(subtree, name, ifUndecided: true))) return NameSubtree.ToText(name);
        }

        return null;
    }
}
