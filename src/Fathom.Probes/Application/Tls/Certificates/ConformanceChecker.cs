namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>Rules of RFC 5280 that OpenSSL, NSS and Go let pass by default. They become remarks, never problems.</summary>
internal static class ConformanceChecker
{
    public static void Check(TlsCertificate certificate, bool isLeaf, bool isAnchor, PathFindings findings)
    {
        var fields = certificate.Fields;
        CheckKeyIdentifiers(certificate, isLeaf, isAnchor, findings);
        CheckSerialNumber(certificate, isLeaf, findings);

        // §4.1.2.4: the issuer field MUST contain a non-empty name; §4.1.2.6: so must an authority's subject.
        if (IsEmptyName(fields.Issuer)) findings.Remark(certificate, isLeaf, $"{certificate} has no issuer name (RFC 5280 §4.1.2.4).");
        if (certificate.IsAuthority && IsEmptyName(fields.Subject)) findings.Remark(certificate, isLeaf, $"{certificate} is an authority without a name (RFC 5280 §4.1.2.6).");

        // §4.2.1.9: critical in authorities; §4.2.1.3: keyCertSign only with cA.
        if (certificate.IsAuthority && !fields.IsCritical(Oids.BasicConstraints)) findings.Remark(certificate, isLeaf, $"{certificate} has basic constraints that are not critical (RFC 5280 §4.2.1.9).");
        if (!certificate.IsAuthority && fields.KeyUsage is { } usage && usage.HasFlag(KeyUsages.KeyCertSign)) findings.Remark(certificate, isLeaf, $"{certificate} may sign certificates, and is no authority (RFC 5280 §4.2.1.3).");

        // §4.2.1.10: name constraints only in authorities, and critical.
        if (fields.NameConstraints is not null)
        {
            if (!certificate.IsAuthority) findings.Remark(certificate, isLeaf, $"{certificate} has name constraints, and is no authority (RFC 5280 §4.2.1.10).");
            else if (!fields.IsCritical(Oids.NameConstraints)) findings.Remark(certificate, isLeaf, $"{certificate} has name constraints that are not critical (RFC 5280 §4.2.1.10).");
        }

        // §4.2.1.6: critical exactly when the subject is empty.
        if (fields.SubjectAltName is not null && fields.IsCritical(Oids.SubjectAltName) != IsEmptyName(fields.Subject))
        {
            findings.Remark(certificate, isLeaf, $"{certificate} has a subjectAltName that is critical although it has a subject, or the reverse (RFC 5280 §4.2.1.6).");
        }

        // §4.2.1.11, §4.2.2.1.
        if (fields.Extensions.TryGetValue(Oids.PolicyConstraints, out var policyCritical) && !policyCritical) findings.Remark(certificate, isLeaf, $"{certificate} has policy constraints that are not critical (RFC 5280 §4.2.1.11).");
        if (fields.IsCritical(Oids.AuthorityInfoAccess)) findings.Remark(certificate, isLeaf, $"{certificate} has critical authority information access (RFC 5280 §4.2.2.1).");

        if (fields.Version < 3) findings.Remark(certificate, isLeaf, $"{certificate} is of version {fields.Version}, without extensions.");
        if (fields.Key.Type is TlsKeyType.Rsa or TlsKeyType.RsaPss && fields.Key.Bits % 8 != 0) findings.Remark(certificate, isLeaf, $"{certificate} has an RSA key whose length is no whole number of octets.");
        if (isAnchor && fields.ExtendedKeyUsage is not null) findings.Remark(certificate, isLeaf, $"{certificate} is a root with extended key usage.");
    }

    private static void CheckKeyIdentifiers(TlsCertificate certificate, bool isLeaf, bool isAnchor, PathFindings findings)
    {
        var fields = certificate.Fields;
        var authority = fields.AuthorityKeyIdentifier;
        // §4.2.1.1: in all certificates but self-signed ones, and never critical. §4.2.1.2 likewise for authorities.
        if (fields.IsCritical(Oids.AuthorityKeyIdentifier)) findings.Remark(certificate, isLeaf, $"{certificate} has a critical authorityKeyIdentifier (RFC 5280 §4.2.1.1).");
        if (fields.IsCritical(Oids.SubjectKeyIdentifier)) findings.Remark(certificate, isLeaf, $"{certificate} has a critical subjectKeyIdentifier (RFC 5280 §4.2.1.2).");
        if (fields.Version < 3) return;
        if ((authority is null || authority.KeyIdentifier.IsEmpty) && !certificate.IsSelfIssued) findings.Remark(certificate, isLeaf, $"{certificate} does not identify its issuer's key (RFC 5280 §4.2.1.1).");
        if (certificate.IsAuthority && fields.SubjectKeyIdentifier is null) findings.Remark(certificate, isLeaf, $"{certificate} is an authority without subjectKeyIdentifier (RFC 5280 §4.2.1.2).");
        if (!isAnchor || authority is null) return;

        // CA/Browser Forum baseline requirements §7.1.2.1.3, for roots.
        if (authority.KeyIdentifier.IsEmpty || !authority.AuthorityIssuer.IsEmpty || !authority.AuthoritySerialNumber.IsEmpty
            || (fields.SubjectKeyIdentifier is { } own && !own.Span.SequenceEqual(authority.KeyIdentifier.Span)))
        {
            findings.Remark(certificate, isLeaf, $"{certificate} is a root whose authorityKeyIdentifier is not simply its own key's.");
        }
    }

    private static void CheckSerialNumber(TlsCertificate certificate, bool isLeaf, PathFindings findings)
    {
        // §4.1.2.2: positive, at most 20 octets.
        var serial = certificate.Fields.SerialNumber.Span;
        if (serial.Length > 20 || (serial.Length > 0 && (serial[0] & 0x80) != 0) || !serial.ContainsAnyExcept((byte)0))
        {
            findings.Remark(certificate, isLeaf, $"{certificate} has a serial number that is not positive or longer than 20 octets (RFC 5280 §4.1.2.2).");
        }
    }

    // An empty SEQUENCE.
    private static bool IsEmptyName(ReadOnlyMemory<byte> name) => name.Length <= 2;
}
