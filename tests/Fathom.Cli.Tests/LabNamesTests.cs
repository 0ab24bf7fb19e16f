using System.Globalization;
using System.Xml.Linq;
using Fathom.Cli.Labs;
using Fathom.Cli.Labs.Live;
using Fathom.Cli.Labs.Sequence;
using Fathom.Lab.Scenarios;
using Fathom.Probes.Internet.Ping;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Tests;

/// <summary>Hosts with long names: what is shown of them tells them apart, and leaves room for the rest.</summary>
public class LabNamesTests
{
    private const string Text = """
        title: The offices of a company that gives its machines names which say where they stand and whose they are
        target: tcp://192.0.2.2:7
        networks: { lan: { delay: 1ms } }
        hosts:
          accounting-department-in-building-seven-desk-1:
            interfaces: { eth0: { network: lan, addresses: [192.0.2.1/24, "2001:db8:1234:5678:9abc:def0:1111:1/128"] } }
          accounting-department-in-building-seven-desk-2:
            interfaces: { eth0: { network: lan, addresses: [192.0.2.2/24, "2001:db8:1234:5678:9abc:def0:1111:2/128"] } }
        """;

    [Theory]
    [InlineData("laptop", 10, "laptop")]
    [InlineData("accounting-desk-12", 9, "acco…k-12")]
    [InlineData("accounting-desk-12", 8, "acco…-12")]
    [InlineData("ab", 1, "…")]
    public void The_middle_of_a_name_goes(string name, int room, string expected) => Assert.Equal(expected, ShortName.Of(name, room));

    [Theory]
    [InlineData("provider-router", "hosting-router", "provider-router → hosting-router")]
    [InlineData("accounting-department-7", "www", "accounting-department-7 → www")]
    [InlineData("www", "accounting-department-in-building-7", "www → accounting-de…n-building-7")]
    [InlineData("accounting-department-in-building-7", "accounting-department-in-building-8", "account…ding-7 → account…lding-8")]
    public void Two_names_share_their_room(string one, string other, string expected)
    {
        var text = ShortName.OfTwo(one, other, 32);
        Assert.Equal(expected, text);
        Assert.InRange(text.Length, 1, 32);
    }

    [Fact]
    public void A_line_of_a_packet_says_what_it_is_within_eighty_columns()
    {
        var lines = new List<string>();
        using (var world = Create())
        using (new EventLines(world.Lab, world.Lab.Clock.Now, 79, lines.Add)) Ping(world);
        var request = Assert.Single(lines, static l => l.Contains("ICMP echo request", StringComparison.Ordinal));
        Assert.Matches("desk-1 → .*desk-2 ", request);
        Assert.All(lines, static l => Assert.True(l.Length <= 79, l));
    }

    [Fact]
    public void On_a_pipe_names_are_whole()
    {
        var lines = new List<string>();
        using (var world = Create())
        using (new EventLines(world.Lab, world.Lab.Clock.Now, int.MaxValue, lines.Add)) Ping(world);
        Assert.Contains(lines, static l => l.Contains("accounting-department-in-building-seven-desk-1 → accounting-department-in-building-seven-desk-2", StringComparison.Ordinal));
    }

    [Fact]
    public void Columns_of_a_sequence_have_names_with_a_gap_between()
    {
        var chart = new SequenceChart("ping", ["accounting-department-in-building-seven-desk-1", "accounting-department-in-building-seven-desk-2"], []);
        var head = SequenceText.Draw(chart, 80, isUnicode: true).Split('\n')[2];
        Assert.Matches(@"ms +accou\S*…\S*desk-1 +accou\S*…\S*desk-2$", head);
    }

    // By DejaVu Sans: bold letters of 13 pixels have 8 on the average, digits of 11 pixels 6.
    [Fact]
    public void In_a_picture_lines_end_within_their_boxes()
    {
        Assert.True(ScenarioReader.TryRead(Text, out var scenario, out _));
        XNamespace svg = "http://www.w3.org/2000/svg";
        var picture = XDocument.Parse(ScenarioSvg.Draw(scenario)).Root!;
        var box = Assert.Single(picture.Elements(svg + "rect"), static r => r.Attribute("class")!.Value == "net");
        var right = Number(box, "x") + Number(box, "width");
        foreach (var text in picture.Elements(svg + "text").Where(static t => t.Attribute("text-anchor")!.Value == "start" && t.Attribute("class")!.Value is "name" or "note" && Number(t, "y") > 84))
            Assert.True(Number(text, "x") + (text.Value.Length * (text.Attribute("class")!.Value == "name" ? 8 : 6)) <= right, text.Value);
        Assert.Contains(picture.Elements(svg + "text"), static t => t.Value.EndsWith("desk-2", StringComparison.Ordinal));
        Assert.Contains(picture.Elements(svg + "text"), static t => t.Value == "2001:db8:1234:5678:9abc:def0:1111:2/128");
        var title = picture.Elements(svg + "text").First();
        Assert.True(28 + (title.Value.Length * 9) <= Number(picture, "width"), title.Value);

        static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("http -H 'X-One: a b' URL", "http|-H|X-One: a b|URL")]
    [InlineData("http -H \"X-One: a 'b'\" URL", "http|-H|X-One: a 'b'|URL")]
    [InlineData("  a\t b  ", "a|b")]
    [InlineData("a'b c'd", "ab cd")]
    [InlineData("\"\" x", "|x")]
    [InlineData("\"", "")]
    [InlineData("say \"it's", "say|it's")]
    [InlineData("a\\ b \"c\\\"d\" 'e\\f' g\\h", "a b|c\"d|e\\f|g\\h")]
    public void Words_of_a_line_are_those_of_a_shell(string line, string words) => Assert.Equal(words, string.Join('|', LineWords.Split(line)));

    private static LabWorld Create()
    {
        Assert.True(ScenarioReader.TryRead(Text, out var scenario, out var error), error?.ToString());
        return LabWorld.Create(scenario);
    }

    private static void Ping(LabWorld world) => world.Lab.Run(
        () => PingSeries.RunAsync(world.From.Network, IpAddress.Parse("192.0.2.2"), new PingOptions { Count = 1 }, static _ => { }, default), TimeSpan.FromMinutes(1));
}
