using Fathom.Diagnosis.Targets;

namespace Fathom.Diagnosis.Tests;

/// <summary>Targets by the contract, hosts by RFC 1123, RFC 3986 and RFC 6874.</summary>
public class TargetParserTests
{
    [Theory]
    [InlineData("https://shop.example/", TargetKind.Https, "shop.example", 443, "/")]
    [InlineData("HTTPS://Shop.Example", TargetKind.Https, "shop.example", 443, "/")]
    [InlineData("https://shop.example:8443/a?b=c#d", TargetKind.Https, "shop.example", 8443, "/a?b=c")]
    [InlineData("https://shop.example?b", TargetKind.Https, "shop.example", 443, "/?b")]
    [InlineData("http://shop.example", TargetKind.Http, "shop.example", 80, "/")]
    [InlineData("shop.example", TargetKind.Host, "shop.example", 443, "/")]
    [InlineData("shop.example.", TargetKind.Host, "shop.example", 443, "/")]
    [InlineData("shop.example:22", TargetKind.Tcp, "shop.example", 22, "/")]
    [InlineData("shop.example:443", TargetKind.Https, "shop.example", 443, "/")]
    [InlineData("shop.example:80", TargetKind.Http, "shop.example", 80, "/")]
    [InlineData("192.0.2.1", TargetKind.Host, "192.0.2.1", 443, "/")]
    [InlineData("192.0.2.1:25", TargetKind.Tcp, "192.0.2.1", 25, "/")]
    [InlineData("2001:db8::1", TargetKind.Host, "2001:db8::1", 443, "/")]
    [InlineData("[2001:db8::1]:25", TargetKind.Tcp, "2001:db8::1", 25, "/")]
    [InlineData("https://[2001:db8::1]/", TargetKind.Https, "2001:db8::1", 443, "/")]
    [InlineData("tcp://shop.example:25", TargetKind.Tcp, "shop.example", 25, "/")]
    [InlineData("udp://192.0.2.1:123", TargetKind.Udp, "192.0.2.1", 123, "/")]
    [InlineData("dns://192.0.2.53/shop.example", TargetKind.Dns, "192.0.2.53", 53, "shop.example")]
    [InlineData("dns://192.0.2.53:5353/shop.example.", TargetKind.Dns, "192.0.2.53", 5353, "shop.example")]
    [InlineData("dns:///shop.example", TargetKind.Dns, "", 53, "shop.example")]
    [InlineData("https://bücher.example/straße", TargetKind.Https, "xn--bcher-kva.example", 443, "/stra%C3%9Fe")]
    [InlineData("https://B\u00DCCHER.example/", TargetKind.Https, "xn--bcher-kva.example", 443, "/")]
    [InlineData("bu\u0308cher.example", TargetKind.Host, "xn--bcher-kva.example", 443, "/")]
    [InlineData("\uFF33hop\u3002example:22", TargetKind.Tcp, "shop.example", 22, "/")]
    [InlineData("fa\u00DF.example", TargetKind.Host, "xn--fa-hia.example", 443, "/")]
    [InlineData("my_host.example", TargetKind.Host, "my_host.example", 443, "/")]
    public void A_target_of_the_contract_is_read(string text, TargetKind kind, string host, int port, string requestTarget)
    {
        Assert.True(CheckTargetParser.TryParse(text, out var target, out var reason), reason);
        Assert.Equal((kind, host, port, requestTarget), (target.Kind, target.Host, target.Port, target.RequestTarget));
    }

    [Theory]
    [InlineData("www.", true)]
    [InlineData("https://shop.example.:8443/", true)]
    [InlineData("shop.example", false)]
    [InlineData("192.0.2.1", false)]
    public void A_name_that_ends_in_a_dot_is_whole(string text, bool isAbsolute)
    {
        Assert.True(CheckTargetParser.TryParse(text, out var target, out var reason), reason);
        Assert.Equal(isAbsolute, target.IsAbsolute);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("gopher://shop.example/", "unknown scheme 'gopher'")]
    [InlineData("https://shop.example:0/", "port")]
    [InlineData("https://shop.example:65536/", "port")]
    [InlineData("https://shop.example:99999999999999999999/", "port")]
    [InlineData("shop.example:http", "port")]
    [InlineData("https://", "host is missing")]
    [InlineData("https:///path", "host is missing")]
    [InlineData("https://user:secret@shop.example/", "user names")]
    [InlineData("https://2001:db8::1/", "brackets")]
    [InlineData("https://[2001:db8::1/", "bracket")]
    [InlineData("https://[shop.example]/", "IPv6")]
    [InlineData("256.1.1.1", "IPv4")]
    [InlineData("010.0.0.1", "IPv4")]
    [InlineData("1.2.3", "IPv4")]
    [InlineData("shop example", "space")]
    [InlineData("shop\u001b[31m.example", "control")]
    [InlineData("sh!op.example", "'!'")]
    [InlineData("shop..example", "not valid")]
    [InlineData("https://a\u2FF0b.example/", "U+2FF0")]
    [InlineData("https://xn--\u00FC.example/", "Punycode")]
    [InlineData("https://\u00AD.example/", "not valid")]
    [InlineData("tcp://shop.example", "port")]
    [InlineData("udp://shop.example:53/path", "path")]
    [InlineData("dns://192.0.2.53", "name to ask for")]
    [InlineData("10.0.0.0/8", "prefix")]
    [InlineData("fe80::1%", "zone")]
    public void Anything_else_is_refused_with_what_was_expected(string text, string words)
    {
        Assert.False(CheckTargetParser.TryParse(text, out _, out var reason));
        Assert.Contains(words, reason, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u001b', reason);
    }

    [Fact]
    public void A_name_of_more_than_255_octets_is_refused()
    {
        var name = string.Join('.', Enumerable.Repeat(new string('a', 60), 5));
        Assert.False(CheckTargetParser.TryParse("https://" + name + "/", out _, out var reason));
        Assert.Contains("255", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_of_more_than_63_octets_is_refused()
    {
        Assert.False(CheckTargetParser.TryParse(new string('a', 64) + ".example", out _, out var reason));
        Assert.Contains("63", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fe80::1%7", 7u, null)]
    [InlineData("fe80::1%eth0", 0u, "eth0")]
    [InlineData("https://[fe80::1%25eth0]/", 0u, "eth0")]
    public void A_zone_is_a_number_or_a_name(string text, uint number, string? name)
    {
        Assert.True(CheckTargetParser.TryParse(text, out var target, out var reason), reason);
        Assert.Equal((number, name), (target.Address!.Value.Zone, target.ZoneName));
    }

    [Theory]
    [InlineData("https://shop.example/", "shop.example")]
    [InlineData("https://shop.example:8443/", "shop.example:8443")]
    [InlineData("http://shop.example:443/", "shop.example:443")]
    [InlineData("http://[2001:db8::1]:8080/", "[2001:db8::1]:8080")]
    public void The_host_field_has_the_port_unless_it_is_the_schemes_own(string text, string authority)
    {
        Assert.True(CheckTargetParser.TryParse(text, out var target, out _));
        Assert.Equal(authority, target.Authority);
    }
}
