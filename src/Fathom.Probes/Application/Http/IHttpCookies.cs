namespace Fathom.Probes.Application.Http;

/// <summary>Where a client keeps cookies. Which are taken and which are sent is decided behind it (RFC 6265).</summary>
public interface IHttpCookies
{
    /// <summary>The value for the Cookie field, or null for none.</summary>
    /// <param name="target">Where the request goes.</param>
    /// <param name="now">The time.</param>
    string? For(HttpTarget target, DateTimeOffset now);

    /// <summary>Takes the Set-Cookie lines of a response.</summary>
    /// <param name="target">Where the request went.</param>
    /// <param name="setCookieLines">The values of the lines, in order; from the network.</param>
    /// <param name="now">The time.</param>
    void Accept(HttpTarget target, IReadOnlyList<string> setCookieLines, DateTimeOffset now);
}
