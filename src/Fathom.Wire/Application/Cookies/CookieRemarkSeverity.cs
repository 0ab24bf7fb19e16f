namespace Fathom.Wire.Application.Cookies;

/// <summary>How much a remark weighs.</summary>
public enum CookieRemarkSeverity
{
    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>The cookie is kept, and weaker than it could be.</summary>
    Insecure,

    /// <summary>Browsers do not keep the cookie.</summary>
    Rejected,
}
