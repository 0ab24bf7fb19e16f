namespace Fathom.Wire.Application.Cookies;

/// <summary>
/// A user agent's cookie store by RFC 6265bis (draft-ietf-httpbis-rfc6265bis-20): what it keeps (§5.7), what it sends (§5.8), and for each cookie
/// the rule that decided. It has no clock: it is told the time. Not safe for concurrent use.
/// </summary>
/// <param name="options">What a user agent may choose; null for what browsers do.</param>
public sealed partial class CookieJar(CookieJarOptions? options = null)
{
    private readonly CookieJarOptions _options = options ?? new CookieJarOptions();
    private readonly List<StoredCookie> _cookies = [];

    /// <summary>The cookies, in the order in which they were set first.</summary>
    public IReadOnlyList<StoredCookie> Cookies => _cookies;

    /// <summary>Takes one Set-Cookie field of a response (§5.6, §5.7).</summary>
    /// <param name="field">The field's value; a character for each octet.</param>
    /// <param name="request">The request that the response answers.</param>
    /// <param name="now">The present.</param>
    public CookieDecision Set(string field, CookieRequest request, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(request);

        // Steps 2 to 4 are the parser's.
        if (!SetCookie.TryParse(field, now, out var cookie, out var reason)) return new CookieDecision(CookieDecisionKind.Refused, RuleIn(reason), PhraseOf(reason));
        return Judge(cookie, request, now) with { Field = cookie };
    }

    /// <summary>Takes a cookie that was kept elsewhere, from a file say; one of the same name, domain and path is replaced.</summary>
    /// <param name="cookie">The cookie.</param>
    public void Add(StoredCookie cookie)
    {
        ArgumentNullException.ThrowIfNull(cookie);
        _cookies.RemoveAll(cookie.IsSameAs);
        _cookies.Add(cookie);
    }

    /// <summary>Removes the cookies that are over (§5.7: they MUST be evicted).</summary>
    /// <param name="now">The present.</param>
    /// <returns>How many.</returns>
    public int RemoveExpired(DateTimeOffset now) => _cookies.RemoveAll(c => c.IsExpired(now));

    /// <summary>Ends the session: cookies that are not persistent go (§5.7).</summary>
    /// <returns>How many.</returns>
    public int EndSession() => _cookies.RemoveAll(static c => c.ExpiresAt is null);

    private CookieDecision Judge(SetCookie field, CookieRequest request, DateTimeOffset now)
    {
        var host = CookieHost.Canonicalize(request.Host);
        var isSecure = IsSecure(request);
        var domain = field.Domain ?? string.Empty;

        // Step 8.
        if (!System.Text.Ascii.IsValid(domain)) return Refuse(8, $"the domain {Show(domain)} has characters outside of ASCII; a server writes A-labels (xn--…)");

        // Step 9: the public suffix list keeps one site from setting cookies for all its neighbors.
        if (domain.Length > 0 && _options.Suffixes.IsPublicSuffix(domain))
        {
            if (domain != host) return Refuse(9, $"the domain {Show(domain)} is a public suffix: every site below it would get the cookie");
            domain = string.Empty;
        }

        // Step 10.
        if (domain.Length > 0 && !CookieMatching.DomainMatches(host, domain)) return Refuse(10, $"{Show(host)} is not in the domain {Show(domain)}");
        var cookie = new StoredCookie(field.Name, field.Value, domain.Length > 0 ? domain : host, field.Path ?? CookieMatching.DefaultPath(request.Path))
        {
            CreatedAt = now,
            LastAccessAt = now,
            ExpiresAt = field.ExpiresAt,
            HostOnly = domain.Length == 0,
            Secure = field.Secure,
            HttpOnly = field.HttpOnly,
            SameSite = field.SameSite,
        };

        // Steps 13, 15 and 16.
        if (cookie.Secure && !isSecure) return Refuse(13, "it is Secure, and the connection is not");
        if (cookie.HttpOnly && request.IsScript) return Refuse(15, "it is HttpOnly, and a script sets it");
        if (!cookie.Secure && !isSecure && _cookies.FirstOrDefault(old => Overlays(cookie, old)) is { } guarded)
            return Refuse(16, $"a Secure cookie of this name is there for {Show(guarded.Domain)}{Show(guarded.Path)}: an insecure connection may not lay another over it");
        if (RefusalBySite(cookie, request) is { } bySite) return bySite;
        if (RefusalByName(cookie, field) is { } byName) return byName;
        return Store(cookie, request, now);
    }

