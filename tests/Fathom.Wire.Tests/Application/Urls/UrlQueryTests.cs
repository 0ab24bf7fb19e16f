using Fathom.Wire.Application.Urls;

namespace Fathom.Wire.Tests.Application.Urls;

/// <summary>application/x-www-form-urlencoded and the list's operations (URL Standard §5, §6.2), with the standard's examples.</summary>
public sealed class UrlQueryTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("?a=b&c", "a=b&c=")]
    [InlineData("&&a=b&&", "a=b")]
    [InlineData("=x&=", "=x&=")]
    [InlineData("a=b=c", "a=b%3Dc")]
    [InlineData("a+b=%20c%2B", "a+b=+c%2B")]
    [InlineData("a=~&b=%7E", "a=%7E&b=%7E")]
    [InlineData("a=%zz%", "a=%25zz%25")]
    [InlineData("%FF=\u00FC", "%EF%BF%BD=%C3%BC")]
    [InlineData("*-._AZaz09", "*-._AZaz09=")]
    public void A_query_is_read_and_written(string query, string written) => Assert.Equal(written, UrlQuery.Parse(query).ToString());

    [Fact]
    public void The_list_keeps_order_and_repeats()
    {
        var query = UrlQuery.Parse("a=1&b=2&a=3&c");
        Assert.Equal(("1", null), (query.Get("a"), query.Get("A")));
        Assert.Equal(["1", "3"], query.GetAll("a"));
        Assert.True(query.Has("a", "3") && !query.Has("a", "2") && query.Has("c"));
        query.Set("a", "9");
        Assert.Equal("a=9&b=2&c=", query.ToString());
        query.Set("d", "x");
        query.Append("b", "0");
        Assert.Equal("a=9&b=2&c=&d=x&b=0", query.ToString());
        Assert.Equal(1, query.Delete("b", "2"));
        Assert.Equal(0, query.Delete("b", "2"));
        Assert.Equal("a=9&c=&d=x&b=0", query.ToString());
    }

    /// <summary>URL Standard §6.2, sort(): by code units, so that U+1F308 comes before U+FB03; equal names keep their order.</summary>
    [Fact]
    public void Sorting_is_by_code_units_and_stable()
    {
        var query = UrlQuery.Parse("\uFB03&\U0001F308&z=b&a=b&z=a&a=a");
        query.Sort();
        Assert.Equal(["a=b", "a=a", "z=b", "z=a", "\U0001F308=", "\uFB03="], query.Select(static p => $"{p.Key}={p.Value}"));
    }

    /// <summary>URL Standard §6.2: a list writes more percent-encodings than the URL's own query has.</summary>
    [Fact]
    public void A_list_goes_into_a_URL()
    {
        var url = Url.Parse("https://example.com/?a=b ~");
        Assert.Equal("https://example.com/?a=b%20~", url.Href);
        Assert.Equal("https://example.com/?a=b+%7E", url.WithQuery(UrlQuery.Parse(url.Search)).Href);
        Assert.Equal("https://example.com/", url.WithQuery(new UrlQuery()).Href);
    }

    /// <summary>URL Standard §1.3, the table of examples.</summary>
    [Fact]
    public void Percent_encoding()
    {
        Assert.Equal("%%s%1G"u8.ToArray(), PercentEncoding.DecodeToBytes("%25%s%1G"));
        Assert.Equal([0xE2, 0x80, 0xBD, 0x25, 0x2E], PercentEncoding.DecodeToBytes("\u203D%25%2E"));
        Assert.Equal("%E2%89%A1", PercentEncoding.Encode("\u2261", PercentEncodeSet.Userinfo));
        Assert.Equal("Say%20what%E2%80%BD", PercentEncoding.Encode("Say what\u203D", PercentEncodeSet.Userinfo));
    }

    /// <summary>URL Standard §1.3, set by set, written out: which of the printable ASCII characters each has.</summary>
    [Fact]
    public void Percent_encode_sets()
    {
        Check(PercentEncodeSet.C0Control, "");
        Check(PercentEncodeSet.Fragment, " \"<>`");
        Check(PercentEncodeSet.Query, " \"#<>");
        Check(PercentEncodeSet.SpecialQuery, " \"#'<>");
        Check(PercentEncodeSet.Path, " \"#<>?^`{}");
        Check(PercentEncodeSet.Userinfo, " \"#/:;<=>?@[\\]^`{|}");
        Check(PercentEncodeSet.Component, " \"#$%&+,/:;<=>?@[\\]^`{|}");
        Check(PercentEncodeSet.FormUrlEncoded, " !\"#$%&'()+,/:;<=>?@[\\]^`{|}~");

        static void Check(PercentEncodeSet set, string characters)
        {
            Assert.Equal(characters, string.Concat(Enumerable.Range(0x20, 0x5F).Select(static c => (char)c).Where(set.Contains)));
            Assert.True(set.Contains('\0') && set.Contains('\u001F') && set.Contains('\u007F') && set.Contains('\u00FC'), set.Name);
        }
    }
}
