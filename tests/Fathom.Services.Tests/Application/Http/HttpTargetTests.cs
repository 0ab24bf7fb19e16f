using Fathom.Probes.Application.Http;

namespace Fathom.Services.Tests.Application.Http;

public sealed class HttpTargetTests
{
    [Theory]
    [InlineData("example.com", "http://example.com/")]
    [InlineData("HTTPS://Example.COM:443/a/../b?q#f", "https://example.com/b?q")]
    [InlineData("http://[2001:DB8::1]:8080", "http://[2001:db8::1]:8080/")]
    [InlineData("http://u:p@a/x y", "http://a/x%20y")]
    [InlineData("a?x=ä", "http://a/?x=%C3%A4")]
    [InlineData("http://a:80/./b/.", "http://a/b/")]
    public void Reads(string text, string expected)
    {
        Assert.True(HttpTarget.TryParse(text, out var target, out var reason), reason);
        Assert.Equal(expected, target.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("ftp://a/")]
    [InlineData("http://")]
    [InlineData("http://a:0/")]
    [InlineData("http://a:65536/")]
    [InlineData("http://a b/")]
    [InlineData("http://[::1/")]
    [InlineData("http://a\r\nb/")]
    public void Refuses(string text) => Assert.False(HttpTarget.TryParse(text, out _, out _));

    // RFC 3986 §5.4, the examples that a Location can have.
    [Theory]
    [InlineData("g", "http://a/b/c/g")]
    [InlineData("./g", "http://a/b/c/g")]
    [InlineData("g/", "http://a/b/c/g/")]
    [InlineData("/g", "http://a/g")]
    [InlineData("//g", "http://g/")]
    [InlineData("?y", "http://a/b/c/d;p?y")]
    [InlineData("g?y", "http://a/b/c/g?y")]
    [InlineData("#s", "http://a/b/c/d;p?q")]
    [InlineData("g#s", "http://a/b/c/g")]
    [InlineData("", "http://a/b/c/d;p?q")]
    [InlineData(".", "http://a/b/c/")]
    [InlineData("..", "http://a/b/")]
    [InlineData("../g", "http://a/b/g")]
    [InlineData("../../../g", "http://a/g")]
    [InlineData("https://z/", "https://z/")]
    public void ResolvesALocation(string reference, string expected)
    {
        Assert.True(HttpTarget.TryParse("http://a/b/c/d;p?q", out var target, out _));
        Assert.True(target.TryResolve(reference, out var next, out var reason), reason);
        Assert.Equal(expected, next.ToString());
    }
}
