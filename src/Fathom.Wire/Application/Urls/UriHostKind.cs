namespace Fathom.Wire.Application.Urls;

/// <summary>What a URI's host is (RFC 3986 §3.2.2).</summary>
public enum UriHostKind
{
    /// <summary>There is no authority, and so no host.</summary>
    None,

    /// <summary>A registered name; it can be empty.</summary>
    RegisteredName,

    /// <summary>An IPv4 address: four decimal numbers without leading zeros. All else is a registered name.</summary>
    V4,

    /// <summary>An IPv6 address in brackets.</summary>
    V6,

    /// <summary>A future address in brackets, "[v1.x]".</summary>
    Future,
}
