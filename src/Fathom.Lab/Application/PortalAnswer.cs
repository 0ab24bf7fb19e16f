namespace Fathom.Lab.Application;

/// <summary>What a captive portal answers to who has not logged in.</summary>
public enum PortalAnswer
{
    /// <summary>The status that is made for it, 511 Network Authentication Required (RFC 6585 §6).</summary>
    Status,

    /// <summary>A redirect (302) to the portal.</summary>
    Redirect,

    /// <summary>Its own page with status 200, as if it were what was asked for.</summary>
    Page,
}
