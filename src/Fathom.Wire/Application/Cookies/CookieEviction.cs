namespace Fathom.Wire.Application.Cookies;

/// <summary>A cookie that was removed to make room (RFC 6265bis §5.7).</summary>
/// <param name="Cookie">The cookie.</param>
/// <param name="Detail">Why this one, as a phrase.</param>
public sealed record CookieEviction(StoredCookie Cookie, string Detail);
