using CsCheck;
using Fathom.Wire.Application.Cookies;

namespace Fathom.Wire.Tests.Application.Cookies;

public sealed class SetCookieTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ReadsEveryAttribute()
    {
        var cookie = Parse("SID=31d4d96e407aad42; Path=/a; Domain=.Example.COM; Expires=Wed, 01 Jan 2027 00:00:00 GMT; Max-Age=60; Secure; HttpOnly; SameSite=Lax; Partitioned; Other=x");
        Assert.Equal(
            new SetCookie
            {
                Name = "SID",
                Value = "31d4d96e407aad42",
                Path = "/a",
                Domain = "example.com",
                Expires = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
                MaxAge = 60,
                ExpiresAt = Now.AddSeconds(60),
                Secure = true,
                HttpOnly = true,
                SameSite = SameSite.Lax,
                Partitioned = true,
            },
            cookie);
        Assert.True(cookie.IsPersistent);
    }

    [Theory]
    [InlineData("a=b", "a", "b")]
    [InlineData(" a \t=\t b ", "a", "b")]
    [InlineData("a=b=c", "a", "b=c")]
    [InlineData("a=\"b c\"", "a", "\"b c\"")]
    [InlineData("a=", "a", "")]
    [InlineData("=b", "", "b")]
    [InlineData("b", "", "b")] // RFC 6265bis §5.6 step 3: without "=" it is all value
    [InlineData("a;=b", "", "a")]
    public void ReadsNameAndValue(string field, string name, string value)
    {
        var cookie = Parse(field);
        Assert.Equal((name, value), (cookie.Name, cookie.Value));
        Assert.Equal(new SetCookie { Name = name, Value = value }, cookie);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("=", "empty")]
    [InlineData(" ; Secure", "empty")]
    [InlineData("a=b\0", "control")]
    [InlineData("a=b\x7F", "control")]
    [InlineData("a=b; Path=/\r\nX", "control")]
    public void RefusesWithAReason(string field, string reason)
    {
        Assert.False(SetCookie.TryParse(field, Now, out var cookie, out var why));
        Assert.Null(cookie);
        Assert.Contains(reason, why, StringComparison.Ordinal);
    }

    [Fact]
    public void NameAndValueHave4096Octets()
    {
        Assert.True(SetCookie.TryParse($"ab={new string('x', 4094)}", Now, out _, out _));
        Assert.False(SetCookie.TryParse($"ab={new string('x', 4095)}", Now, out _, out var reason));
        Assert.Contains("4,096", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAttributeHas1024Octets()
    {
        Assert.Equal(1024, Parse($"a=b; Path=/{new string('x', 1023)}").Path!.Length);
        Assert.Null(Parse($"a=b; Path=/{new string('x', 1024)}").Path);
    }

    [Theory]
    [InlineData("Max-Age=60", 60)]
    [InlineData("Max-Age=060", 60)]
    [InlineData("max-age=60; Max-Age=x", 60)] // what cannot be read is as if absent
    [InlineData("Max-Age=1; Max-Age=60", 60)] // the last counts
    [InlineData("Max-Age=60; Expires=Wed, 01 Jan 2020 00:00:00 GMT", 60)]
    [InlineData("Expires=Mon, 23 Nov 2026 12:01:00 GMT", 60)]
    [InlineData("Max-Age=99999999", 400 * 86400)] // §5.5
    [InlineData("Max-Age=99999999999999999999999", 400 * 86400)]
    [InlineData("Expires=Mon, 23 Nov 2099 12:01:00 GMT", 400 * 86400)]
    public void KnowsWhenItEnds(string attributes, int seconds)
    {
        var cookie = Parse($"a=b; {attributes}");
        Assert.Equal(Now.AddSeconds(seconds), cookie.ExpiresAt);
        Assert.False(cookie.IsExpired);
    }

    [Theory]
    [InlineData("Max-Age=0", true)]
    [InlineData("Max-Age=-1", true)]
    [InlineData("Max-Age=-99999999999999999999999", true)]
    [InlineData("Expires=Thu, 01 Jan 1970 00:00:00 GMT", true)]
    [InlineData("Max-Age=-", false)]
    [InlineData("Max-Age=+5", false)]
    [InlineData("Max-Age=1.5", false)]
    [InlineData("Max-Age=", false)]
    [InlineData("Max-Age", false)]
    [InlineData("Expires=soon", false)]
    public void KnowsWhenItIsOver(string attributes, bool expired)
    {
        var cookie = Parse($"a=b; {attributes}");
        Assert.Equal(expired, cookie.IsExpired);
        Assert.Equal(expired, cookie.IsPersistent);
    }

    [Theory]
    [InlineData("Domain=example.com; Domain=", null)]
    [InlineData("Domain=; Domain=example.com", "example.com")]
    [InlineData("Domain=..example.com", ".example.com")]
    [InlineData("Domain", null)]
    public void TheLastDomainCounts(string attributes, string? domain) => Assert.Equal(domain, Parse($"a=b; {attributes}").Domain);

    [Theory]
    [InlineData("Path=/x", "/x")]
    [InlineData("Path=x", null)]
    [InlineData("Path=/x; Path=", null)]
    [InlineData("Path=\"/x\"", null)]
    public void APathBeginsWithASlash(string attributes, string? path) => Assert.Equal(path, Parse($"a=b; {attributes}").Path);

    [Theory]
    [InlineData("SameSite=STRICT", SameSite.Strict)]
    [InlineData("SameSite=none", SameSite.None)]
    [InlineData("SameSite=Lax; SameSite=what", SameSite.Default)]
    [InlineData("SameSite", SameSite.Default)]
    public void ReadsSameSite(string attributes, SameSite expected) => Assert.Equal(expected, Parse($"a=b; {attributes}").SameSite);

    [Fact]
    public void NoTextThrows() => Gen.Char["ab=; \t\"-0159MaxgeDomainPthExpirs/.,:\0é"].Array[0, 60].Select(c => new string(c)).Sample(text =>
    {
        var read = SetCookie.TryParse(text, Now, out var cookie, out var reason);
        return read == (reason.Length == 0) && read == cookie is not null;
    });

    private static SetCookie Parse(string field)
    {
        Assert.True(SetCookie.TryParse(field, Now, out var cookie, out var reason), reason);
        return cookie;
    }
}
