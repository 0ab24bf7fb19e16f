namespace Fathom.Wire.Application.Cookies;

/// <summary>
/// Says what a browser would do with a cookie of one response, and what is weak about it. <see cref="CookieJar"/> decides with the other cookies in view.
/// </summary>
public static class CookieAudit
{
    private const string Storage = "RFC 6265bis §5.7";

    /// <summary>Judges a cookie as one response set it: rejections first. Nothing is said about the weaknesses of a cookie that is rejected or deleted.</summary>
    /// <param name="cookie">The cookie.</param>
    /// <param name="host">The host of the request, in its ASCII form, or an IP address.</param>
    /// <param name="isSecureChannel">The response came over HTTPS.</param>
    /// <param name="requestPath">The path of the request, without the query.</param>
    public static IReadOnlyList<CookieRemark> Judge(SetCookie cookie, string host, bool isSecureChannel, string requestPath)
    {
        ArgumentNullException.ThrowIfNull(cookie);
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(requestPath);
        var remarks = new List<CookieRemark>();
        JudgeDomain(cookie, host, remarks);
        JudgePrefixes(cookie, remarks);
        JudgeSecure(cookie, isSecureChannel, remarks);
        if (remarks.Count > 0) return remarks;
        if (cookie.IsExpired)
        {
            remarks.Add(new CookieRemark(CookieRemarkKind.Expired, CookieRemarkSeverity.Note, Storage, "it is over already: the server deletes the cookie of this name"));
            return remarks;
        }

        JudgeWeakness(cookie, isSecureChannel, remarks);
        if (cookie.Path is { } path && !CookieMatching.PathMatches(requestPath, path))
        {
            remarks.Add(new CookieRemark(
                CookieRemarkKind.PathElsewhere,
                CookieRemarkSeverity.Note,
                "RFC 6265bis §5.1.4",
                $"its path {TextSanitizer.Escape(path)} is not that of the request: the page that set it does not get it back"));
        }

        return remarks;
    }

    private static void JudgeDomain(SetCookie cookie, string host, List<CookieRemark> remarks)
    {
        if (cookie.Domain is not { } domain) return;
        if (!CookieMatching.DomainMatches(host, domain))
            Reject(remarks, CookieRemarkKind.DomainMismatch, Storage, $"{TextSanitizer.Escape(host)} is not in the domain {TextSanitizer.Escape(domain)}");

        // A public suffix that is the host itself ("localhost") makes a cookie for that host alone (step 9).
        else if (domain.Length < host.Length && PublicSuffixList.Default.IsPublicSuffix(domain))
            Reject(remarks, CookieRemarkKind.TopLevelDomain, Storage, $"the domain {TextSanitizer.Escape(domain)} is a public suffix: every site below it would get the cookie");
    }

    private static void JudgePrefixes(SetCookie cookie, List<CookieRemark> remarks)
    {
        if (cookie.HasSecurePrefix && !cookie.Secure)
            Reject(remarks, CookieRemarkKind.SecurePrefixBroken, "RFC 6265bis §5.4.1", "a name that begins with __Secure- needs the attribute Secure");
        if (cookie.HasHostPrefix && (!cookie.Secure || cookie.Domain is not null || cookie.Path != "/"))
            Reject(remarks, CookieRemarkKind.HostPrefixBroken, "RFC 6265bis §5.4.2", $"a name that begins with __Host- needs {WhatHostPrefixLacks(cookie)}");
        if (cookie.Name.Length == 0 && StartsWithPrefix(cookie.Value))
            Reject(remarks, CookieRemarkKind.NamelessPrefix, Storage, "it has no name, and its value begins like a prefixed name");
    }

    private static void JudgeSecure(SetCookie cookie, bool isSecureChannel, List<CookieRemark> remarks)
    {
        if (cookie.Secure)
        {
            if (!isSecureChannel) Reject(remarks, CookieRemarkKind.SecureOverPlainHttp, Storage, "it is Secure, and came over plain HTTP");
            return;
        }

        if (cookie.SameSite == SameSite.None)
            Reject(remarks, CookieRemarkKind.SameSiteNoneWithoutSecure, Storage, "SameSite=None needs the attribute Secure");
        if (cookie.Partitioned)
            Reject(remarks, CookieRemarkKind.PartitionedWithoutSecure, "draft-cutler-httpbis-partitioned-cookies §2.1, as browsers do", "Partitioned needs the attribute Secure");
    }

    private static void JudgeWeakness(SetCookie cookie, bool isSecureChannel, List<CookieRemark> remarks)
    {
        if (isSecureChannel && !cookie.Secure) Weaken(remarks, CookieRemarkKind.NoSecure, "RFC 6265bis §4.1.2.5", "without Secure it also travels over plain HTTP");
        if (!cookie.HttpOnly) Weaken(remarks, CookieRemarkKind.NoHttpOnly, "RFC 6265bis §4.1.2.6", "without HttpOnly every script of the page can read it");
        if (cookie.SameSite == SameSite.Default) Weaken(remarks, CookieRemarkKind.NoSameSite, "RFC 6265bis §4.1.2.7", "without SameSite it depends on the browser whether other sites' requests carry it");
        if (cookie.SameSite == SameSite.None) Weaken(remarks, CookieRemarkKind.SameSiteNone, "RFC 6265bis §8.8", "SameSite=None lets other sites' requests carry it");
    }

    private static string WhatHostPrefixLacks(SetCookie cookie)
    {
        var lacks = new List<string>();
        if (!cookie.Secure) lacks.Add("Secure");
        if (cookie.Domain is not null) lacks.Add("no Domain");
        if (cookie.Path != "/") lacks.Add("Path=/");
        return string.Join(" and ", lacks);
    }

    private static bool StartsWithPrefix(string text)
        => text.StartsWith("__Secure-", StringComparison.OrdinalIgnoreCase) || text.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase);

    private static void Reject(List<CookieRemark> remarks, CookieRemarkKind kind, string rule, string detail)
        => remarks.Add(new CookieRemark(kind, CookieRemarkSeverity.Rejected, rule, detail));

    private static void Weaken(List<CookieRemark> remarks, CookieRemarkKind kind, string rule, string detail)
        => remarks.Add(new CookieRemark(kind, CookieRemarkSeverity.Insecure, rule, detail));
}
