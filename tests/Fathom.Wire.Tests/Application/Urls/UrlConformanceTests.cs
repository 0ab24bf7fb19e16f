using System.Globalization;
using System.Text.Json;
using Fathom.Wire.Application.Urls;

namespace Fathom.Wire.Tests.Application.Urls;

/// <summary>The conformance data for URLs: web-platform-tests, the pack's smoke tests, and JSON Schema's formats. Each test prints how many passed and failed.</summary>
public sealed class UrlConformanceTests(ITestOutputHelper output)
{
    [Fact]
    public void Smoke()
    {
        var tally = new Tally();
        foreach (var test in Read("url-smoke.json").GetProperty("cases").EnumerateArray())
        {
            var name = $"{test.GetProperty("id")}: {test.GetProperty("rule")}";
            var text = test.GetProperty("input").GetString()!;
            var baseUrl = test.GetProperty("base").GetString() is { } b ? Url.Parse(b) : null;
            var parses = Url.TryParse(text, baseUrl, out var url, out _);
            Assert.Equal(parses, Url.CanParse(text, baseUrl));
            if (test.TryGetProperty("failure", out _)) tally.Count(name, !parses, "it parses");
            else tally.Count(name, parses && Differences(url!, test.GetProperty("expect")) is null, parses ? Differences(url!, test.GetProperty("expect")) : "it does not parse");
        }

        tally.Report(output, 40);
    }

    [Fact]
    public void Setters()
    {
        var tally = new Tally();
        foreach (var attribute in Read("wpt", "setters_tests.json").EnumerateObject())
        {
            if (attribute.Name == "comment") continue;
            var part = Enum.Parse<UrlPart>(attribute.Name, true);
            foreach (var test in attribute.Value.EnumerateArray())
            {
                var (href, value) = (test.GetProperty("href").GetString()!, test.GetProperty("new_value").GetString()!);
                var url = Url.Parse(href).With(part, value);
                tally.Count($"{attribute.Name} of {href} to \"{value}\"", Differences(url, test.GetProperty("expected")) is null, Differences(url, test.GetProperty("expected")));
                // What a setter makes is what the parser makes of it.
                Assert.Equal(url.Href, Url.Parse(url.Href).Href);
                Assert.Equal((url.Pathname, url.Search, url.Host, url.HostKind), (Url.Parse(url.Href).Pathname, Url.Parse(url.Href).Search, Url.Parse(url.Href).Host, Url.Parse(url.Href).HostKind));
            }
        }

        tally.Report(output, 278);
    }

    [Fact]
    public void To_ASCII()
    {
        var tally = new Tally();
        foreach (var test in Objects("wpt", "toascii.json"))
        {
            var (input, expected) = (test.GetProperty("input").GetString()!, test.GetProperty("output").GetString());
            var host = Url.TryParse($"https://{input}/x", null, out var url, out _) ? url.Hostname : null;
            tally.Count(input, host == expected, $"{host ?? "refused"}, expected {expected ?? "refused"}");
        }

        tally.Report(output, 87);
    }

    /// <summary>Only UTF-8: other encodings of a document are HTML's concern, and the standard asks of nobody but browsers to know them.</summary>
    [Fact]
    public void Percent_encoding()
    {
        var tally = new Tally();
        foreach (var test in Objects("wpt", "percent-encoding.json"))
        {
            var (input, expected) = (test.GetProperty("input").GetString()!, test.GetProperty("output").GetProperty("utf-8").GetString());
            var query = PercentEncoding.Encode(input, PercentEncodeSet.SpecialQuery);
            tally.Count(input, query == expected, query);
        }

        tally.Report(output, 7);
    }

    [Fact]
    public void Verify_DNS_length()
    {
        var tally = new Tally();
        foreach (var test in Objects("wpt", "verifydnslength_tests.json"))
        {
            var (input, fails) = (test.GetProperty("input").GetString()!, test.GetProperty("failure").GetBoolean());
            var url = Url.Parse(input);
            var isRefused = !Idna.TryToAscii(url.Hostname, IdnaOptions.Url | IdnaOptions.VerifyDnsLength, out _, out _);
            tally.Count(input, isRefused == fails, isRefused ? "refused" : "accepted");
        }

        tally.Report(output, 17);
    }

    [Fact]
    public void Json_schema_formats()
    {
        var tally = new Tally();
        Format("uri", static t => UriReference.TryParse(t, out var uri, out _) && uri.IsUri);
        Format("uri-reference", static t => UriReference.TryParse(t, out _, out _));
        Format("ipv4", static t => Fathom.Wire.Internet.IpAddress.TryParse(t, out var a) && a.IsV4);
        Format("ipv6", static t => Fathom.Wire.Internet.IpAddress.TryParse(t, out var a) && a.IsV6 && !t.Contains('%', StringComparison.Ordinal));
        Format("hostname", static t => HostNameSyntax.IsHostName(t, out _));
        Format("idn-hostname", static t => HostNameSyntax.IsInternationalHostName(t, out _));
        tally.Report(output, 311 - NotText);

        void Format(string format, Func<string, bool> isValid)
        {
            foreach (var test in Read("json-schema-format", format + ".json").EnumerateArray().SelectMany(static g => g.GetProperty("tests").EnumerateArray()))
            {
                if (test.GetProperty("data").ValueKind != JsonValueKind.String) continue;
                var (data, valid) = (test.GetProperty("data").GetString()!, test.GetProperty("valid").GetBoolean());
                tally.Count($"{format} \"{data}\" ({test.GetProperty("description")})", isValid(data) == valid, valid ? "is refused" : "is accepted");
            }
        }
    }

    // Six formats, six tests each whose data is no string: a format says nothing about them.
    private const int NotText = 36;

    private static string? Differences(Url url, JsonElement expected)
    {
        foreach (var property in expected.EnumerateObject())
        {
            var actual = property.Name switch
            {
                "href" => url.Href,
                "origin" => url.Origin,
                "protocol" => url.Protocol,
                "username" => url.Username,
                "password" => url.Password,
                "host" => url.Host,
                "hostname" => url.Hostname,
                "port" => url.Port,
                "pathname" => url.Pathname,
                "search" => url.Search,
                "hash" => url.Hash,
                _ => throw new InvalidOperationException(property.Name),
            };
            if (actual != property.Value.GetString()) return $"{property.Name} is {actual}, expected {property.Value}";
        }

        return null;
    }

    private static IEnumerable<JsonElement> Objects(params string[] path) => Read(path).EnumerateArray().Where(static e => e.ValueKind == JsonValueKind.Object);

    private static JsonElement Read(params string[] path) => JsonDocument.Parse(File.ReadAllBytes(Conformance.Require(["url", .. path]))).RootElement;

    private sealed class Tally
    {
        private readonly List<string> _failures = [];
        private int _passed;

        public void Count(string name, bool passed, string? why)
        {
            if (passed) _passed++;
            else _failures.Add($"{name}: {why}");
        }

        public void Report(ITestOutputHelper output, int expected)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_passed} passed, {_failures.Count} failed"));
            foreach (var failure in _failures) output.WriteLine("  " + failure);
            Assert.Equal([], _failures);
            Assert.Equal(expected, _passed);
        }
    }
}
