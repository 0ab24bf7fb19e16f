namespace Fathom.Wire.Application.Cookies;

/// <summary>What a jar did with a Set-Cookie field.</summary>
public enum CookieDecisionKind
{
    /// <summary>Not decided: the default of an unset value.</summary>
    None = 0,

    /// <summary>A new cookie was kept.</summary>
    Accepted,

    /// <summary>It took the place of the cookie of the same name, domain and path.</summary>
    Replaced,

    /// <summary>It was over already: the cookie of the same name, domain and path, if there was one, is gone.</summary>
    Deleted,

    /// <summary>It was ignored.</summary>
    Refused,
}
