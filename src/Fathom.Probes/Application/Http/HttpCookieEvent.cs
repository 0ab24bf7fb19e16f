using Fathom.Wire.Application.Cookies;

namespace Fathom.Probes.Application.Http;

/// <summary>What became of one cookie at one request: a choice before it, or a decision on what its response set.</summary>
/// <param name="Target">Where the request went.</param>
/// <param name="Choice">Sent or withheld, and why; null for a decision.</param>
/// <param name="Decision">Accepted, replaced, deleted or refused, and why; null for a choice.</param>
public sealed record HttpCookieEvent(HttpTarget Target, CookieChoice? Choice, CookieDecision? Decision);
