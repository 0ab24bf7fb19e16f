namespace Fathom.Wire.Application.Cookies;

/// <summary>A request as cookies see it: where it goes, and who made it. The same tells of a response where it comes from.</summary>
/// <param name="Scheme">The scheme of its URL: "http", "https", "ws", "wss".</param>
/// <param name="Host">The host of its URL, in its ASCII form, or an address. The port does not matter to cookies (RFC 6265 §8.5).</param>
/// <param name="Path">The path of its URL, without the query.</param>
public sealed record CookieRequest(string Scheme, string Host, string Path)
{
    /// <summary>The request's method, in capitals: SameSite=Lax asks whether it is a safe one.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>The origin of the page that made it, as scheme and host; null when a person did (an address typed, a bookmark): that is same-site.</summary>
    public (string Scheme, string Host)? Initiator { get; init; }

    /// <summary>It loads the page that the address bar shows: a link that was followed, a form that was sent.</summary>
    public bool IsTopLevelNavigation { get; init; }

    /// <summary>The URLs that redirected to this one, as scheme and host, in order.</summary>
    public IReadOnlyList<(string Scheme, string Host)> RedirectedThrough { get; init; } = [];

    /// <summary>A script asks (document.cookie), not a request: HttpOnly cookies do not exist for it.</summary>
    public bool IsScript { get; init; }

    /// <summary>The method is safe (RFC 9110 §9.2.1).</summary>
    public bool IsSafeMethod => Method is "GET" or "HEAD" or "OPTIONS" or "TRACE";
}
