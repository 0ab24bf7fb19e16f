using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Cookies;

/// <summary>A site: the scheme and the registrable domain of an origin (HTML "schemeful same site"; RFC 6265bis §5.2). A host without one (an address, a public suffix) is a site of its own.</summary>
/// <param name="Scheme">"https" or "http", in lower case.</param>
/// <param name="Domain">The registrable domain, or the host.</param>
public readonly record struct CookieSite(string Scheme, string Domain)
{
    /// <summary>The site of an origin. "wss" counts as "https", "ws" as "http".</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="host">The host in its ASCII form, or an address.</param>
    /// <param name="suffixes">The public suffixes.</param>
    public static CookieSite Of(string scheme, string host, PublicSuffixList suffixes)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(suffixes);
        var name = CookieHost.Canonicalize(host);
        return new CookieSite(CookieHost.IsSecureScheme(scheme) ? "https" : "http", suffixes.RegistrableDomain(name) ?? name);
    }

    /// <summary>"https://example.org".</summary>
    public override string ToString() => $"{Scheme}://{(IpAddress.TryParse(Domain, out var address) && address.IsV6 ? $"[{Domain}]" : Domain)}";
}
