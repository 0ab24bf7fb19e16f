namespace Fathom.Lab.Application;

/// <summary>What is wrong with a web server's certificate.</summary>
public enum CertificateTrouble : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Its time has not begun.</summary>
    NotYetValid,

    /// <summary>It is for another name.</summary>
    OtherName,

    /// <summary>Its own key has signed it.</summary>
    SelfSigned,

    /// <summary>Its chain is complete, up to a root that nobody trusts.</summary>
    UnknownIssuer,

    /// <summary>The authority between it and the root is not sent.</summary>
    NoIntermediate,

    /// <summary>Its key is so short that clients refuse it.</summary>
    WeakKey,
}
