using Fathom.Cli.Output;
using Fathom.Lab.Scenarios;
using Spectre.Console;

namespace Fathom.Cli.Labs;

/// <summary>A scenario as a tree: each network with who is on it, then the cables between them.</summary>
internal static class ScenarioPicture
{
    // A longer name does not keep all others from their addresses.
    private const int WidestName = 24;

    public static void Draw(IAnsiConsole console, Scenario scenario)
    {
        console.Write(Listing.Heading(scenario.Title));
        console.WriteLine();
        if (scenario.About.Length > 0) console.Write(new Padder(new Text(Wire.Application.TextSanitizer.Escape(scenario.About)), new Padding(2, 0, 0, 1)));
        var guide = console.Profile.Capabilities.Unicode ? TreeGuide.Line : TreeGuide.Ascii;
        var width = Math.Min(WidestName, NamesOf(scenario).Max(static n => n.Length));
        foreach (var network in scenario.Networks)
        {
            var tree = Tree(guide, network.Name, LinkText.Of(network.Cable));
            foreach (var host in scenario.Hosts)
            {
                foreach (var port in host.Interfaces.Where(i => i.Network == network.Name)) tree.AddNode(Row(width, host.Name, port, host));
            }

            console.Write(new Padder(tree, new Padding(2, 0, 0, 0)));
        }

        foreach (var link in scenario.Links)
        {
            var tree = Tree(guide, "link", LinkText.Of(link));
            foreach (var end in new[] { link.Left, link.Right })
            {
                var dot = end.LastIndexOf('.');
                var owner = scenario.Hosts.First(h => h.Name == end[..dot]);

                // What a host of networks is stands there.
                tree.AddNode(Row(width, end, owner.Interfaces.First(i => i.Name == end[(dot + 1)..]), owner.Interfaces.Any(static i => i.Network is not null) ? null : owner));
            }

            console.Write(new Padder(tree, new Padding(2, 0, 0, 0)));
        }

        console.WriteLine();
        console.Write(Listing.Fields([("commands run on", scenario.From), ("check is of", scenario.Target), ("zones", string.Join(' ', scenario.Zones.Select(static z => z.Name)))]));
    }

    private static IEnumerable<string> NamesOf(Scenario scenario)
        => scenario.Hosts.Where(static h => h.Interfaces.Any(static i => i.Network is not null)).Select(static h => h.Name).Concat(scenario.Links.SelectMany(static l => new[] { l.Left, l.Right })).DefaultIfEmpty(string.Empty);

    private static Tree Tree(TreeGuide guide, string name, string what) => new($"[bold]{Listing.Safe(name)}[/]  [grey]{Listing.Safe(what)}[/]") { Guide = guide };

    // Its name, its addresses there, and what it is and does; what is too long goes on below the addresses.
    private static Table Row(int width, string name, InterfaceSpec port, HostSpec? host)
    {
        var addresses = string.Join("  ", [.. port.Addresses.Select(static a => $"{a.Address}/{a.PrefixLength}"), .. port.Dhcp ? ["by DHCP"] : Array.Empty<string>()]);
        string[] role = host is { Forwards: true } ? ["router"] : [];
        var does = host is null ? string.Empty : string.Join(", ", role.Concat(host.Boxes.Select(BoxText.Of)).Concat(host.Services.Select(ServiceText.Of)));
        var row = new Table { Border = TableBorder.None, ShowHeaders = false };
        row.AddColumn(new TableColumn(string.Empty) { Width = width, NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        row.AddColumn(new TableColumn(string.Empty) { Padding = new Padding(0, 0, 0, 0) });
        return row.AddRow(new Markup(Listing.Safe(name)), new Markup($"[blue]{Listing.Safe(addresses)}[/]{(addresses.Length > 0 && does.Length > 0 ? "  " : string.Empty)}[green]{Listing.Safe(does)}[/]"));
    }
}
