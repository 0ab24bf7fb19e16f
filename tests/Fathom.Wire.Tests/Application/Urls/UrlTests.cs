using Fathom.Wire.Application.Urls;

namespace Fathom.Wire.Tests.Application.Urls;

/// <summary>The URL Standard: its own examples for parsing (§4), validation errors (§1.1), origins (§4.7), and what must hold for every text.</summary>
public sealed class UrlTests
{
    /// <summary>The table of URL Standard §4, with base where it has one; null is failure.</summary>
    [Theory]
    [InlineData("https:example.org", null, "https://example.org/")]
    [InlineData("https://////example.com///", null, "https://example.com///")]
    [InlineData("https://example.com/././foo", null, "https://example.com/foo")]
    [InlineData("hello:world", "https://example.com/", "hello:world")]
    [InlineData("https:example.org", "https://example.com/", "https://example.com/example.org")]
    [InlineData("\\example\\..\\demo/.\\", "https://example.com/", "https://example.com/demo/")]
    [InlineData("example", "https://example.com/demo", "https://example.com/example")]
    [InlineData("file:///C|/demo", null, "file:///C:/demo")]
    [InlineData("..", "file:///C:/demo", "file:///C:/")]
    [InlineData("file://localhost/", null, "file:///")]
    [InlineData("file://loc%61lhost/", null, "file:///")]
    [InlineData("https://user:password@example.org/", null, "https://user:password@example.org/")]
    [InlineData("https://example.org/foo bar", null, "https://example.org/foo%20bar")]
    [InlineData("https://EXAMPLE.com/../x", null, "https://example.com/x")]
    [InlineData("https://ex ample.org/", null, null)]
    [InlineData("example", null, null)]
    [InlineData("https://example.com:demo", null, null)]
    [InlineData("http://[www.example.com]/", null, null)]
    [InlineData("https://example.org//", null, "https://example.org//")]
    [InlineData("https://example.com/[]?[]#[]", null, "https://example.com/[]?[]#[]")]
    [InlineData("https://example/%?%#%", null, "https://example/%?%#%")]
    [InlineData("https://example/%25?%25#%25", null, "https://example/%25?%25#%25")]
    [InlineData("web+demo:/.//not-a-host/", null, "web+demo:/.//not-a-host/")]
    [InlineData("web+demo:/path/..//not-a-host/", null, "web+demo:/.//not-a-host/")]
    public void The_standards_examples(string text, string? baseText, string? href)
    {
        var parses = Url.TryParse(text, baseText is null ? null : Url.Parse(baseText), out var url, out var failure);
        Assert.Equal(href, url?.Href);
        Assert.Equal(parses, !failure.IsFailure);
    }

    /// <summary>URL Standard §3: what the host parser makes of a text, for a special scheme and for another.</summary>
    [Theory]
    [InlineData("EXAMPLE.COM", "example.com", "EXAMPLE.COM")]
    [InlineData("example%2Ecom", "example.com", "example%2Ecom")]
    [InlineData("fa\u00DF.example", "xn--fa-hia.example", "fa%C3%9F.example")]
    [InlineData("0", "0.0.0.0", "0")]
    [InlineData("%30", "0.0.0.0", "%30")]
    [InlineData("0x", "0.0.0.0", "0x")]
    [InlineData("0xffffffff", "255.255.255.255", "0xffffffff")]
    [InlineData("[0:0::1]", "[::1]", "[::1]")]
    [InlineData("[0:0::1%5D", null, null)]
    [InlineData("[0:0::%31]", null, null)]
    [InlineData("09", null, "09")]
    [InlineData("example.255", null, "example.255")]
    [InlineData("example^example", null, null)]
    public void Hosts(string text, string? special, string? opaque)
    {
        Assert.Equal(special, Url.TryParse($"https://{text}/", null, out var url, out _) ? url.Hostname : null);
        Assert.Equal(opaque, Url.TryParse($"x://{text}/", null, out url, out _) ? url.Hostname : null);
    }

