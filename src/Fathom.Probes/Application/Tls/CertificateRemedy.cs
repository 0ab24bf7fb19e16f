namespace Fathom.Probes.Application.Tls;

/// <summary>What helps against a <see cref="CertificateProblem"/>.</summary>
public static class CertificateRemedy
{
    /// <summary>One sentence for whoever runs the server, or, where that is another, for the client.</summary>
    /// <param name="kind">The problem.</param>
    public static string For(CertificateProblemKind kind) => kind switch
    {
        CertificateProblemKind.Expired => "Renew the certificate on the server, and reload it there.",
        CertificateProblemKind.NotYetValid => "Check the certificate's start date, and the clocks of both machines.",
        CertificateProblemKind.NameMismatch => "Use a name that the certificate is for, or get one for this name.",
        CertificateProblemKind.SelfSigned => "Install a certificate of a trusted authority, or trust this one explicitly.",
        CertificateProblemKind.IncompleteChain => "Send the intermediate certificate too (the \"full chain\" file).",
        CertificateProblemKind.WeakKey or CertificateProblemKind.WeakSignature => "Replace the key or certificate: RSA of 2048 bits or P-256, signed with SHA-256.",
        CertificateProblemKind.NoCertificate => "Configure a certificate on the server.",
        _ => "Use a certificate of a trusted authority, or add its root to this machine's trust store (SSL_CERT_FILE for a try).",
    };
}
