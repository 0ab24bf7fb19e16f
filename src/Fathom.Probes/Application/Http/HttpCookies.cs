using Fathom.Wire.Application.Cookies;

namespace Fathom.Probes.Application.Http;

/// <summary>
/// A cookie jar for an <see cref="HttpAgent"/>: every request is one that a person makes (same-site, RFC 6265bis §5.2), and every
/// decision is kept to be told.
/// </summary>
/// <param name="jar">The jar.</param>
public sealed class HttpCookies(CookieJar jar) : IHttpCookies
{
    private readonly List<HttpCookieEvent> _events = [];

    /// <summary>The jar that answers put cookies into, and requests take them from.</summary>
    public CookieJar Jar => jar;

    /// <summary>What was sent, withheld, accepted and refused so far, in order.</summary>
    public IReadOnlyList<HttpCookieEvent> Events => _events;

    /// <inheritdoc/>
    public string? For(HttpTarget target, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(target);
        var selection = jar.Select(Request(target), now);
        foreach (var choice in selection.Choices) _events.Add(new HttpCookieEvent(target, choice, null));
        return selection.Header is { Length: > 0 } header ? header : null;
    }

    /// <inheritdoc/>
    public void Accept(HttpTarget target, IReadOnlyList<string> setCookieLines, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(setCookieLines);
        foreach (var line in setCookieLines) _events.Add(new HttpCookieEvent(target, null, jar.Set(line, Request(target), now)));
    }

    private static CookieRequest Request(HttpTarget target)
        => new(target.Scheme, target.Host, target.PathAndQuery.Split('?')[0]) { IsTopLevelNavigation = true };
}
