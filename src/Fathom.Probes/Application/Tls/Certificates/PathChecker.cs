using System.Globalization;

namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>Validates one path by RFC 5280 §6.1. Everything is checked, whatever else failed.</summary>
internal static class PathChecker
{
    /// <summary>NIST SP 800-131A and the CA/Browser Forum: 2048 bits since 2014; OpenSSL's default level since Debian 10.</summary>
    private const int MinimumRsaBits = 2048;

    public static PathFindings Check(IReadOnlyList<TlsCertificate> path, bool endsAtAnchor, DateTimeOffset now, string purpose)
    {
        var findings = new PathFindings();
        for (var i = 0; i < path.Count; i++)
        {
            var isAnchor = endsAtAnchor && i == path.Count - 1;
            CheckAny(path[i], i == 0, isAnchor, now, findings);
            if (i > 0) CheckIssuer(path, i, isAnchor, purpose, findings);
        }

        NameConstraintChecker.Check(path, findings);
        return findings;
    }

    private static void CheckAny(TlsCertificate certificate, bool isLeaf, bool isAnchor, DateTimeOffset now, PathFindings findings)
    {
        var fields = certificate.Fields;
        if (certificate.Defect is { } defect)
        {
            findings.Problem(CertificateProblemKind.Malformed, certificate, isLeaf, $"{certificate} cannot be read: {defect}");
            return;
        }

        CheckTime(certificate, isLeaf, now, findings);
        CheckKey(certificate, isLeaf, findings);
        // A root is trusted by its key; who signed it, and how, does not matter.
        if (!isAnchor && SignatureAlgorithms.IsWeak(fields.SignatureAlgorithm))
        {
            findings.Problem(CertificateProblemKind.WeakSignature, certificate, isLeaf, $"{certificate} is signed with {certificate.SignatureAlgorithm}.");
        }

        foreach (var (oid, isCritical) in fields.Extensions)
        {
            if (isCritical && !IsUnderstood(oid))
            {
                findings.Problem(CertificateProblemKind.UnknownCriticalExtension, certificate, isLeaf, $"{certificate} has the critical extension {oid}, which is not understood.");
            }
        }

        ConformanceChecker.Check(certificate, isLeaf, isAnchor, findings);
    }

    private static void CheckTime(TlsCertificate certificate, bool isLeaf, DateTimeOffset now, PathFindings findings)
    {
        // RFC 5280 §4.1.2.5: valid from notBefore through notAfter, inclusive. Its times are whole seconds.
        var second = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        if (second > certificate.NotAfter)
        {
            findings.Problem(CertificateProblemKind.Expired, certificate, isLeaf, Invariant($"{certificate} expired on {certificate.NotAfter:yyyy-MM-dd HH:mm:ss} UTC."), now - certificate.NotAfter);
        }

        if (now < certificate.NotBefore)
        {
            findings.Problem(CertificateProblemKind.NotYetValid, certificate, isLeaf, Invariant($"{certificate} is valid from {certificate.NotBefore:yyyy-MM-dd HH:mm:ss} UTC."), certificate.NotBefore - now);
        }
    }

    private static void CheckKey(TlsCertificate certificate, bool isLeaf, PathFindings findings)
    {
        var key = certificate.Fields.Key;
        var isWeak = key.Type switch
        {
            TlsKeyType.Rsa or TlsKeyType.RsaPss => key.Bits < MinimumRsaBits,
            TlsKeyType.EllipticCurve => key.Curve is not (Oids.P256 or Oids.P384 or Oids.P521 or Oids.P224),
            TlsKeyType.Ed25519 or TlsKeyType.Ed448 => false,
            _ => true,
        };
        if (isWeak) findings.Problem(CertificateProblemKind.WeakKey, certificate, isLeaf, $"{certificate} has a key that clients refuse: {certificate.KeyName}.");
    }

    private static void CheckIssuer(IReadOnlyList<TlsCertificate> path, int index, bool isAnchor, string purpose, PathFindings findings)
    {
        var issuer = path[index];
        var fields = issuer.Fields;
        if (issuer.Defect is not null) return;
        // RFC 5280 §6.1.4 (k). A root of version 1 has no extensions; it is trusted as an authority by being a root.
        if (fields.BasicConstraints is not { IsAuthority: true } && !(isAnchor && fields.Version < 3))
        {
            findings.Problem(CertificateProblemKind.BasicConstraints, issuer, false, $"{issuer} is not a certification authority, and issued {path[index - 1]}.");
        }

        // §6.1.4 (n).
        if (fields.KeyUsage is { } usage && !usage.HasFlag(KeyUsages.KeyCertSign))
        {
            findings.Problem(CertificateProblemKind.BasicConstraints, issuer, false, $"{issuer} may not sign certificates by its key usage, and issued {path[index - 1]}.");
        }

        // §6.1.4 (l), (m): self-issued intermediates do not count; nor does the leaf.
        if (fields.BasicConstraints is { IsAuthority: true, PathLength: { } allowed })
        {
            var below = 0;
            for (var i = 1; i < index; i++) below += path[i].IsSelfIssued ? 0 : 1;
            if (below > allowed)
            {
                findings.Problem(CertificateProblemKind.PathLength, issuer, false, Invariant($"{issuer} allows {allowed} authorities below it; {below} are there."));
            }
        }

        // Not in RFC 5280, but what all clients do: an authority's extendedKeyUsage limits what it can issue.
        if (!isAnchor && fields.ExtendedKeyUsage is { } purposes && !purposes.Contains(purpose) && !purposes.Contains(Oids.AnyExtendedKeyUsage))
        {
            findings.Problem(CertificateProblemKind.NotForServers, issuer, false, $"{issuer} may not issue certificates for this purpose by its extended key usage.");
        }
    }

    private static bool IsUnderstood(string oid) => oid is Oids.BasicConstraints or Oids.KeyUsage or Oids.ExtendedKeyUsage
        or Oids.SubjectAltName or Oids.IssuerAltName or Oids.NameConstraints or Oids.AuthorityKeyIdentifier or Oids.SubjectKeyIdentifier
        or Oids.CertificatePolicies or Oids.PolicyMappings or Oids.PolicyConstraints or Oids.InhibitAnyPolicy
        or Oids.CrlDistributionPoints or Oids.AuthorityInfoAccess or Oids.TlsFeature;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
