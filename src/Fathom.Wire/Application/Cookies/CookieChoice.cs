namespace Fathom.Wire.Application.Cookies;

/// <summary>One cookie of a jar, and whether a request carries it.</summary>
/// <param name="Cookie">The cookie.</param>
/// <param name="IsSent">It goes.</param>
/// <param name="Rule">The clause that decided.</param>
/// <param name="Detail">A phrase for a person; text of the peer in it is escaped.</param>
public sealed record CookieChoice(StoredCookie Cookie, bool IsSent, string Rule, string Detail);
