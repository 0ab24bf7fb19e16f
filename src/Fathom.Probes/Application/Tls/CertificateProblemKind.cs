namespace Fathom.Probes.Application.Tls;

/// <summary>What can be wrong with a certificate or its chain.</summary>
public enum CertificateProblemKind
{
    /// <summary>Nothing: the default of an unset value.</summary>
    None = 0,

    /// <summary>The server sent no certificate.</summary>
    NoCertificate,

    /// <summary>A certificate cannot be read, or breaks the syntax of RFC 5280.</summary>
    Malformed,

    /// <summary>notAfter is past.</summary>
    Expired,

    /// <summary>notBefore is to come.</summary>
    NotYetValid,

    /// <summary>The leaf is for other names.</summary>
    NameMismatch,

    /// <summary>The leaf signs itself and is not trusted.</summary>
    SelfSigned,

    /// <summary>The chain leads to an authority that is not trusted.</summary>
    UntrustedIssuer,

    /// <summary>The chain ends before a root: an intermediate was not sent.</summary>
    IncompleteChain,

    /// <summary>A signature is not that of the issuer's key.</summary>
    BadSignature,

    /// <summary>A key that clients refuse: RSA under 2048 bits, DSA, an unusual curve.</summary>
    WeakKey,

    /// <summary>A signature over MD5 or SHA-1.</summary>
    WeakSignature,

    /// <summary>extendedKeyUsage or keyUsage do not allow the use by a TLS server.</summary>
    NotForServers,

    /// <summary>An issuer in the path is not a certification authority.</summary>
    BasicConstraints,

    /// <summary>More authorities follow than a path length constraint allows.</summary>
    PathLength,

    /// <summary>A name lies outside of what an authority in the path may certify.</summary>
    NameConstraints,

    /// <summary>A critical extension that is not understood: RFC 5280 §4.2 wants the certificate refused.</summary>
    UnknownCriticalExtension,

    /// <summary>Breaks a rule of RFC 5280 that most clients do not check; only ever a remark.</summary>
    Nonconforming,
}
