namespace Fathom.Lab.Application;

/// <summary>What is wrong with a web server's cookies.</summary>
public enum CookieTrouble : byte
{
    /// <summary>Nothing: it sets none.</summary>
    None,

    /// <summary>It sets one that is not protected: neither Secure nor HttpOnly nor SameSite.</summary>
    Insecure,

    /// <summary>It sets one for another site's domain, which browsers refuse (RFC 6265 §5.3 step 6).</summary>
    Rejected,
}
