using Fathom.Wire.Application.Http;
using static Fathom.Wire.Application.Http.SecurityRemarkKind;

namespace Fathom.Wire.Tests.Application.Http;

public sealed class SecurityHeaderAuditTests
{
    private static readonly HttpFields Good =
    [
        new("Content-Type", "text/html; charset=utf-8"),
        new("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
        new("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"),
        new("X-Content-Type-Options", "nosniff"),
        new("Referrer-Policy", "no-referrer"),
    ];

    [Fact]
    public void ASoundResponseHasNoRemarks() => Assert.Empty(SecurityHeaderAudit.Judge(Head(Good)));

    [Fact]
    public void ABareDocumentLacksEverything()
        => Assert.Equal(
            [StrictTransportSecurityMissing, ContentTypeOptionsMissing, ContentSecurityPolicyMissing, FramingAllowed, ReferrerPolicyMissing],
            Kinds(Head([new("Content-Type", "text/html")])));

    [Fact]
    public void DataAndRedirectsNeedLess()
    {
        Assert.Equal([StrictTransportSecurityMissing, ContentTypeOptionsMissing], Kinds(Head([new("Content-Type", "application/json")])));
        Assert.Equal([StrictTransportSecurityMissing], Kinds(new HttpResponseHead(1, 1, 301, "", HttpFields.Empty)));
    }

    [Theory]
    [InlineData("Strict-Transport-Security", "includeSubDomains", StrictTransportSecurityInvalid)]
    [InlineData("Strict-Transport-Security", "max-age=x", StrictTransportSecurityInvalid)]
    [InlineData("Strict-Transport-Security", "max-age=31536000; max-age=31536000", StrictTransportSecurityInvalid)]
    [InlineData("Strict-Transport-Security", "max-age=0", StrictTransportSecurityOff)]
    [InlineData("Strict-Transport-Security", "max-age=\"86400\"", StrictTransportSecurityShort)]
    [InlineData("X-Content-Type-Options", "yes", ContentTypeOptionsInvalid)]
    [InlineData("Content-Security-Policy", "frame-ancestors 'none'", ContentSecurityPolicyUnsafe)]
    [InlineData("Content-Security-Policy", "script-src 'self' 'unsafe-inline'; frame-ancestors 'none'", ContentSecurityPolicyUnsafe)]
    [InlineData("Content-Security-Policy", "default-src 'self' 'Unsafe-Eval'; frame-ancestors 'none'", ContentSecurityPolicyUnsafe)]
    [InlineData("Content-Security-Policy", "default-src 'self'", FramingAllowed)]
    [InlineData("Referrer-Policy", "unsafe-url", ReferrerPolicyLeaks)]
    [InlineData("Referrer-Policy", "no-referrer, no-referrer-when-downgrade, new-policy", ReferrerPolicyLeaks)]
    [InlineData("Referrer-Policy", "never", ReferrerPolicyInvalid)]
    public void NamesTheOneFault(string name, string value, SecurityRemarkKind kind)
    {
        var remark = Assert.Single(SecurityHeaderAudit.Judge(Head(Good.Without(name).With(name, value))));
        Assert.Equal(kind, remark.Kind);
        Assert.NotEmpty(remark.Rule);
    }

    [Theory]
    [InlineData("Strict-Transport-Security", "MAX-AGE=\"31536000\" ; ; preload")]
    [InlineData("Content-Security-Policy", "script-src 'nonce-abc' 'unsafe-inline'; frame-ancestors 'none'")]
    [InlineData("Content-Security-Policy", "img-src *, default-src 'none', frame-ancestors 'none'")]
    [InlineData("Content-Security-Policy", "SCRIPT-SRC 'self'; script-src 'unsafe-eval'; FRAME-ancestors *")]
    [InlineData("Referrer-Policy", "never, same-origin")]
    [InlineData("X-Content-Type-Options", "NoSniff")]
    public void AcceptsTheFormsThatBrowsersAccept(string name, string value)
        => Assert.Empty(SecurityHeaderAudit.Judge(Head(Good.Without(name).With(name, value))));

    [Theory]
    [InlineData("DENY", null)]
    [InlineData("sameorigin", null)]
    [InlineData("ALLOW-FROM https://a.example", FrameOptionsInvalid)]
    [InlineData("DENY, ALLOWALL", FrameOptionsInvalid)]
    public void LooksAtFrameOptionsWithoutFrameAncestors(string value, SecurityRemarkKind? kind)
    {
        var fields = Good.Without("Content-Security-Policy").With("Content-Security-Policy", "default-src 'self'").With("X-Frame-Options", value);
        Assert.Equal(kind is null ? [] : [kind.Value], Kinds(Head(fields)));
    }

    private static HttpResponseHead Head(HttpFields fields) => new(1, 1, 200, "OK", fields);

    private static List<SecurityRemarkKind> Kinds(HttpResponseHead head) => [.. SecurityHeaderAudit.Judge(head).Select(static remark => remark.Kind)];
}
