namespace Fathom.Wire.Application.Cookies;

/// <summary>The SameSite attribute (RFC 6265bis §5.6.7).</summary>
public enum SameSite
{
    /// <summary>Not given, or a word that is not known: browsers that enforce a default treat it much like <see cref="Lax"/>.</summary>
    Default,

    /// <summary>Sent with requests from any site.</summary>
    None,

    /// <summary>Sent when a person follows a link from another site, not with requests inside its pages.</summary>
    Lax,

    /// <summary>Never sent with requests that another site began.</summary>
    Strict,
}
