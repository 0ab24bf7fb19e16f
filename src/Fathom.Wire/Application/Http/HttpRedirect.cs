namespace Fathom.Wire.Application.Http;

/// <summary>What a redirect does to a request (RFC 9110 §15.4), as browsers and curl do it.</summary>
public static class HttpRedirect
{
    /// <summary>True for a status whose Location is to be followed: 301, 302, 303, 307, 308. A 300 leaves the choice to the user.</summary>
    /// <param name="status">The status.</param>
    public static bool IsFollowed(int status) => status is 301 or 302 or 303 or 307 or 308;

    /// <summary>The method of the next request.</summary>
    /// <param name="status">The status of the redirect.</param>
    /// <param name="method">The method of the request that was redirected.</param>
    /// <returns>
    /// For 303 GET, and HEAD for HEAD. For 301 and 302 GET instead of POST, which the RFC allows "for historical
    /// reasons" (§15.4.2, §15.4.3), else the same. For 307 and 308 the same.
    /// </returns>
    public static string MethodAfter(int status, string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return status switch
        {
            303 when method != "HEAD" => "GET",
            301 or 302 when method == "POST" => "GET",
            _ => method,
        };
    }
}
