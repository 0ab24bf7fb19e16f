namespace Fathom.Wire.Application.Cookies;

/// <summary>One remark on a cookie.</summary>
/// <param name="Kind">What.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Rule">The clause: "RFC 6265bis §5.7".</param>
/// <param name="Detail">A phrase for a person; the cookie's text is in it only escaped.</param>
public sealed record CookieRemark(CookieRemarkKind Kind, CookieRemarkSeverity Severity, string Rule, string Detail);
