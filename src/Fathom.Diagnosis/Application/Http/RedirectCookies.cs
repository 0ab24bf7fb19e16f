using Fathom.Wire.Application.Cookies;
using Fathom.Wire.Application.Http;

namespace Fathom.Diagnosis.Application.Http;

/// <summary>The cookies that redirects set, for as long as one check follows them: gates that set one and send the client back need it.</summary>
internal sealed class RedirectCookies
{
    // RFC 6265 §6.1: what every client must keep for one host.
    private const int MaximumCookies = 50;

    private readonly List<(string Host, string Path, SetCookie Cookie)> _cookies = [];

    /// <summary>Changes when a cookie is set or changed.</summary>
    public string Fingerprint => string.Join(';', _cookies.Select(static c => $"{c.Host}/{c.Cookie.Name}={c.Cookie.Value}"));

    /// <summary>Keeps what a response sets and a browser would accept.</summary>
    public void Take(HttpResponseHead? head, Uri from, DateTimeOffset now)
    {
        if (head is null) return;
        foreach (var line in head.Fields.All("Set-Cookie"))
        {
            if (_cookies.Count >= MaximumCookies || !SetCookie.TryParse(line, now, out var cookie, out _)) continue;
            var secure = from.Scheme == Uri.UriSchemeHttps;
            if (CookieAudit.Judge(cookie, from.Host, secure, from.AbsolutePath).Any(static r => r.Severity == CookieRemarkSeverity.Rejected)) continue;
            var path = cookie.Path ?? CookieMatching.DefaultPath(from.AbsolutePath);
            _cookies.RemoveAll(c => c.Host == from.Host && c.Cookie.Name == cookie.Name && c.Path == path);
            if (!cookie.IsExpired) _cookies.Add((from.Host, path, cookie));
        }
    }

    /// <summary>The Cookie field for a request, or null.</summary>
    public string? For(string host, string path, bool secure)
    {
        var query = path.IndexOf('?', StringComparison.Ordinal);
        var bare = query < 0 ? path : path[..query];
        var sent = _cookies.Where(c => (c.Cookie.Domain is { } domain ? CookieMatching.DomainMatches(host, domain) : host.Equals(c.Host, StringComparison.OrdinalIgnoreCase))
            && CookieMatching.PathMatches(bare, c.Path) && (secure || !c.Cookie.Secure)).Select(static c => $"{c.Cookie.Name}={c.Cookie.Value}").ToArray();
        return sent.Length == 0 ? null : string.Join("; ", sent);
    }
}
