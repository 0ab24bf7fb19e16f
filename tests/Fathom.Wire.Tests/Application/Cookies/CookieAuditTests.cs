using Fathom.Wire.Application.Cookies;
using static Fathom.Wire.Application.Cookies.CookieRemarkKind;

namespace Fathom.Wire.Tests.Application.Cookies;

public sealed class CookieAuditTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("a=b; Domain=other.example", DomainMismatch)]
    [InlineData("a=b; Domain=www.shop.example", DomainMismatch)] // below the host
    [InlineData("a=b; Domain=op.example", DomainMismatch)] // not at a dot
    [InlineData("a=b; Domain=example", TopLevelDomain)]
    [InlineData("__Secure-a=b", SecurePrefixBroken)]
    [InlineData("__SECURE-a=b", SecurePrefixBroken)]
    [InlineData("__Host-a=b; Secure", HostPrefixBroken)]
    [InlineData("__Host-a=b; Secure; Path=/x", HostPrefixBroken)]
    [InlineData("__Host-a=b; Path=/", HostPrefixBroken)]
    [InlineData("__Host-a=b; Secure; Path=/; Domain=shop.example", HostPrefixBroken)]
    [InlineData("=__Host-a=b", NamelessPrefix)]
    [InlineData("__secure-x", NamelessPrefix)]
    [InlineData("a=b; SameSite=None", SameSiteNoneWithoutSecure)]
    [InlineData("a=b; Partitioned", PartitionedWithoutSecure)]
    public void RejectsWithTheRule(string field, CookieRemarkKind kind)
    {
        var remark = Assert.Single(Judge(field, "shop.example", true));
        Assert.Equal((kind, CookieRemarkSeverity.Rejected), (remark.Kind, remark.Severity));
        Assert.NotEmpty(remark.Rule);
    }

    [Fact]
    public void RejectsSecureOverPlainHttp()
        => Assert.Equal([SecureOverPlainHttp], Kinds("a=b; Secure; HttpOnly; SameSite=Lax", "shop.example", false));

    [Theory]
    [InlineData("a=b; Secure; HttpOnly; SameSite=Lax", new CookieRemarkKind[0])]
    [InlineData("__Host-a=b; Secure; HttpOnly; SameSite=Strict; Path=/", new CookieRemarkKind[0])]
    [InlineData("__Secure-a=b; Secure; HttpOnly; SameSite=Strict; Domain=shop.example", new CookieRemarkKind[0])]
    [InlineData("a=b", new[] { NoSecure, NoHttpOnly, NoSameSite })]
    [InlineData("a=b; Secure; SameSite=None", new[] { NoHttpOnly, CookieRemarkKind.SameSiteNone })]
    [InlineData("a=b; Secure; HttpOnly; SameSite=Lax; Path=/shop", new CookieRemarkKind[0])]
    [InlineData("a=b; Secure; HttpOnly; SameSite=Lax; Path=/admin", new[] { PathElsewhere })]
    [InlineData("a=; Max-Age=0", new[] { Expired })]
    public void NamesWeaknesses(string field, CookieRemarkKind[] kinds) => Assert.Equal(kinds, Kinds(field, "www.shop.example", true));

    [Theory]
    [InlineData("localhost", "localhost", true)]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "2.1", false)]
    [InlineData("SHOP.example", "shop.EXAMPLE", true)]
    public void JudgesDomainsOfAddressesAndBareHosts(string host, string domain, bool kept)
        => Assert.Equal(kept, Kinds($"a=b; Secure; HttpOnly; SameSite=Lax; Domain={domain}", host, true).Count == 0);

    [Fact]
    public void SaysNothingAboutSecureOverPlainHttp() => Assert.Equal([NoHttpOnly, NoSameSite], Kinds("a=b", "shop.example", false));

    [Fact]
    public void ShowsTheServersTextEscaped()
    {
        var remark = Assert.Single(Judge("a=b; Domain=\u0085\u009Bx.example", "shop.example", true));
        Assert.Contains(@"\x85\x9Bx.example", remark.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a/b", "/a")]
    [InlineData("/a/", "/a")]
    [InlineData("/a", "/")]
    [InlineData("/", "/")]
    [InlineData("", "/")]
    [InlineData("a/b", "/")]
    public void TheDefaultPathEndsAtTheLastSlash(string requestPath, string expected) => Assert.Equal(expected, CookieMatching.DefaultPath(requestPath));

    [Theory]
    [InlineData("/a/b", "/a", true)]
    [InlineData("/a/b", "/a/", true)]
    [InlineData("/ab", "/a", false)]
    [InlineData("/a", "/a/", false)]
    [InlineData("/A", "/a", false)]
    public void MatchesPaths(string requestPath, string cookiePath, bool expected) => Assert.Equal(expected, CookieMatching.PathMatches(requestPath, cookiePath));

    private static IReadOnlyList<CookieRemark> Judge(string field, string host, bool isSecure)
    {
        Assert.True(SetCookie.TryParse(field, Now, out var cookie, out var reason), reason);
        return CookieAudit.Judge(cookie, host, isSecure, "/shop/cart");
    }

    private static List<CookieRemarkKind> Kinds(string field, string host, bool isSecure)
        => [.. Judge(field, host, isSecure).Select(static remark => remark.Kind)];
}
