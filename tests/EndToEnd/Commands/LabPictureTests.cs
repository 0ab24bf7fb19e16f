using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Fathom.EndToEnd.Commands;

/// <summary>Pictures of labs and of what happens in them.</summary>
public sealed class LabPictureTests
{
    [Fact]
    public async Task A_sequence_tells_the_delegations_in_their_order_within_eighty_columns()
    {
        var result = await RunAsync("lab", "sequence", "--", "dns", "www.example.com");
        Assert.Equal(0, result.ExitCode);
        var lines = result.Output.Split('\n');
        Assert.All(lines.Where(static l => !l.StartsWith("  Not shown", StringComparison.Ordinal)), static l => Assert.True(l.Length <= 80, l));
        Assert.Matches(@"laptop +home-router +resolver +root +com +ns1", result.Output);

        // Questions go to root, com and ns1 in turn: arrows that end further and further right, and the answer comes back at the left.
        var ends = lines.Where(static l => l.Contains("▶│", StringComparison.Ordinal)).Select(static l => l.LastIndexOf("▶│", StringComparison.Ordinal)).ToList();
        Assert.Equal(ends.Order(), ends);
        Assert.True(ends.Distinct().Count() >= 5, result.Output);
        Assert.Contains("DNS response A www.example.com: 203.0.113.80", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("fathom: dns ended with status 0, 22 packets\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_packet_is_seen_where_it_was_lost()
    {
        var result = await RunAsync("lab", "sequence", "--fault", "path.loss", "--limit", "200", "--hosts", "laptop,www", "--", "ping", "-4", "-c", "20", "203.0.113.80");
        Assert.Contains("✗", result.Output, StringComparison.Ordinal);
        Assert.Contains("ICMP echo request (lost after home-router)", result.Output, StringComparison.Ordinal);

        // With a column for the router, the arrow ends right behind it.
        var router = await RunAsync("lab", "sequence", "--fault", "path.loss", "--limit", "200", "--hosts", "laptop,home-router,www", "--", "ping", "-4", "-c", "20", "203.0.113.80");
        Assert.Matches(@"ICMP echo request \(lost after home-router\).*\n +├─+┼──✗ +│\n", router.Output);
    }

    [Theory]
    [InlineData("satellite")]
    [InlineData("tunnel")]
    public async Task Packets_are_followed_over_a_line_without_Ethernet(string scenario)
    {
        string[] ping = ["--", "ping", "-4", "-c", "1", "203.0.113.80"];
        var ends = await RunAsync(["lab", "sequence", scenario, "--seed", "3", "--hosts", "laptop,www", .. ping]);
        Assert.Matches("├─ ICMP echo request ─+▶│", ends.Output);
        Assert.Matches("│◀─ ICMP echo reply ─+┤", ends.Output);
        Assert.DoesNotContain("under way", ends.Output, StringComparison.Ordinal);

        // Hop by hop the line's two ends have an arrow each way.
        var hops = await RunAsync(["lab", "sequence", scenario, "--seed", "3", "--hops", "--hosts", "home-router,provider-router", "--format", "mermaid", .. ping]);
        Assert.Matches(@"h0->>h1: [0-9.]+ ms ICMP echo request\n", hops.Output);
        Assert.Matches(@"h1->>h0: [0-9.]+ ms ICMP echo reply\n", hops.Output);
        var picture = XDocument.Parse((await RunAsync(["lab", "sequence", scenario, "--seed", "3", "--format", "svg", .. ping])).Output);
        Assert.Contains(picture.Descendants("{http://www.w3.org/2000/svg}text"), static t => t.Value == "ICMP echo reply");
        var run = await RunAsync(["lab", "run", scenario, "--speed", "0", .. ping]);
        Assert.Matches("home-router → provider-router +ICMP echo request\n", run.Output);
    }

    [Theory]
    [InlineData("lab show --format svg")]
    [InlineData("lab show pair --format svg")]
    [InlineData("lab sequence --format svg -- http https://www.example.com/")]
    [InlineData("lab sequence pair --format svg --hops -- check")]
    public async Task A_picture_is_SVG_for_light_and_dark(string line)
    {
        var result = await RunAsync(line.Split(' '));
        Assert.Equal(0, result.ExitCode);
        var picture = XDocument.Parse(result.Output).Root!;
        Assert.Equal("{http://www.w3.org/2000/svg}svg", picture.Name.ToString());
        Assert.Contains("prefers-color-scheme: dark", result.Output, StringComparison.Ordinal);

        // Nothing lies outside of the picture.
        var width = double.Parse(picture.Attribute("width")!.Value, System.Globalization.CultureInfo.InvariantCulture);
        var height = double.Parse(picture.Attribute("height")!.Value, System.Globalization.CultureInfo.InvariantCulture);
        foreach (var text in picture.Descendants("{http://www.w3.org/2000/svg}text"))
        {
            Assert.InRange((double)text.Attribute("x")!, 0, width);
            Assert.InRange((double)text.Attribute("y")!, 0, height);
        }
    }

    [Fact]
    public async Task Mermaid_has_the_hosts_and_the_packets()
    {
        var result = await RunAsync("lab", "sequence", "--format", "mermaid", "--", "dns", "www.example.com");
        Assert.StartsWith("sequenceDiagram\n  participant h0 as laptop\n", result.Output, StringComparison.Ordinal);
        Assert.Matches(new Regex(@"^  h0->>h\d: 0\.40 ms DNS query A www\.example\.com$", RegexOptions.Multiline), result.Output);
    }

    [Theory]
    [InlineData("lab sequence -- lab list")]
    [InlineData("lab sequence nowhere -- check")]
    [InlineData("lab sequence --hosts nobody -- check")]
    [InlineData("lab sequence -- dns --no-such-option")]
    public async Task A_wrong_line_is_refused(string line)
    {
        var result = await RunAsync(line.Split(' '));
        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    private static async Task<CommandResult> RunAsync(params string[] arguments)
    {
        FathomBinary.SkipIfAbsent();
        return await Shell.RunAsync([FathomBinary.File!, .. arguments]);
    }
}
