using Fathom.Wire.Application.Http;

namespace Fathom.Wire.Tests.Application.Http;

public sealed class HttpRegistryTests
{
    [Fact]
    public void MethodsAreThoseOfTheRegistry()
    {
        var lines = File.ReadAllLines(Conformance.Require("registries", "http-methods.csv")).Skip(1).ToList();
        Assert.Equal(lines.Count, HttpMethodRegistry.All.Count);
        foreach (var line in lines)
        {
            var cells = line.Split(',', 4);
            Assert.True(HttpMethodRegistry.TryFind(cells[0], out var entry), cells[0]);
            Assert.Equal((cells[1] == "yes", cells[2] == "yes"), (entry.IsSafe, entry.IsIdempotent));
            Assert.Equal(cells[3].Trim('"').Replace(", Section ", "", StringComparison.Ordinal).Replace("RFC", "", StringComparison.Ordinal), entry.Reference.Replace(" §", "", StringComparison.Ordinal).Replace("RFC ", "", StringComparison.Ordinal));
        }

        // RFC 9110 §9.2.1: what is safe is idempotent. §9.1: the case of a method counts.
        Assert.All(HttpMethodRegistry.All.Where(static m => m.IsSafe), static m => Assert.True(m.IsIdempotent));
        Assert.False(HttpMethodRegistry.TryFind("get", out _));
        Assert.False(HttpMethodRegistry.IsIdempotent("FROBNICATE"));
        Assert.Equal(["GET", "HEAD"], HttpMethodRegistry.All.Where(static m => m.Caching == HttpMethodCaching.Cacheable).Select(static m => m.Name));
    }

    [Fact]
    public void StatusCodesAreThoseOfTheRegistry()
    {
        var lines = File.ReadAllLines(Conformance.Require("registries", "http-status-codes.csv")).Skip(1).ToList();
        Assert.Equal(63, HttpStatusRegistry.All.Count);
        Assert.Equal(lines.Select(static l => string.Join(',', l.Split(',')[..2])), HttpStatusRegistry.All.Select(static s => FormattableString.Invariant($"{s.Code},{s.Phrase}")));
        Assert.All(HttpStatusRegistry.All, static s => Assert.True(s.Meaning.Length > 0 && (s.Code >= 300 || s.Retry == HttpRetry.Unneeded)));
        Assert.Equal(HttpStatusClass.ClientError, HttpStatusRegistry.ClassOf(499));
        Assert.Equal(HttpStatusClass.None, HttpStatusRegistry.ClassOf(600));
        Assert.False(HttpStatusRegistry.TryFind(299, out _));
        Assert.Equal(HttpRetry.Later, HttpStatusRegistry.TryFind(503, out var unavailable) ? unavailable.Retry : default);
    }

    [Fact]
    public void FieldsAreThoseOfTheRegistry()
    {
        var lines = File.ReadAllLines(Conformance.Require("registries", "http-fields.csv")).Skip(1).ToList();
        Assert.Equal(243, HttpFieldRegistry.All.Count);
        foreach (var line in lines)
        {
            var cells = line.Split(',', 4);
            Assert.True(HttpFieldRegistry.TryFind(cells[0].ToUpperInvariant(), out var entry), cells[0]);
            Assert.Equal(cells[1], entry.Status == HttpFieldStatus.Unknown ? "" : entry.Status.ToString().ToLowerInvariant());
            Assert.Equal(cells[2], entry.StructuredType?.ToString() ?? "");
        }

        Assert.False(HttpFieldRegistry.TryFind("X-Made-Up", out _));
    }

    // RFC 9110 §15.4.2 to §15.4.9, and what curl does.
    [Theory]
    [InlineData(301, "POST", "GET")]
    [InlineData(302, "POST", "GET")]
    [InlineData(301, "PUT", "PUT")]
    [InlineData(302, "HEAD", "HEAD")]
    [InlineData(303, "POST", "GET")]
    [InlineData(303, "DELETE", "GET")]
    [InlineData(303, "HEAD", "HEAD")]
    [InlineData(307, "POST", "POST")]
    [InlineData(308, "PATCH", "PATCH")]
    public void RedirectsChangeTheMethod(int status, string method, string expected)
    {
        Assert.True(HttpRedirect.IsFollowed(status));
        Assert.Equal(expected, HttpRedirect.MethodAfter(status, method));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(300)]
    [InlineData(304)]
    [InlineData(305)]
    public void OtherStatusesAreNotFollowed(int status) => Assert.False(HttpRedirect.IsFollowed(status));
}