    /// <summary>The examples of URL Standard §1.1, each with the place that it is about.</summary>
    [Theory]
    [InlineData("https://exa%23mple.org", "domain-to-ASCII", 8, true)]
    [InlineData("https://exam%70le.org", "domain-percent-encoded", 12, false)]
    [InlineData("foo://exa[mple.org", "host-invalid-code-point", 9, true)]
    [InlineData("https://127.0.0.1./", "IPv4-empty-part", 8, false)]
    [InlineData("https://1.2.3/", "IPv4-too-few-parts", 8, false)]
    [InlineData("https://1.2.3.4.5/", "IPv4-too-many-parts", 8, true)]
    [InlineData("https://test.42", "IPv4-non-numeric-part", 8, true)]
    [InlineData("https://127.0.0x0.1", "IPv4-non-decimal-part", 8, false)]
    [InlineData("https://255.255.4000.1", "IPv4-out-of-range-part", 8, true)]
    [InlineData("https://\u2460.\u2461.\u2462.\u2463", "IPv4-non-ASCII-input", 8, false)]
    [InlineData("https://[::1", "IPv6-unclosed", 12, true)]
    [InlineData("https://[:1]", "IPv6-invalid-compression", 9, true)]
    [InlineData("https://[1:2:3:4:5:6:7:8:9]", "IPv6-too-many-pieces", 25, true)]
    [InlineData("https://[1::1::1]", "IPv6-multiple-compression", 14, true)]
    [InlineData("https://[1:2:3!:4]", "IPv6-invalid-code-point", 14, true)]
    [InlineData("https://[1:2:3:]", "IPv6-invalid-code-point", 15, true)]
    [InlineData("https://[1:2:3]", "IPv6-too-few-pieces", 14, true)]
    [InlineData("https://[::01]", "IPv6-piece-leading-zero", 9, false)]
    [InlineData("https://[1:1:1:1:1:1:1:127.0.0.1]", "IPv4-in-IPv6-too-many-pieces", 23, true)]
    [InlineData("https://[ffff::.0.0.1]", "IPv4-in-IPv6-invalid-code-point", 15, true)]
    [InlineData("https://[ffff::127.0.xyz.1]", "IPv4-in-IPv6-invalid-code-point", 21, true)]
    [InlineData("https://[ffff::127.00.0.1]", "IPv4-in-IPv6-invalid-code-point", 20, true)]
    [InlineData("https://[ffff::127.0.0.1.2]", "IPv4-in-IPv6-invalid-code-point", 24, true)]
    [InlineData("https://[ffff::127.0.0.4000]", "IPv4-in-IPv6-out-of-range-part", 25, true)]
    [InlineData("https://[ffff::127.0.0]", "IPv4-in-IPv6-too-few-parts", 22, true)]
    [InlineData("https://example.org/>", "invalid-URL-unit", 20, false)]
    [InlineData(" https://example.org ", "invalid-URL-unit", 0, false)]
    [InlineData("ht\ntps://example.org", "invalid-URL-unit", 2, false)]
    [InlineData("ht\ntps://example.org/>", "invalid-URL-unit", 21, false)]
    [InlineData("https://example.org/%s", "invalid-URL-unit", 20, false)]
    [InlineData("file:c:/my-secret-folder", "special-scheme-missing-following-solidus", 5, false)]
    [InlineData("https:example.org", "special-scheme-missing-following-solidus", 6, false)]
    [InlineData("\U0001F4A9", "missing-scheme-non-relative-URL", 0, true)]
    [InlineData("https://example.org\\path\\to\\file", "invalid-reverse-solidus", 19, false)]
    [InlineData("https://user@example.org", "invalid-credentials", 8, false)]
    [InlineData("ssh://user@example.org", "invalid-credentials", 6, false)]
    [InlineData("https://#fragment", "host-missing", 8, true)]
    [InlineData("https://:443", "host-missing", 8, true)]
    [InlineData("https://user:pass@", "host-missing", 18, true)]
    [InlineData("https://example.org:70000", "port-out-of-range", 20, true)]
    [InlineData("https://example.org:7z", "port-invalid", 21, true)]
    [InlineData("file://c:", "file-invalid-Windows-drive-letter-host", 7, false)]
    public void Validation_errors_have_the_standards_name_and_a_place(string text, string name, int position, bool isFailure)
    {
        var trace = new UrlTrace();
        Assert.Equal(!isFailure, Url.TryParse(text, null, trace, out _));
        var error = trace.Errors.Last(e => e.Name == name && e.Position == position);
        Assert.Equal(isFailure, error.IsFailure);
        Assert.NotEmpty(error.ToString());
    }

