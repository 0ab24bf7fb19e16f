using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Fathom.Lab.Link;
using Fathom.Wire.Internet;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Fathom.Lab.Scenarios;

/// <summary>Reads scenarios from YAML. A key that is not known, or a value that makes no sense, is refused with its line and column.</summary>
public static class ScenarioReader
{
    /// <summary>Characters that a scenario may have: it is written by a person.</summary>
    public const int MaximumLength = 4 * 1024 * 1024;

    // A scenario needs eight; the library's loader goes as deep as the file does, and its stack ends.
    private const int DeepestNesting = 64;

    // Captures count from 1970. Certificates can say 9999 (RFC 5280 §4.1.2.5), and a lab's last for years.
    private const int FirstYear = 1970;
    private const int LastYear = 2500;

    /// <summary>Reads a scenario.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="scenario">The scenario, or null.</param>
    /// <param name="error">The first thing that is wrong, or null.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out Scenario? scenario, [NotNullWhen(false)] out ScenarioError? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        scenario = null;
        error = null;
        try
        {
            if (text.Length > MaximumLength) throw new ScenarioException(default, "the file is larger than 4 MiB");
            CheckNesting(text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 0) throw new ScenarioException(new ScenarioPlace(1, 1), "the file is empty: expected a scenario; 'fathom lab new' writes one");
            if (stream.Documents.Count > 1) throw new ScenarioNode(stream.Documents[1].RootNode).Refuse("a second YAML document begins: expected one");
            scenario = ReadScenario(new ScenarioNode(stream.Documents[0].RootNode));
            return true;
        }
        catch (ScenarioException e)
        {
            scenario = null;
            error = ErrorOf(text, e);
            return false;
        }
        catch (YamlException e)
        {
            error = ErrorOf(text, YamlRefusal.Of(text, e));
            return false;
        }
    }

    // A line of a zone is known by its number alone: its column is where its text begins.
    private static ScenarioError ErrorOf(string text, ScenarioException e)
    {
        var column = e.At.Column;
        if (e.At.Line > 0 && column == 0)
        {
            var line = text.Split('\n').ElementAtOrDefault(e.At.Line - 1) ?? string.Empty;
            column = line.Length - line.TrimStart().Length + 1;
        }

        return new ScenarioError(e.At.Line, column, e.Message);
    }

    private static void CheckNesting(string text)
    {
        var parser = new Parser(new StringReader(text));
        var open = new Stack<ScenarioPlace>();
        try
        {
            while (parser.MoveNext())
            {
                var at = new ScenarioPlace((int)parser.Current!.Start.Line, (int)parser.Current.Start.Column);
                if (parser.Current.NestingIncrease > 0) open.Push(at);
                else if (parser.Current.NestingIncrease < 0) open.Pop();
                if (open.Count > DeepestNesting) throw new ScenarioException(at, $"this is nested more than {DeepestNesting} deep");
            }
        }
        catch (InvalidOperationException)
        {
            // The library's scanner gives up so where a flow list or mapping is never closed.
            throw new ScenarioException(open.TryPeek(out var at) ? at : default, "this is not YAML: a bracket or brace that opens here is not closed");
        }
    }

    private static Scenario ReadScenario(ScenarioNode root)
    {
        string? title = null;
        string? from = null;
        var fromAt = default(ScenarioPlace);
        string? target = null;
        var targetAt = default(ScenarioPlace);
        var about = string.Empty;
        DateTimeOffset? start = null;
        Scenario? extended = null;
        bool? routes = null;
        var extendedAt = default(ScenarioPlace);
        var networks = new List<NetworkSpec>();
        var links = new List<LinkSpec>();
        var hosts = new List<HostSpec>();
        var zones = new List<ZoneSpec>();
        foreach (var (key, name, value) in root.Entries())
        {
            switch (name)
            {
                case "title":
                    title = value.Text();
                    break;
                case "about":
                    about = value.Text().Trim();
                    break;
                case "extends":
                    if (!BuiltInScenarios.Names.Contains(value.Text())) throw value.Refuse($"'{value.Text()}': there is no such scenario to extend; there are {string.Join(", ", BuiltInScenarios.Names)}");
                    (extended, extendedAt) = (BuiltInScenarios.Get(value.Text()), value.Place);
                    break;
                case "from":
                    (from, fromAt) = (value.Text(), value.Place);
                    break;
                case "target":
                    (target, targetAt) = (value.Text(), value.Place);
                    break;
                case "start":
                    start = DateTimeOffset.TryParse(value.Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) && at.Year is >= FirstYear and <= LastYear
                        ? at
                        : throw value.Refuse($"'{value.Text()}': expected a date and time from {FirstYear} to {LastYear}, 2026-01-01T12:00:00Z");
                    break;
                case "routes":
                    if (!value.IsAuto()) throw value.Refuse("routes of a scenario are 'auto'; those of a host, by prefix, stand in the host");
                    routes = true;
                    break;
                case "networks":
                    foreach (var (at2, _, settings) in value.Entries()) networks.Add(new NetworkSpec(at2.Label("a network"), ReadSettings(settings), at2.Place));
                    break;
                case "links":
                    foreach (var link in value.Items()) links.Add(ReadLink(link));
                    break;
                case "hosts":
                    foreach (var (at2, host, spec) in value.Entries()) hosts.Add(ReadHost(at2, host, spec));
                    break;
                case "zones":
                    foreach (var (at2, zone, records) in value.Entries()) zones.Add(ZoneReader.Read(at2, zone, records));
                    break;
                default:
                    throw key.Unknown(name, "title", "about", "extends", "from", "target", "start", "routes", "networks", "links", "hosts", "zones");
            }
        }

        if (hosts.Count == 0 && extended is null) throw root.Refuse("a scenario has at least one host (hosts:)");
        var scenario = new Scenario(title ?? throw root.Refuse("a scenario has a title"))
        {
            About = about,
            Start = start ?? extended?.Start,
            From = from ?? extended?.From ?? hosts[0].Name,
            TargetAt = targetAt,
            Target = target ?? extended?.Target ?? throw root.Refuse("a scenario has a target: what is checked where nothing is named"),
            PlansRoutes = routes ?? extended?.PlansRoutes ?? false,
            Networks = Over(extended?.Networks, networks, static n => n.Name),
            Links = [.. (extended?.Links ?? []).Select(l => l with { InheritedAt = extendedAt }).Where(l => !links.Any(o => o.Left == l.Left || o.Left == l.Right || o.Right == l.Left || o.Right == l.Right)), .. links],
            Hosts = Over(extended?.Hosts.Select(h => h with { InheritedAt = extendedAt }), hosts, static h => h.Name),
            Zones = Over(extended?.Zones, zones, static z => z.Name),
        };
        ScenarioCheck.Check(scenario, fromAt);
        return scenario;
    }

    // What is inherited stays in its place; what has its name stands there instead; what is new follows.
    private static IReadOnlyList<T> Over<T>(IEnumerable<T>? inherited, List<T> own, Func<T, string> nameOf)
    {
        var old = (inherited ?? []).ToList();
        return [.. old.Select(o => own.FirstOrDefault(n => nameOf(n) == nameOf(o)) ?? o), .. own.Where(n => old.All(o => nameOf(o) != nameOf(n)))];
    }

    private static LinkSettings ReadSettings(ScenarioNode node)
    {
        var settings = new LinkSettings();
        foreach (var (key, name, value) in node.Entries()) settings = value.WithSetting(settings, name) ?? throw key.Unknown(name, ScenarioNode.LinkKeys);
        return settings;
    }

    private static LinkSpec ReadLink(ScenarioNode node)
    {
        string[] ends = [];
        var both = new LinkSettings();
        var isPointToPoint = false;
        ScenarioNode? back = null;
        foreach (var (key, name, value) in node.Entries())
        {
            switch (name)
            {
                case "between":
                    ends = [.. value.Items().Select(static e => e.Text())];
                    if (ends.Length != 2) throw value.Refuse("a link is between two interfaces: [host.interface, host.interface]");
                    break;
                case "back":
                    back = value;
                    break;
                case "point-to-point":
                    isPointToPoint = value.Flag();
                    break;
                default:
                    both = value.WithSetting(both, name) ?? throw key.Unknown(name, ["between", "back", "point-to-point", .. ScenarioNode.LinkKeys]);
                    break;
            }
        }

        if (ends.Length != 2) throw node.Refuse("a link says what it is between: [host.interface, host.interface]");
        var toLeft = both;
        if (back is { } other)
        {
            // What the way back does otherwise; the rest is the same.
            foreach (var (key, name, value) in other.Entries()) toLeft = value.WithSetting(toLeft, name) ?? throw key.Unknown(name, ScenarioNode.LinkKeys);
        }

        return new LinkSpec(ends[0], ends[1], both, toLeft, node.Place) { IsPointToPoint = isPointToPoint };
    }

    private static HostSpec ReadHost(ScenarioNode at, string name, ScenarioNode node)
    {
        if (name.Length is 0 or > 63 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-')) throw at.Refuse($"'{name}': a host's name has letters, digits and hyphens");
        var host = new HostSpec(name, at.Place);
        var routes = new List<RouteSpec>();
        var boxes = new List<BoxSpec>();
        foreach (var (key, property, value) in node.Entries())
        {
            switch (property)
            {
                case "about":
                    host = host with { About = value.Text().Trim() };
                    break;
                case "forwards":
                    host = host with { Forwards = value.Flag() };
                    break;
                case "trusts-lab":
                    host = host with { TrustsLab = value.Flag() };
                    break;
                case "interfaces":
                    host = host with { Interfaces = [.. value.Entries().Select(static e => InterfaceReader.Read(e.Key, e.Name, e.Value))] };
                    break;
                case "gateways":
                    routes.AddRange(value.Items().Select(static g => new RouteSpec(IpPrefix.Default(g.Address().Version), g.Address(), g.Place)));
                    break;
                case "routes" when value.IsAuto():
                    host = host with { PlansRoutes = true };
                    break;
                case "routes":
                    if (value.IsWord) throw value.Refuse($"'{value.Text()}': expected routes by prefix (198.51.100.0/24: 192.0.2.254), or auto");
                    foreach (var (to, _, via) in value.Entries()) routes.Add(new RouteSpec(to.Prefix(), via.Address(), to.Place));
                    break;
                case "resolvers":
                    host = host with { Resolvers = [.. value.Items().Select(static r => r.Address())] };
                    break;
                case "services":
                    host = host with { Services = [.. value.Entries().SelectMany(static e => ServiceReader.Read(e.Key, e.Name, e.Value))] };
                    break;
                default:
                    boxes.Add(BoxReader.Read(property, value) ?? throw key.Unknown(property, ["about", "forwards", "trusts-lab", "interfaces", "gateways", "routes", "resolvers", "services", .. BoxReader.Keys]));
                    break;
            }
        }

        return host with { Routes = routes, Boxes = boxes };
    }
}
