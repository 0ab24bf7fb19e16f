using System.Text;

namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>Checks that concern the leaf alone: its names and its purpose.</summary>
internal static class LeafChecker
{
    public static void Check(TlsCertificate leaf, string? serverName, string purpose, List<CertificateProblem> problems, List<CertificateProblem> remarks)
    {
        if (serverName is not null && !NameMatcher.Matches(leaf, serverName)) problems.Add(Mismatch(leaf, serverName));
        if (leaf.Defect is not null) return;
        var fields = leaf.Fields;

        // RFC 5280 §4.2.1.12: the certificate MUST only be used for one of the purposes indicated.
        if (fields.ExtendedKeyUsage is { } purposes && !purposes.Contains(purpose))
        {
            if (!purposes.Contains(Oids.AnyExtendedKeyUsage)) problems.Add(About(leaf, CertificateProblemKind.NotForServers, $"{leaf} is not for this purpose by its extended key usage ({string.Join(", ", purposes.Take(8))})."));
        }

        // RFC 8446 §4.4.2.2 and RFC 5246 §7.4.2: one of these bits must be set, depending on the key exchange.
        const KeyUsages server = KeyUsages.DigitalSignature | KeyUsages.KeyEncipherment | KeyUsages.KeyAgreement;
        if (fields.KeyUsage is { } usage && (usage & server) == 0)
        {
            problems.Add(About(leaf, CertificateProblemKind.NotForServers, $"{leaf} may not be used for TLS by its key usage ({usage})."));
        }

        // CA/Browser Forum baseline requirements §7.1.2.7.
        if (leaf.IsAuthority) remarks.Add(Remark(leaf, $"{leaf} is a certification authority, used as a server's certificate."));
        if (fields.ExtendedKeyUsage?.Contains(Oids.AnyExtendedKeyUsage) == true) remarks.Add(Remark(leaf, $"{leaf} is for any purpose instead of for servers only."));
        if (fields.ExtendedKeyUsage is null) remarks.Add(Remark(leaf, $"{leaf} has no extended key usage."));
        if (fields.IsCritical(Oids.ExtendedKeyUsage)) remarks.Add(Remark(leaf, $"{leaf} has a critical extended key usage."));
        CheckNames(leaf, remarks);
        CheckCommonName(leaf, remarks);
    }

    // CA/Browser Forum baseline requirements §7.1.4.3: the common name, if present, is one of the subjectAltName's, in the same letters.
    private static void CheckCommonName(TlsCertificate leaf, List<CertificateProblem> remarks)
    {
        if (leaf.Fields.SubjectAltName is null) return;
        foreach (var name in DistinguishedName.Values(leaf.Fields.Subject, Oids.CommonName))
        {
            var isThere = leaf.Fields.SubjectAltName.Any(other => other.Kind == GeneralNameKind.DnsName && Encoding.Latin1.GetString(other.Value.Span) == name)
                || leaf.IpAddresses.Any(address => address.ToString() == name);
            if (!isThere) remarks.Add(Remark(leaf, $"{leaf} has a common name that is not among its names: {SafeText.Escape(name)}."));
        }
    }

    private static CertificateProblem Mismatch(TlsCertificate leaf, string serverName)
    {
        string[] names = [.. leaf.DnsNames, .. leaf.IpAddresses.Select(address => address.ToString())];
        var commonNames = DistinguishedName.Values(leaf.Fields.Subject, Oids.CommonName).Select(SafeText.Escape).ToArray();
        var asked = SafeText.Escape(serverName);
        var detail = names.Length > 0
            ? $"The certificate is for {string.Join(", ", names.Take(10))}{(names.Length > 10 ? ", …" : "")}, not for {asked}."
            : $"The certificate has no subjectAltName, so that it is for no name (RFC 9525 §2); {(commonNames.Length > 0 ? $"its common name {commonNames[0]} does not count" : "it has no common name either")}.";
        return About(leaf, CertificateProblemKind.NameMismatch, detail) with { Names = names };
    }

    private static void CheckNames(TlsCertificate leaf, List<CertificateProblem> remarks)
    {
        foreach (var name in leaf.Fields.SubjectAltName ?? [])
        {
            if (name.Kind == GeneralNameKind.DnsName)
            {
                var text = Encoding.Latin1.GetString(name.Value.Span);
                if (!NameMatcher.IsDnsName(text, allowWildcard: true) || text.Contains('_') || NameMatcher.TryParseAddress(text, out _))
                {
                    remarks.Add(Remark(leaf, $"{leaf} has a DNS name that is none: {SafeText.Escape(text)} (RFC 5280 §4.2.1.6)."));
                }
            }
            else if (name.Kind == GeneralNameKind.IpAddress && name.Value.Length is not (4 or 16))
            {
                remarks.Add(Remark(leaf, $"{leaf} has an address of {name.Value.Length} octets (RFC 5280 §4.2.1.6)."));
            }
        }
    }

    private static CertificateProblem About(TlsCertificate leaf, CertificateProblemKind kind, string detail)
        => new(kind, detail) { Certificate = leaf, IsAboutLeaf = true };

    private static CertificateProblem Remark(TlsCertificate leaf, string detail) => About(leaf, CertificateProblemKind.Nonconforming, detail);
}
