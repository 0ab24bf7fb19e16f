using Fathom.Wire.Application.Urls;

namespace Fathom.Wire.Tests.Application.Urls;

/// <summary>RFC 3986: its own examples.</summary>
public sealed class UriReferenceTests
{
    private const string Base = "http://a/b/c/d;p?q";

    /// <summary>§5.4.1, normal examples, and §5.4.2, abnormal ones.</summary>
    [Theory]
    [InlineData("g:h", "g:h")]
    [InlineData("g", "http://a/b/c/g")]
    [InlineData("./g", "http://a/b/c/g")]
    [InlineData("g/", "http://a/b/c/g/")]
    [InlineData("/g", "http://a/g")]
    [InlineData("//g", "http://g")]
    [InlineData("?y", "http://a/b/c/d;p?y")]
    [InlineData("g?y", "http://a/b/c/g?y")]
    [InlineData("#s", "http://a/b/c/d;p?q#s")]
    [InlineData("g#s", "http://a/b/c/g#s")]
    [InlineData("g?y#s", "http://a/b/c/g?y#s")]
    [InlineData(";x", "http://a/b/c/;x")]
    [InlineData("g;x", "http://a/b/c/g;x")]
    [InlineData("g;x?y#s", "http://a/b/c/g;x?y#s")]
    [InlineData("", "http://a/b/c/d;p?q")]
    [InlineData(".", "http://a/b/c/")]
    [InlineData("./", "http://a/b/c/")]
    [InlineData("..", "http://a/b/")]
    [InlineData("../", "http://a/b/")]
    [InlineData("../g", "http://a/b/g")]
    [InlineData("../..", "http://a/")]
    [InlineData("../../", "http://a/")]
    [InlineData("../../g", "http://a/g")]
    [InlineData("../../../g", "http://a/g")]
    [InlineData("../../../../g", "http://a/g")]
    [InlineData("/./g", "http://a/g")]
    [InlineData("/../g", "http://a/g")]
    [InlineData("g.", "http://a/b/c/g.")]
    [InlineData(".g", "http://a/b/c/.g")]
    [InlineData("g..", "http://a/b/c/g..")]
    [InlineData("..g", "http://a/b/c/..g")]
    [InlineData("./../g", "http://a/b/g")]
    [InlineData("./g/.", "http://a/b/c/g/")]
    [InlineData("g/./h", "http://a/b/c/g/h")]
    [InlineData("g/../h", "http://a/b/c/h")]
    [InlineData("g;x=1/./y", "http://a/b/c/g;x=1/y")]
    [InlineData("g;x=1/../y", "http://a/b/c/y")]
    [InlineData("g?y/./x", "http://a/b/c/g?y/./x")]
    [InlineData("g?y/../x", "http://a/b/c/g?y/../x")]
    [InlineData("g#s/./x", "http://a/b/c/g#s/./x")]
    [InlineData("g#s/../x", "http://a/b/c/g#s/../x")]
    [InlineData("http:g", "http:g")]
    public void Resolution(string reference, string target) => Assert.Equal(target, Parse(reference).Resolve(Parse(Base)).ToString());

    /// <summary>The same examples give the URL Standard's parser the same answer, but for the scheme that equals the base's (§5.4.2 allows both) and an empty path.</summary>
    [Theory]
    [InlineData("../../../g", "http://a/g")]
    [InlineData("g;x=1/../y", "http://a/b/c/y")]
    [InlineData("?y", "http://a/b/c/d;p?y")]
    [InlineData("http:g", "http://a/b/c/g")]
    [InlineData("//g", "http://g/")]
    public void Resolution_by_the_URL_standard(string reference, string target) => Assert.Equal(target, Url.Parse(reference, Url.Parse(Base)).Href);

    /// <summary>§1.1.2.</summary>
    [Theory]
    [InlineData("ftp://ftp.is.co.za/rfc/rfc1808.txt", "ftp", "ftp.is.co.za", "/rfc/rfc1808.txt", UriHostKind.RegisteredName)]
    [InlineData("ldap://[2001:db8::7]/c=GB?objectClass?one", "ldap", "[2001:db8::7]", "/c=GB", UriHostKind.V6)]
    [InlineData("mailto:John.Doe@example.com", "mailto", null, "John.Doe@example.com", UriHostKind.None)]
    [InlineData("telnet://192.0.2.16:80/", "telnet", "192.0.2.16", "/", UriHostKind.V4)]
    [InlineData("urn:oasis:names:specification:docbook:dtd:xml:4.1.2", "urn", null, "oasis:names:specification:docbook:dtd:xml:4.1.2", UriHostKind.None)]
    [InlineData("x://[v1.a:b]/", "x", "[v1.a:b]", "/", UriHostKind.Future)]
    [InlineData("x://0x7f.1/", "x", "0x7f.1", "/", UriHostKind.RegisteredName)]
    public void Parts(string text, string scheme, string? host, string path, UriHostKind kind)
    {
        var uri = Parse(text);
        Assert.Equal((scheme, host, path, kind), (uri.Scheme, uri.Host, uri.Path, uri.HostKind));
        Assert.Equal(text, uri.ToString());
    }

    /// <summary>§6.2.2 and §6.2.2.3.</summary>
    [Theory]
    [InlineData("eXAMPLE://a/./b/../b/%63/%7bfoo%7d", "example://a/b/c/%7Bfoo%7D")]
    [InlineData("HTTP://www.EXAMPLE.com/", "http://www.example.com/")]
    [InlineData("http://h/%7Euser?%3d#%2d", "http://h/~user?%3D#-")]
    public void Normalization(string text, string normal) => Assert.Equal(normal, Parse(text).Normalize().ToString());

    /// <summary>§5.2.4.</summary>
    [Theory]
    [InlineData("/a/b/c/./../../g", "/a/g")]
    [InlineData("mid/content=5/../6", "mid/6")]
    public void Dot_segments(string path, string removed) => Assert.Equal(removed, UriReference.RemoveDotSegments(path));

    [Theory]
    [InlineData("http://h/a b", 10)]
    [InlineData("http://h/%zz", 9)]
    [InlineData("http://h:8x/", 10)]
    [InlineData("http://[::1/", 7)]
    [InlineData("http://[1::%25e]/", 8)]
    [InlineData("1x:y", 0)]
    [InlineData("a_b:c", 1)]
    [InlineData("://", 0)]
    [InlineData("http://a@b@c/", 10)]
    [InlineData("http://h/#a#b", 11)]
    public void A_refusal_has_its_place(string text, int position)
    {
        Assert.False(UriReference.TryParse(text, out _, out var error));
        Assert.Equal(position, error.Position);
        Assert.NotNull(error.Reason);
    }

    [Theory]
    [InlineData("http://shop.example/a", "")]
    [InlineData("http://shop.example", "path")]
    [InlineData("http://shop.example:80/", "port")]
    [InlineData("http://0x7f.1/", "host")]
    [InlineData("http:shop.example", "host,path")]
    [InlineData("http://shop.example/%7e", "path")]
    [InlineData("file://localhost/x", "host")]
    [InlineData("x://Host/", "host")]
    public void The_two_standards_differ(string text, string parts)
    {
        var comparison = UrlComparison.Of(text);
        Assert.Equal(parts, string.Join(',', comparison.Differences.Select(static d => d.Part)));
        Assert.Equal(parts.Length == 0, comparison.Agree);
        Assert.All(comparison.Differences, static d => Assert.NotEmpty(d.Why));
    }

    private static UriReference Parse(string text)
    {
        Assert.True(UriReference.TryParse(text, out var uri, out var error), error.Reason);
        return uri;
    }
}
