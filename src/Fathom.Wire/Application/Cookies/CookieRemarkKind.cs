namespace Fathom.Wire.Application.Cookies;

/// <summary>What can be said against a cookie.</summary>
public enum CookieRemarkKind
{
    /// <summary>Rejected: the host is not in the cookie's domain (RFC 6265bis §5.7).</summary>
    DomainMismatch,

    /// <summary>Rejected: the domain is a public suffix, which would give the cookie to all sites below it (RFC 6265bis §5.7).</summary>
    TopLevelDomain,

    /// <summary>Rejected: Secure, and set over plain HTTP (RFC 6265bis §5.7).</summary>
    SecureOverPlainHttp,

    /// <summary>Rejected: "__Secure-" without Secure (RFC 6265bis §5.4.1).</summary>
    SecurePrefixBroken,

    /// <summary>Rejected: "__Host-" without Secure, with Domain, or without Path=/ (RFC 6265bis §5.4.2).</summary>
    HostPrefixBroken,

    /// <summary>Rejected: nameless, with a value that looks like a prefixed name (RFC 6265bis §5.7).</summary>
    NamelessPrefix,

    /// <summary>Rejected by browsers: SameSite=None without Secure.</summary>
    SameSiteNoneWithoutSecure,

    /// <summary>Rejected by browsers: Partitioned without Secure (CHIPS).</summary>
    PartitionedWithoutSecure,

    /// <summary>Insecure: set over HTTPS without Secure, so it also travels in the clear.</summary>
    NoSecure,

    /// <summary>Insecure: scripts can read it.</summary>
    NoHttpOnly,

    /// <summary>Insecure: SameSite is not given, and not every browser has a default.</summary>
    NoSameSite,

    /// <summary>Insecure: SameSite=None sends it along with other sites' requests.</summary>
    SameSiteNone,

    /// <summary>Note: its path is not the request's: the URL that set it does not get it back.</summary>
    PathElsewhere,

    /// <summary>Note: it is over already: the server deletes it.</summary>
    Expired,
}
