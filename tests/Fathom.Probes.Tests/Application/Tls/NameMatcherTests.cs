using System.Text;
using Fathom.Probes.Application.Tls.Certificates;

namespace Fathom.Probes.Tests.Application.Tls;

/// <summary>RFC 9525 §6.3.</summary>
public sealed class NameMatcherTests
{
    [Theory]
    [InlineData("example.org", "example.org", true)]
    [InlineData("EXAMPLE.org", "example.ORG", true)]
    [InlineData("*.example.org", "www.example.org", true)]
    [InlineData("*.example.org", "WWW.EXAMPLE.ORG", true)]
    [InlineData("*.example.org", "example.org", false)]
    [InlineData("*.example.org", "a.b.example.org", false)]
    [InlineData("*.example.org", ".example.org", false)]
    [InlineData("w*.example.org", "www.example.org", false)]
    [InlineData("www.*.org", "www.example.org", false)]
    [InlineData("*", "localhost", false)]
    [InlineData("*.org", "example.org", false)]
    [InlineData("*.*.org", "a.example.org", false)]
    [InlineData("example.org.", "example.org", false)]
    [InlineData("example.org\0.evil.test", "example.org", false)]
    [InlineData("foo_bar.example.org", "foo_bar.example.org", true)]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example", true)]
    [InlineData("", "example.org", false)]
    public void DnsNames(string presented, string reference, bool matches)
        => Assert.Equal(matches, NameMatcher.MatchesDns(Encoding.Latin1.GetBytes(presented), reference));
}
