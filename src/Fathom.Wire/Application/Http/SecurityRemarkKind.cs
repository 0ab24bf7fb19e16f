namespace Fathom.Wire.Application.Http;

/// <summary>What can be said against the security fields of a response.</summary>
public enum SecurityRemarkKind
{
    /// <summary>No Strict-Transport-Security: the next visit may begin in the clear.</summary>
    StrictTransportSecurityMissing,

    /// <summary>Strict-Transport-Security cannot be read: browsers ignore it.</summary>
    StrictTransportSecurityInvalid,

    /// <summary>Strict-Transport-Security with max-age=0: it is switched off.</summary>
    StrictTransportSecurityOff,

    /// <summary>Strict-Transport-Security for less than half a year.</summary>
    StrictTransportSecurityShort,

    /// <summary>No Content-Security-Policy that is enforced.</summary>
    ContentSecurityPolicyMissing,

    /// <summary>The policy lets any inline script run, or eval: it does not stop injected script.</summary>
    ContentSecurityPolicyUnsafe,

    /// <summary>No X-Content-Type-Options: nosniff.</summary>
    ContentTypeOptionsMissing,

    /// <summary>X-Content-Type-Options with another word than nosniff: browsers ignore it.</summary>
    ContentTypeOptionsInvalid,

    /// <summary>Any site may frame the page: neither frame-ancestors nor X-Frame-Options.</summary>
    FramingAllowed,

    /// <summary>X-Frame-Options with a word that browsers ignore, such as ALLOW-FROM.</summary>
    FrameOptionsInvalid,

    /// <summary>No Referrer-Policy: the browser's default counts.</summary>
    ReferrerPolicyMissing,

    /// <summary>Referrer-Policy gives other sites the full address, or gives it in the clear.</summary>
    ReferrerPolicyLeaks,

    /// <summary>Referrer-Policy holds no word that is known.</summary>
    ReferrerPolicyInvalid,
}
