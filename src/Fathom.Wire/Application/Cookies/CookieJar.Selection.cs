namespace Fathom.Wire.Application.Cookies;

public sealed partial class CookieJar
{
    private const string Retrieval = "RFC 6265bis §5.8.3";

    /// <summary>How long a cookie without SameSite goes with another site's unsafe navigation where <see cref="CookieJarOptions.LaxAllowsUnsafe"/> is set (§5.6.7.2).</summary>
    private static readonly TimeSpan LaxAllowingUnsafe = TimeSpan.FromMinutes(2);

    /// <summary>Chooses the cookies of a request (§5.8.3), and notes that they were used.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The present.</param>
    public CookieSelection Select(CookieRequest request, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        var isSameSite = IsSameSite(request);
        var choices = new List<CookieChoice>(_cookies.Count);
        for (var i = 0; i < _cookies.Count; i++)
        {
            var choice = Choose(_cookies[i], request, isSameSite, now);

            // Step 3.
            if (choice.IsSent) _cookies[i] = _cookies[i] with { LastAccessAt = now };
            choices.Add(choice);
        }

        // Step 2: longer paths first, then the older ones. The order is stable, so that cookies of one instant keep the order in which they were set.
        return new CookieSelection([.. choices.Where(static c => c.IsSent).OrderByDescending(static c => c.Cookie.Path.Length).ThenBy(static c => c.Cookie.CreatedAt), .. choices.Where(static c => !c.IsSent)], isSameSite);
    }

    /// <summary>The request is same-site (§5.2): made by a person, or by a page of the site it goes to.</summary>
    /// <param name="request">The request.</param>
    public bool IsSameSite(CookieRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var target = CookieSite.Of(request.Scheme, request.Host, _options.Suffixes);
        if (request.Initiator is { } initiator && CookieSite.Of(initiator.Scheme, initiator.Host, _options.Suffixes) != target) return false;
        return !_options.CountsRedirects || request.RedirectedThrough.All(r => CookieSite.Of(r.Scheme, r.Host, _options.Suffixes) == target);
    }

    private CookieChoice Choose(StoredCookie cookie, CookieRequest request, bool isSameSite, DateTimeOffset now)
    {
        CookieChoice Withhold(string rule, string why) => new(cookie, false, rule, why);
        if (cookie.IsExpired(now)) return Withhold("RFC 6265bis §5.7", $"it ended {cookie.ExpiresAt!.Value.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        var host = CookieHost.Canonicalize(request.Host);
        if (cookie.HostOnly && host != cookie.Domain) return Withhold(Retrieval, $"it is for the host {Show(cookie.Domain)} alone");
        if (!cookie.HostOnly && !CookieMatching.DomainMatches(host, cookie.Domain)) return Withhold(Retrieval, $"{Show(host)} is not in the domain {Show(cookie.Domain)}");

        // A cookie that was kept before its domain became a public suffix.
        if (!cookie.HostOnly && _options.Suffixes.IsPublicSuffix(cookie.Domain)) return Withhold(Retrieval, $"the domain {Show(cookie.Domain)} is a public suffix");
        if (!CookieMatching.PathMatches(request.Path, cookie.Path)) return Withhold(Retrieval, $"the path {Show(request.Path)} is not below {Show(cookie.Path)}");
        if (cookie.Secure && !IsSecure(request)) return Withhold(Retrieval, "it is Secure, and the connection is not");
        if (cookie.HttpOnly && request.IsScript) return Withhold(Retrieval, "it is HttpOnly, and a script asks");
        if (isSameSite || cookie.SameSite == SameSite.None) return new CookieChoice(cookie, true, Retrieval, isSameSite ? "host, path and channel match" : "SameSite=None: it goes with other sites' requests, too");

        // What follows is another site's request.
        if (request.IsScript || cookie.SameSite == SameSite.Strict) return Withhold(Retrieval, $"{Describe(cookie.SameSite)}, and another site made the request");
        if (!request.IsTopLevelNavigation) return Withhold(Retrieval, $"{Describe(cookie.SameSite)}, and another site's page made the request inside itself");
        if (request.IsSafeMethod) return new CookieChoice(cookie, true, Retrieval, $"{Describe(cookie.SameSite)}: it goes when a link leads here");
        if (_options.LaxAllowsUnsafe && cookie.SameSite == SameSite.Default && now - cookie.CreatedAt <= LaxAllowingUnsafe)
            return new CookieChoice(cookie, true, "RFC 6265bis §5.6.7.2", "it does not say SameSite and is less than two minutes old: lax-allowing-unsafe");
        return Withhold(Retrieval, $"{Describe(cookie.SameSite)}, and {Show(request.Method)} is no safe method");
    }
}
