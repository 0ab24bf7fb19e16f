namespace Fathom.Probes.Application.Tls;

/// <summary>Kinds of public keys in certificates.</summary>
public enum TlsKeyType
{
    /// <summary>None of the following, or unreadable.</summary>
    Unknown,

    /// <summary>RSA (RFC 8017).</summary>
    Rsa,

    /// <summary>RSA restricted to PSS (RFC 4055).</summary>
    RsaPss,

    /// <summary>A point on a named curve (RFC 5480).</summary>
    EllipticCurve,

    /// <summary>Ed25519 (RFC 8410).</summary>
    Ed25519,

    /// <summary>Ed448 (RFC 8410).</summary>
    Ed448,

    /// <summary>DSA, which no TLS client accepts any more.</summary>
    Dsa,
}
