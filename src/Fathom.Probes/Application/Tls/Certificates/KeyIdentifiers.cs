namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>Compares authorityKeyIdentifier with subjectKeyIdentifier (RFC 5280 §4.2.1.1). They guide the search; they prove nothing.</summary>
internal static class KeyIdentifiers
{
    /// <summary>True or false when both are there; null when one is missing.</summary>
    public static bool? Match(TlsCertificate child, TlsCertificate issuer)
    {
        var wanted = child.Fields.AuthorityKeyIdentifier?.KeyIdentifier ?? default;
        if (wanted.IsEmpty || issuer.Fields.SubjectKeyIdentifier is not { } has) return null;
        return wanted.Span.SequenceEqual(has.Span);
    }
}
