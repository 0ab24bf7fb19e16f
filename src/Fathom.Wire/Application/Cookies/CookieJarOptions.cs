namespace Fathom.Wire.Application.Cookies;

/// <summary>What a user agent may choose (RFC 6265bis leaves it open).</summary>
public sealed record CookieJarOptions
{
    /// <summary>The public suffixes.</summary>
    public PublicSuffixList Suffixes { get; init; } = PublicSuffixList.Default;

    /// <summary>Cookies for one domain before some are evicted. RFC 6265bis §6.1 wants 50 at least; Chromium keeps 180.</summary>
    public int MaximumPerDomain { get; init; } = 180;

    /// <summary>Cookies of all domains before some are evicted. RFC 6265bis §6.1 wants 3,000 at least.</summary>
    public int MaximumTotal { get; init; } = 3000;

    /// <summary>
    /// What never leaves this machine counts as secure ("as defined by the user agent", §5.7 step 13): browsers and curl set and send Secure cookies on
    /// http://localhost.
    /// </summary>
    public bool TrustsLoopback { get; init; } = true;

    /// <summary>
    /// A redirect through another site makes a request cross-site. Drafts had it, browsers tried it and went back: too many logins broke.
    /// </summary>
    public bool CountsRedirects { get; init; }

    /// <summary>
    /// Lax-allowing-unsafe (§5.6.7.2): a cookie that did not say SameSite goes with another site's POST navigation for its first two minutes. Chromium did so
    /// for logins that come back by POST.
    /// </summary>
    public bool LaxAllowsUnsafe { get; init; }
}
