using Fathom.Cli.Output;
using Fathom.Lab.Scenarios;
using Spectre.Console;

namespace Fathom.Cli.Labs;

/// <summary>A scenario as a tree: each network with who is on it, then the cables between them.</summary>
internal static class ScenarioPicture
{
    public static void Draw(IAnsiConsole console, Scenario scenario)
    {
        console.Write(Listing.Heading(scenario.Title));
        console.WriteLine();
        if (scenario.About.Length > 0) console.Write(new Padder(new Text(Wire.Application.TextSanitizer.Escape(scenario.About)), new Padding(2, 0, 0, 1)));
        foreach (var network in scenario.Networks)
        {
            var tree = new Tree($"[bold]{Listing.Safe(network.Name)}[/] [grey]{Listing.Safe(LinkText.Of(network.Cable))}[/]") { Guide = console.Profile.Capabilities.Unicode ? TreeGuide.Line : TreeGuide.Ascii };
            foreach (var host in scenario.Hosts)
            {
                foreach (var port in host.Interfaces.Where(i => i.Network == network.Name)) tree.AddNode(Line(host, port));
            }

            console.Write(new Padder(tree, new Padding(2, 0, 0, 0)));
        }

        if (scenario.Links.Count > 0)
        {
            console.WriteLine();
            console.Write(Listing.Columns(["between", "and", "carries"], scenario.Links.Select(static l => new[] { l.Left, l.Right, LinkText.Of(l) })));
        }

        console.WriteLine();
        console.Write(Listing.Fields([("commands run on", scenario.From), ("check is of", scenario.Target), ("zones", string.Join(' ', scenario.Zones.Select(static z => z.Name)))]));
    }

    private static string Line(HostSpec host, InterfaceSpec port)
    {
        var addresses = string.Join(' ', [.. port.Addresses.Select(static a => a.Address.ToString()), .. port.Dhcp ? ["by DHCP"] : Array.Empty<string>()]);
        var role = host.Forwards ? " [grey]router[/]" : string.Empty;
        var services = host.Services.Count == 0 ? string.Empty : $" [green]{Listing.Safe(string.Join(' ', host.Services.Select(ServiceText.Of)))}[/]";
        var boxes = host.Boxes.Count == 0 ? string.Empty : $" [yellow]{Listing.Safe(string.Join(' ', host.Boxes.Select(BoxText.Of)))}[/]";
        return $"{Listing.Safe(host.Name)}{role}{boxes} [blue]{Listing.Safe(addresses)}[/]{services}";
    }
}