    [Fact]
    public void A_drive_letter_in_a_relative_reference_is_noted()
    {
        var trace = new UrlTrace();
        Assert.True(Url.TryParse("c:/path", Url.Parse("file:///d:/"), trace, out _) || trace.Errors.Count > 0);
        trace = new UrlTrace();
        Assert.True(Url.TryParse("c|/path", Url.Parse("file:///d:/x"), trace, out var url));
        Assert.Equal("file:///c:/path", url.Href);
        Assert.Contains(trace.Errors, static e => e.Kind == UrlErrorKind.FileInvalidWindowsDriveLetter);
    }

    [Theory]
    [InlineData("https://example.org/a/b?c#d")]
    [InlineData("mailto:ann@example.org")]
    [InlineData("http://192.0.2.1:8080/")]
    [InlineData("file:///etc/hosts")]
    [InlineData("https://xn--bcher-kva.example/")]
    public void What_is_right_has_no_validation_errors(string text)
    {
        var trace = new UrlTrace();
        Assert.True(Url.TryParse(text, null, trace, out _));
        Assert.Empty(trace.Errors);
        Assert.Empty(trace.Encodings);
    }

    [Theory]
    [InlineData("https://example.org:8443/x", "https://example.org:8443")]
    [InlineData("ws://example.org:80/", "ws://example.org")]
    [InlineData("blob:https://whatwg.org/d0360e2f-caee-469f-9a2f-87d5b0456f6f", "https://whatwg.org")]
    [InlineData("blob:ftp://example.org/x", "null")]
    [InlineData("blob:nothing", "null")]
    [InlineData("file:///x", "null")]
    [InlineData("probe://example.org/", "null")]
    public void Origins(string text, string origin) => Assert.Equal(origin, Url.Parse(text).Origin);

    [Fact]
    public void Parts_say_what_they_are()
    {
        var url = Url.Parse("https://ann:pw@Example.org/p?q#f");
        Assert.Equal(("https:", "ann", "pw", "example.org", "", (ushort?)443, "/p", "?q", "#f"), (url.Protocol, url.Username, url.Password, url.Host, url.Port, url.EffectivePort, url.Pathname, url.Search, url.Hash));
        Assert.Equal((UrlHostKind.Domain, true, true, "/p?q"), (url.HostKind, url.IsSpecial, url.HasCredentials, url.PathAndQuery));
        Assert.Equal(url, Url.Parse("https://ann:pw@example.org:443/p?q#f"));
        Assert.NotEqual(url, url.WithHash(""));
        Assert.Null(Url.Parse("mailto:x").EffectivePort);
        Assert.Equal(UrlHostKind.V6, Url.Parse("x://[::1]").HostKind);
        Assert.Equal(UrlHostKind.None, Url.Parse("x:/y").HostKind);
        Assert.Equal(UrlHostKind.Empty, Url.Parse("x:///y").HostKind);
        Assert.Throws<FormatException>(() => Url.Parse("x"));
    }

    [Fact]
    public void Every_encoded_character_is_traced()
    {
        var trace = new UrlTrace();
        Assert.True(Url.TryParse("https://\u00FC:a@b.example/ \u00FC?'#\uD800", null, trace, out var url));
        Assert.Equal("https://%C3%BC:a@b.example/%20%C3%BC?%27#%EF%BF%BD", url.Href);
        Assert.Equal([(8, "%C3%BC"), (22, "%20"), (23, "%C3%BC"), (25, "%27"), (27, "%EF%BF%BD")], trace.Encodings.Select(static e => (e.Position, e.Encoded)));
    }

