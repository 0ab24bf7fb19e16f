namespace Fathom.Wire.Application.Http;

/// <summary>What to do about a <see cref="SecurityRemarkKind"/>.</summary>
public static class SecurityRemarkKindText
{
    /// <summary>The field to send, or the change to make.</summary>
    /// <param name="kind">The remark.</param>
    public static string ToFix(this SecurityRemarkKind kind) => kind switch
    {
        SecurityRemarkKind.StrictTransportSecurityMissing or SecurityRemarkKind.StrictTransportSecurityInvalid or SecurityRemarkKind.StrictTransportSecurityOff
            => "Strict-Transport-Security: max-age=31536000; includeSubDomains",
        SecurityRemarkKind.StrictTransportSecurityShort => "raise max-age to 31536000 (one year)",
        SecurityRemarkKind.ContentSecurityPolicyMissing => "Content-Security-Policy: default-src 'self'; then allow what the page needs",
        SecurityRemarkKind.ContentSecurityPolicyUnsafe => "take 'unsafe-inline' and 'unsafe-eval' out of script-src; give inline scripts a nonce",
        SecurityRemarkKind.ContentTypeOptionsMissing or SecurityRemarkKind.ContentTypeOptionsInvalid => "X-Content-Type-Options: nosniff",
        SecurityRemarkKind.FramingAllowed or SecurityRemarkKind.FrameOptionsInvalid => "Content-Security-Policy: frame-ancestors 'self'",
        _ => "Referrer-Policy: strict-origin-when-cross-origin",
    };
}