    // Steps 18 and 19.
    private CookieDecision? RefusalBySite(StoredCookie cookie, CookieRequest request)
    {
        if (cookie.SameSite != SameSite.None && !IsSameSite(request) && (request.IsScript || !request.IsTopLevelNavigation))
            return Refuse(18, $"{Describe(cookie.SameSite)}, and the response is to another site's request inside its page");
        return cookie.SameSite == SameSite.None && !cookie.Secure ? Refuse(19, "SameSite=None needs the attribute Secure") : null;
    }

    // Steps 20 to 22.
    private static CookieDecision? RefusalByName(StoredCookie cookie, SetCookie field)
    {
        if (field.HasSecurePrefix && !cookie.Secure) return Refuse(20, "a name that begins with __Secure- needs the attribute Secure");
        if (field.HasHostPrefix && !(cookie.Secure && cookie.HostOnly && field.Path == "/"))
            return Refuse(21, $"a name that begins with __Host- needs {(cookie.Secure ? cookie.HostOnly ? "Path=/" : "no Domain" : "Secure")}");
        var isNamelessPrefix = field.Name.Length == 0
            && (field.Value.StartsWith("__Secure-", StringComparison.OrdinalIgnoreCase) || field.Value.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase));
        return isNamelessPrefix ? Refuse(22, "it has no name, and its value begins like a prefixed name: a server would take it for one") : null;
    }

    // Steps 23 and 24.
    private CookieDecision Store(StoredCookie cookie, CookieRequest request, DateTimeOffset now)
    {
        var at = _cookies.FindIndex(cookie.IsSameAs);
        var former = at >= 0 ? _cookies[at] : null;
        if (former is { HttpOnly: true } && request.IsScript) return Refuse(23, "the cookie of this name is HttpOnly, and a script may not replace it");
        if (former is not null)
        {
            // Its age decides the order in which cookies are sent: a replacement does not make it younger.
            cookie = cookie with { CreatedAt = former.CreatedAt };
            _cookies.RemoveAt(at);
        }

        if (cookie.IsExpired(now))
        {
            var gone = former is null ? "it is over already, and there was none of this name to delete" : "it is over already: the cookie of this name is deleted";
            return new CookieDecision(CookieDecisionKind.Deleted, Clause(24), gone) { Former = former };
        }

        _cookies.Insert(former is null ? _cookies.Count : at, cookie);
        var evicted = MakeRoom(cookie, now);
        var until = cookie.ExpiresAt is { } end ? $"until {end.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC" : "until the session ends";
        var where = $"{(cookie.HostOnly ? "for" : "for all hosts of")} {Show(cookie.Domain)}, path {Show(cookie.Path)}, {until}";
        return former is null
            ? new CookieDecision(CookieDecisionKind.Accepted, Clause(24), where) { Cookie = cookie, Evicted = evicted }
            : new CookieDecision(CookieDecisionKind.Replaced, Clause(23), $"takes the place of the cookie of this name; {where}") { Cookie = cookie, Former = former, Evicted = evicted };
    }

    // Step 16: same name; either domain is in the other's; the new path lies below the old one's.
    private static bool Overlays(StoredCookie cookie, StoredCookie old) => old.Secure && old.Name == cookie.Name
        && (CookieMatching.DomainMatches(old.Domain, cookie.Domain) || CookieMatching.DomainMatches(cookie.Domain, old.Domain))
        && CookieMatching.PathMatches(cookie.Path, old.Path);

    private bool IsSecure(CookieRequest request)
        => CookieHost.IsSecureScheme(request.Scheme) || (_options.TrustsLoopback && CookieHost.IsLoopback(CookieHost.Canonicalize(request.Host)));

    private static string Describe(SameSite sameSite) => sameSite == SameSite.Default ? "it does not say SameSite, which counts as Lax" : $"it is SameSite={sameSite}";

    private static CookieDecision Refuse(int step, string detail) => new(CookieDecisionKind.Refused, Clause(step), detail);

    private static string Clause(int step) => $"RFC 6265bis §5.7 step {step}";

    private static string Show(string text) => TextSanitizer.Escape(text);

    // The parser's reasons end with their clause in parentheses.
    private static string RuleIn(string reason) => reason.LastIndexOf('(') is var at and >= 0 ? reason[(at + 1)..].TrimEnd(')') : "RFC 6265bis §5.6";

    private static string PhraseOf(string reason) => reason.LastIndexOf('(') is var at and > 0 ? reason[..at].TrimEnd() : reason;
}