    [Theory]
    [InlineData("https://example.org:8443/a/../b?c=d e#f")]
    [InlineData("http://0x7f.1/")]
    [InlineData("https://[2001:db8::7]/")]
    [InlineData("https://exa mple.org/")]
    [InlineData("foo://exa[mple/")]
    [InlineData("no scheme")]
    [InlineData("http://1.2.3.4.5/")]
    public void To_ask_whether_it_parses_allocates_nothing(string text)
    {
        for (var i = 0; i < 3; i++) Url.CanParse(text);
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (var i = 0; i < 100; i++) Url.CanParse(text);
        }));
    }

    /// <summary>Whatever is thrown at it: no exception, both questions answered alike, and a serialization that reads as itself.</summary>
    [Fact]
    public void Every_text_is_a_URL_that_reads_as_itself_or_is_none()
    {
        string[] pieces = ["http", "https", "file", "x", ":", "/", "//", "\\", "?", "#", "@", "[", "]", "::", "1", "0x", ".", "..", "%2e", "%", "%41", " ", "\t", "a", "C|", "c:", "B\u00FC", "\u0301", "\uD83D\uDE00", "\uD800", "\0", "xn--", "localhost", "\u200D", "\u06DD", "65536", "80", "^", "'", "&"];
        var random = new Random(23);
        Url?[] bases = [null, Url.Parse("http://h/p/q?r#s"), Url.Parse("file:///C:/x/y"), Url.Parse("x:opaque"), Url.Parse("x:/a/b"), Url.Parse("x://h"), Url.Parse("file://h/x")];
        for (var i = 0; i < 60_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(9)).Select(_ => pieces[random.Next(pieces.Length)]));
            var baseUrl = bases[random.Next(bases.Length)];
            var trace = new UrlTrace();
            var parses = Url.TryParse(text, baseUrl, trace, out var url);
            Assert.Equal(parses, Url.CanParse(text, baseUrl));
            Assert.Equal(!parses, trace.Errors.Any(static e => e.IsFailure));
            Assert.All(trace.Errors, e => Assert.InRange(e.Position, 0, text.Length));
            if (url is null) continue;
            Assert.True(System.Text.Ascii.IsValid(url.Href), url.Href);
            var again = Url.Parse(url.Href);
            Assert.Equal(url.Href, again.Href);
            Assert.Equal((url.Protocol, url.Username, url.Password, url.Host, url.HostKind, url.Pathname, url.Query, url.Fragment, url.HasOpaquePath), (again.Protocol, again.Username, again.Password, again.Host, again.HostKind, again.Pathname, again.Query, again.Fragment, again.HasOpaquePath));
            var part = (UrlPart)random.Next(10);
            var changed = url.With(part, string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => pieces[random.Next(pieces.Length)])));
            Assert.Equal(changed.Href, Url.Parse(changed.Href).Href);
        }
    }

    [Fact]
    public void A_very_long_text_takes_no_very_long_time()
    {
        const int Length = 1_000_000;
        var limit = TimeProvider.System.GetTimestamp();
        foreach (var text in new[]
        {
            "http://h/" + new string('a', Length), "http://h/" + string.Concat(Enumerable.Repeat("../", Length / 3)), "http://h/" + string.Concat(Enumerable.Repeat("a/", Length / 2)) + string.Concat(Enumerable.Repeat("../", Length / 3)),
            "http://" + new string('a', Length), "http://" + string.Concat(Enumerable.Repeat("1.", Length / 2)), "http://[" + new string(':', Length) + "]", "http://" + new string('@', Length) + "h",
            "http://" + new string('9', Length), "http://h:" + new string('9', Length), "http://" + new string('\u00FC', Length), "http://\u00FC" + string.Concat(Enumerable.Repeat(".", Length)), "x:" + new string(' ', Length) + "#",
            "http://" + string.Concat(Enumerable.Range(0x4E00, 4000).Select(static c => (char)c)), "http://a\u0301" + string.Concat(Enumerable.Repeat("\u0301\u0323", Length / 2)), "http://h/" + string.Concat(Enumerable.Repeat("\t", Length)) + "x",
        })
        {
            Url.TryParse(text, null, out _, out _);
        }

        Assert.True(TimeProvider.System.GetElapsedTime(limit) < TimeSpan.FromSeconds(30), TimeProvider.System.GetElapsedTime(limit).ToString());
    }
}
