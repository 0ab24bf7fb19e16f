using Fathom.Wire.Application.Cookies;

namespace Fathom.Wire.Tests.Application.Cookies;

/// <summary>The storage model (§5.7) and retrieval (§5.8) of RFC 6265bis, rule by rule.</summary>
public sealed class CookieJarTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CookieRequest Page = new("https", "www.example.com", "/docs/page");
    private static readonly CookieRequest PlainPage = Page with { Scheme = "http" };

    [Theory]
    [InlineData("a=1; Domain=example.com", CookieDecisionKind.Accepted, 24)]
    [InlineData("a=1; Domain=.Example.COM", CookieDecisionKind.Accepted, 24)]
    [InlineData("a=1; Domain=com", CookieDecisionKind.Refused, 9)]
    [InlineData("a=1; Domain=other.com", CookieDecisionKind.Refused, 10)]
    [InlineData("a=1; Domain=sub.www.example.com", CookieDecisionKind.Refused, 10)]
    [InlineData("a=1; Domain=ample.com", CookieDecisionKind.Refused, 10)]
    [InlineData("a=1; Domain=b\u00FCcher.example", CookieDecisionKind.Refused, 8)]
    [InlineData("a=1; SameSite=None", CookieDecisionKind.Refused, 19)]
    [InlineData("a=1; SameSite=None; Secure", CookieDecisionKind.Accepted, 24)]
    [InlineData("__Secure-a=1", CookieDecisionKind.Refused, 20)]
    [InlineData("__secure-a=1", CookieDecisionKind.Refused, 20)]
    [InlineData("__Secure-a=1; Secure", CookieDecisionKind.Accepted, 24)]
    [InlineData("__Host-a=1; Secure", CookieDecisionKind.Refused, 21)]
    [InlineData("__Host-a=1; Secure; Path=/; Domain=www.example.com", CookieDecisionKind.Refused, 21)]
    [InlineData("__HOST-a=1; Path=/", CookieDecisionKind.Refused, 21)]
    [InlineData("__Host-a=1; Secure; Path=/", CookieDecisionKind.Accepted, 24)]
    [InlineData("=__Host-a=1; Secure; Path=/", CookieDecisionKind.Refused, 22)]
    [InlineData("__secure-a; Secure; Path=/", CookieDecisionKind.Refused, 22)]
    [InlineData("a=1; Max-Age=0", CookieDecisionKind.Deleted, 24)]
    public void A_field_is_kept_or_refused_by_its_step(string field, CookieDecisionKind kind, int step)
    {
        var decision = new CookieJar().Set(field, Page, Now);
        Assert.Equal((kind, $"RFC 6265bis §5.7 step {step}"), (decision.Kind, decision.Rule));
    }

    [Fact]
    public void A_field_that_cannot_be_read_says_why()
    {
        var tooLong = new CookieJar().Set("a=" + new string('x', 4096), Page, Now);
        Assert.Equal((CookieDecisionKind.Refused, "RFC 6265bis §5.6 step 5"), (tooLong.Kind, tooLong.Rule));
        Assert.Equal(CookieDecisionKind.Accepted, new CookieJar().Set("a=" + new string('x', 4095), Page, Now).Kind);
        Assert.Equal(CookieDecisionKind.Refused, new CookieJar().Set("a=\u0001", Page, Now).Kind);
    }

    [Fact]
    public void A_public_suffix_that_is_the_host_itself_makes_a_cookie_for_it_alone()
    {
        var jar = new CookieJar();
        Assert.True(jar.Set("a=1; Domain=github.io", new CookieRequest("https", "github.io", "/"), Now).Cookie is { HostOnly: true, Domain: "github.io" });
        Assert.Equal("", jar.Select(new CookieRequest("https", "ada.github.io", "/"), Now).Header);
    }

    [Fact]
    public void An_insecure_connection_sets_no_Secure_cookie_and_lays_none_over_one()
    {
        var jar = new CookieJar();
        Assert.EndsWith("step 13", jar.Set("a=1; Secure", PlainPage, Now).Rule, StringComparison.Ordinal);
        Assert.True(jar.Set("a=1; Secure; Path=/docs", Page, Now).IsKept);
        Assert.EndsWith("step 16", jar.Set("a=2; Path=/docs/page", PlainPage, Now).Rule, StringComparison.Ordinal);
        Assert.EndsWith("step 16", jar.Set("a=2; Path=/docs; Domain=example.com", PlainPage, Now).Rule, StringComparison.Ordinal);
        Assert.True(jar.Set("a=2; Path=/", PlainPage, Now).IsKept);
        Assert.True(jar.Set("b=2; Path=/docs", PlainPage, Now).IsKept);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public void Loopback_counts_as_secure_unless_told_otherwise(string host)
    {
        var request = new CookieRequest("http", host, "/");
        Assert.True(new CookieJar().Set("a=1; Secure", request, Now).IsKept);
        Assert.False(new CookieJar(new CookieJarOptions { TrustsLoopback = false }).Set("a=1; Secure", request, Now).IsKept);
    }

    [Fact]
    public void A_script_sees_no_HttpOnly_cookie_and_replaces_none()
    {
        var jar = new CookieJar();
        jar.Set("a=1; HttpOnly", Page, Now);
        var script = Page with { IsScript = true };
        Assert.Equal("", jar.Select(script, Now).Header);
        Assert.EndsWith("step 15", jar.Set("b=1; HttpOnly", script, Now).Rule, StringComparison.Ordinal);
        Assert.EndsWith("step 23", jar.Set("a=2", script, Now).Rule, StringComparison.Ordinal);
        Assert.Equal("a=1", jar.Select(Page, Now).Header);
    }

    [Fact]
    public void A_replacement_keeps_the_place_and_the_age()
    {
        var jar = new CookieJar();
        jar.Set("a=1", Page, Now);
        jar.Set("b=1", Page, Now.AddSeconds(1));
        var decision = jar.Set("a=2", Page, Now.AddSeconds(2));
        Assert.Equal((CookieDecisionKind.Replaced, Now), (decision.Kind, decision.Cookie!.CreatedAt));
        Assert.Equal("a=2; b=1", jar.Select(Page, Now.AddSeconds(3)).Header);
        Assert.Equal(CookieDecisionKind.Deleted, jar.Set("a=; Max-Age=0", Page, Now.AddSeconds(3)).Kind);
        Assert.Equal("b=1", jar.Select(Page, Now.AddSeconds(3)).Header);
    }

    [Fact]
    public void Longer_paths_go_first_then_older_cookies()
    {
        var jar = new CookieJar();
        jar.Set("old=1; Path=/", Page, Now);
        jar.Set("new=1; Path=/", Page, Now.AddSeconds(1));
        jar.Set("deep=1; Path=/docs", Page, Now.AddSeconds(2));
        Assert.Equal("deep=1; old=1; new=1", jar.Select(Page, Now.AddSeconds(3)).Header);
    }

    [Theory]
    [InlineData("/docs", "/docs", true)]
    [InlineData("/docs", "/docs/", true)]
    [InlineData("/docs", "/docs/a", true)]
    [InlineData("/docs", "/documents", false)]
    [InlineData("/docs/", "/docs", false)]
    [InlineData("/", "/x", true)]
    public void Paths_match_by_segments(string cookiePath, string requestPath, bool sent)
    {
        var jar = new CookieJar();
        jar.Set($"a=1; Path={cookiePath}", Page, Now);
        Assert.Equal(sent ? "a=1" : "", jar.Select(Page with { Path = requestPath }, Now).Header);
    }

    [Fact]
    public void Without_a_path_the_requests_directory_counts() => Assert.Equal("/docs", new CookieJar().Set("a=1", Page, Now).Cookie!.Path);

    [Fact]
    public void A_host_only_cookie_stays_with_its_host()
    {
        var jar = new CookieJar();
        jar.Set("host=1; Path=/", Page, Now);
        jar.Set("all=1; Path=/; Domain=example.com", Page, Now);
        Assert.Equal("host=1; all=1", jar.Select(Page, Now).Header);
        Assert.Equal("all=1", jar.Select(Page with { Host = "EXAMPLE.com" }, Now).Header);
        Assert.Equal("all=1", jar.Select(Page with { Host = "a.www.example.com" }, Now).Header);
        Assert.Equal("", jar.Select(Page with { Host = "notexample.com" }, Now).Header);
    }

    [Fact]
    public void An_address_has_no_names_below_it()
    {
        var jar = new CookieJar();
        var request = new CookieRequest("https", "192.0.2.1", "/");
        Assert.EndsWith("step 10", jar.Set("a=1; Domain=2.1", request, Now).Rule, StringComparison.Ordinal);
        Assert.True(jar.Set("a=1; Domain=192.0.2.1", request, Now).IsKept);
    }

    [Fact]
    public void A_life_is_capped_at_400_days()
    {
        var jar = new CookieJar();
        Assert.Equal(Now.AddDays(400), jar.Set("a=1; Max-Age=999999999", Page, Now).Cookie!.ExpiresAt);
        Assert.Equal(Now.AddDays(400), jar.Set("b=1; Expires=Fri, 31 Dec 9999 23:59:59 GMT", Page, Now).Cookie!.ExpiresAt);
        Assert.Equal(2, jar.RemoveExpired(Now.AddDays(400)));
    }

    [Fact]
    public void A_session_ends_what_is_not_persistent()
    {
        var jar = new CookieJar();
        jar.Set("session=1", Page, Now);
        jar.Set("kept=1; Max-Age=60", Page, Now);
        Assert.Equal(1, jar.EndSession());
        Assert.Equal("kept=1", jar.Select(Page, Now).Header);
        Assert.Equal("", jar.Select(Page, Now.AddSeconds(60)).Header);
    }

    // Rows: who asks; expected header of strict=1, lax=1, default=1, none=1 in this order.
    [Theory]
    [InlineData(null, false, "GET", "strict=1; lax=1; default=1; none=1")]
    [InlineData("https://a.example.com", false, "POST", "strict=1; lax=1; default=1; none=1")]
    [InlineData("https://evil.test", true, "GET", "lax=1; default=1; none=1")]
    [InlineData("https://evil.test", true, "POST", "none=1")]
    [InlineData("https://evil.test", false, "GET", "none=1")]
    [InlineData("http://www.example.com", false, "GET", "none=1")]
    [InlineData("https://example.org", false, "GET", "none=1")]
    public void SameSite_decides_about_other_sites_requests(string? from, bool topLevel, string method, string expected)
    {
        var jar = new CookieJar();
        jar.Set("strict=1; Path=/; SameSite=Strict", Page, Now);
        jar.Set("lax=1; Path=/; SameSite=Lax", Page, Now);
        jar.Set("default=1; Path=/", Page, Now);
        jar.Set("none=1; Path=/; SameSite=None; Secure", Page, Now);
        var request = Page with { Method = method, IsTopLevelNavigation = topLevel };
        if (from is not null) request = request with { Initiator = (new Uri(from).Scheme, new Uri(from).Host) };
        Assert.Equal(expected, jar.Select(request, Now).Header);
    }

    [Fact]
    public void Neighbors_below_a_public_suffix_are_other_sites()
    {
        var jar = new CookieJar();
        var ada = new CookieRequest("https", "ada.github.io", "/");
        Assert.False(jar.IsSameSite(ada with { Initiator = ("https", "bob.github.io") }));
        Assert.True(jar.IsSameSite(ada with { Initiator = ("https", "x.ada.github.io") }));
    }

    [Fact]
    public void Another_sites_request_sets_SameSite_cookies_only_by_navigation()
    {
        var frame = Page with { Initiator = ("https", "evil.test") };
        Assert.EndsWith("step 18", new CookieJar().Set("a=1; SameSite=Lax", frame, Now).Rule, StringComparison.Ordinal);
        Assert.True(new CookieJar().Set("a=1; SameSite=Strict", frame with { IsTopLevelNavigation = true }, Now).IsKept);
        Assert.True(new CookieJar().Set("a=1; SameSite=None; Secure", frame, Now).IsKept);
    }

    [Fact]
    public void Redirects_through_other_sites_count_only_where_that_is_chosen()
    {
        var request = Page with { RedirectedThrough = [("https", "evil.test")] };
        Assert.True(new CookieJar().IsSameSite(request));
        Assert.False(new CookieJar(new CookieJarOptions { CountsRedirects = true }).IsSameSite(request));
    }

    [Fact]
    public void Lax_allowing_unsafe_ends_after_two_minutes()
    {
        var jar = new CookieJar(new CookieJarOptions { LaxAllowsUnsafe = true });
        jar.Set("a=1; Path=/", Page, Now);
        jar.Set("lax=1; Path=/; SameSite=Lax", Page, Now);
        var post = Page with { Method = "POST", Initiator = ("https", "evil.test"), IsTopLevelNavigation = true };
        Assert.Equal("a=1", jar.Select(post, Now.AddMinutes(2)).Header);
        Assert.Equal("", jar.Select(post, Now.AddMinutes(2).AddSeconds(1)).Header);
    }

    [Fact]
    public void A_crowded_domain_loses_what_is_not_Secure_first_and_longest_unused()
    {
        var jar = new CookieJar(new CookieJarOptions { MaximumPerDomain = 3 });
        jar.Set("secure=1; Secure; Path=/", Page, Now);
        jar.Set("plain1=1; Path=/", Page, Now.AddSeconds(1));
        jar.Set("plain2=1; Path=/only", Page, Now.AddSeconds(2));
        jar.Select(Page, Now.AddSeconds(3)); // plain1 was used later than plain2
        var decision = jar.Set("more=1; Path=/", Page, Now.AddSeconds(4));
        Assert.Equal("plain2", Assert.Single(decision.Evicted).Cookie.Name);
        Assert.Equal(3, jar.Cookies.Count);
    }

    [Fact]
    public void The_whole_jar_has_a_limit()
    {
        var jar = new CookieJar();
        for (var i = 0; i < 3010; i++) jar.Set("a=1", new CookieRequest("https", $"h{i}.example", "/"), Now.AddSeconds(i));
        Assert.Equal(3000, jar.Cookies.Count);
        Assert.Equal("h10.example", jar.Cookies[0].Domain);
    }

    [Fact]
    public void A_cookie_file_is_read_and_written_as_curl_has_it()
    {
        const string text = "# Netscape HTTP Cookie File\n\n#HttpOnly_www.example.com\tFALSE\t/\tTRUE\t0\tid\tx=y\n.example.com\tTRUE\t/docs\tFALSE\t1798761600\ttheme\t\nbroken line\n";
        var cookies = CookieFile.Read(text, Now, out var problems);
        Assert.StartsWith("line 5: 1 fields", Assert.Single(problems), StringComparison.Ordinal);
        Assert.Equal(2, cookies.Count);
        Assert.True(cookies[0] is { Name: "id", Value: "x=y", Domain: "www.example.com", HostOnly: true, Secure: true, HttpOnly: true, ExpiresAt: null });
        Assert.True(cookies[1] is { Name: "theme", Value: "", Domain: "example.com", HostOnly: false, Path: "/docs" });
        Assert.Equal(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), cookies[1].ExpiresAt);
        Assert.Equal(cookies, CookieFile.Read(CookieFile.Write(cookies), Now, out _));
        StoredCookie[] strict = [cookies[0] with { SameSite = SameSite.Strict }, cookies[1]];
        Assert.Equal(strict, CookieFile.Read(CookieFile.Write(strict), Now, out _));
    }

    [Fact]
    public void Nothing_in_a_file_throws()
    {
        foreach (var line in new[] { "\t\t\t\t\t\t", "a\tTRUE\t/\tTRUE\t99999999999999999999\tn\tv", "a\tTRUE\t/\tTRUE\t-5\tn\tv", "a\tx\t/\tTRUE\t0\tn\tv", ".\tTRUE\t/\tTRUE\t0\tn\tv", "\0" }) CookieFile.Read(line, Now, out _);
        Assert.Equal(DateTimeOffset.UnixEpoch, Assert.Single(CookieFile.Read("a\tTRUE\t/\tTRUE\t-5\tn\tv", Now, out _)).ExpiresAt);
    }
}
