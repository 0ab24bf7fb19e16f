using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Cookies;

/// <summary>Which hosts and paths a cookie is for (RFC 6265bis §5.1.3, §5.1.4).</summary>
public static class CookieMatching
{
    /// <summary>The host is the domain, or a name below it. An IP address has no names below it.</summary>
    /// <param name="host">A host name in its ASCII form, or an IP address; brackets around IPv6 are taken off.</param>
    /// <param name="domain">The domain, without a leading dot.</param>
    public static bool DomainMatches(string host, string domain)
    {
        host = host.Trim('[', ']');
        if (string.Equals(host, domain, StringComparison.OrdinalIgnoreCase)) return true;
        return domain.Length > 0
            && host.Length > domain.Length
            && host.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
            && host[host.Length - domain.Length - 1] == '.'
            && !IpAddress.TryParse(host, out _);
    }

    /// <summary>The request's path is the cookie's, or lies below it.</summary>
    /// <param name="requestPath">The path of the request, without the query.</param>
    /// <param name="cookiePath">The path of the cookie.</param>
    public static bool PathMatches(string requestPath, string cookiePath)
    {
        if (!requestPath.StartsWith(cookiePath, StringComparison.Ordinal)) return false;
        return requestPath.Length == cookiePath.Length || cookiePath.EndsWith('/') || requestPath[cookiePath.Length] == '/';
    }

    /// <summary>The path that a cookie without one gets: the request's up to its last "/", that one left out.</summary>
    /// <param name="requestPath">The path of the request, without the query.</param>
    public static string DefaultPath(string requestPath)
    {
        var last = requestPath.LastIndexOf('/');
        return requestPath.StartsWith('/') && last > 0 ? requestPath[..last] : "/";
    }
}
