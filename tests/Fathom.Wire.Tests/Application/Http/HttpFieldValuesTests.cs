using Fathom.Wire.Application.Http;

namespace Fathom.Wire.Tests.Application.Http;

public sealed class HttpFieldValuesTests
{
    [Theory]
    [InlineData("Cache-Control", "private, max-age=86400", "private|max-age=86400", "a shared cache may not|86400 s (1 day)")]
    [InlineData("cache-control", "no-store", "no-store", "no cache may keep")]
    [InlineData("Strict-Transport-Security", "max-age=31536000; includeSubDomains", "max-age=31536000|includeSubDomains", "31536000 s (1 year)|all names below")]
    [InlineData("Set-Cookie", "a=b; Expires=Wed, 09 Jun 2027 10:18:14 GMT; HttpOnly", "a=b|Expires=Wed, 09 Jun 2027 10:18:14 GMT|HttpOnly", "name and value|kept until Wed, 09 Jun 2027|scripts")]
    [InlineData("Content-Type", "text/html; charset=utf-8", "text/html|charset=utf-8", "media type|coded in utf-8")]
    [InlineData("Vary", "Accept-Encoding, X-Thing", "Accept-Encoding|X-Thing", "each coding|depends on this field")]
    [InlineData("WWW-Authenticate", "Basic realm=\"a, b\"", "Basic realm=\"a, b\"", "RFC 7617")]
    [InlineData("Cache-Control", "max-age=soon", "max-age=soon", "no number of seconds")]
    [InlineData("Cache-Control", "frobnicate", "frobnicate", "ignores it")]
    [InlineData("Priority", "u=1, i", "u=1|i", "urgency 1|as it arrives")]
    [InlineData("Cache-Status", "ExampleCache; hit; ttl=376", "ExampleCache|; hit|; ttl=376", "a token|was not asked|376 s")]
    public void EachPartHasItsMeaning(string name, string value, string texts, string meanings)
    {
        var parts = HttpFieldValues.Explain(name, value);
        Assert.Equal(texts.Split('|'), parts.Select(static p => p.Text));
        Assert.All(parts.Zip(meanings.Split('|')), static p => Assert.Contains(p.Second, p.First.Meaning, StringComparison.Ordinal));
    }

    // RFC 9651 §4.2: what does not parse is ignored whole.
    [Theory]
    [InlineData("Priority", "u=")]
    [InlineData("Cache-Status", "a b")]
    [InlineData("Accept-CH", "\"")]
    public void AStructuredFieldThatIsNoneSaysSo(string name, string value)
        => Assert.Contains("ignores the whole field", Assert.Single(HttpFieldValues.Explain(name, value)).Meaning, StringComparison.Ordinal);

    [Theory]
    [InlineData("X-Unheard-Of", "a=b")]
    [InlineData("", "")]
    [InlineData("Cache-Control", "")]
    [InlineData("Cache-Control", ",,;")]
    public void OfWhatIsNotKnownNothingIsSaid(string name, string value) => Assert.Empty(HttpFieldValues.Explain(name, value));

    [Fact]
    public void AHostileValueIsCut() => Assert.Equal(64, HttpFieldValues.Explain("Vary", string.Join(',', Enumerable.Repeat("a", 100_000))).Count);

    // The words' fields are registered ones, spelled as the registry has them.
    [Fact]
    public void EveryWordBelongsToARegisteredField()
    {
        foreach (var row in Fathom.Wire.Registries.RegistryTable.Rows("http-directives.csv"))
        {
            Assert.Equal(3, row.Length);
            Assert.True(HttpFieldRegistry.TryFind(row[0], out var entry), row[0]);
            Assert.Equal(entry.Name, row[0]);
        }
    }
}
