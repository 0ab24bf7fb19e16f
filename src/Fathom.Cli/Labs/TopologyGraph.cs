using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Labs;

/// <summary>A scenario as boxes and cables, laid out in columns by their distance from where commands run.</summary>
internal sealed class TopologyGraph
{
    private const int LeastBoxWidth = 250;
    private const int ColumnGap = 110;
    private const int RowGap = 34;
    private const int Margin = 28;

    // Below the title and the sentence about the scenario.
    private const int Top = 84;

    private readonly Dictionary<string, TopologyNode> _networks = [];
    private readonly Dictionary<string, TopologyNode> _hosts = [];

    /// <summary>Lays it out.</summary>
    /// <param name="scenario">The scenario.</param>
    public TopologyGraph(Scenario scenario)
    {
        foreach (var network in scenario.Networks) _networks[network.Name] = new TopologyNode(network.Name, "net") { Lines = { (LinkText.Of(network.Cable), "note") } };
        foreach (var host in scenario.Hosts) Add(host, scenario);
        foreach (var link in scenario.Links) TopologyNode.Connect(_hosts[HostOf(link.Left)], _hosts[HostOf(link.Right)], LinkText.Of(link));
        Nodes = [.. _networks.Values, .. _hosts.Values];
        BoxWidth = Math.Max(LeastBoxWidth, Nodes.Select(static n => n.Need).DefaultIfEmpty().Max());
        SetColumns(Start(scenario));
        Place();
    }

    /// <summary>The width of every box, in pixels.</summary>
    public double BoxWidth { get; }

    /// <summary>The boxes.</summary>
    public IReadOnlyList<TopologyNode> Nodes { get; }

    /// <summary>The picture's width, in pixels.</summary>
    public double Width => Nodes.Count == 0 ? 400 : Nodes.Max(static n => n.X) + BoxWidth + Margin;

    /// <summary>The picture's height.</summary>
    public double Height => Nodes.Count == 0 ? Top : Nodes.Max(static n => n.Y + n.Height) + Margin;

    private void Add(HostSpec host, Scenario scenario)
    {
        var isLeaf = !host.Forwards && host.Interfaces.Count == 1 && host.Interfaces[0].Network is not null && !scenario.Links.Any(l => HostOf(l.Left) == host.Name || HostOf(l.Right) == host.Name);
        if (isLeaf)
        {
            // It is drawn inside of its network.
            var card = _networks[host.Interfaces[0].Network!];
            card.Lines.Add((host.Name, "name"));
            card.Lines.AddRange(AddressLines(host.Interfaces[0]));
            AddWords(card, host);
            return;
        }

        var node = _hosts[host.Name] = new TopologyNode(host.Name, host.Forwards ? "router" : "host");
        foreach (var port in host.Interfaces)
        {
            var lines = AddressLines(port).ToList();
            for (var i = 0; i < lines.Count; i++) node.Lines.Add((i == 0 ? $"{port.Name}  {lines[i].Text}" : lines[i].Text, "note"));
            if (port.Network is { } network) TopologyNode.Connect(node, _networks[network], null);
        }

        AddWords(node, host);
    }

    private static IEnumerable<(string Text, string Kind)> AddressLines(InterfaceSpec port)
    {
        foreach (var (address, length) in port.Addresses) yield return ($"{address}/{length}", "note");
        if (port.Dhcp) yield return ("by DHCP", "note");
    }

    private static void AddWords(TopologyNode node, HostSpec host)
    {
        foreach (var word in host.Boxes.Select(BoxText.Of).Concat(host.Services.Select(ServiceText.Of))) node.Lines.Add((word, "service"));
    }

    private TopologyNode? Start(Scenario scenario)
    {
        var from = scenario.Hosts.FirstOrDefault(h => h.Name == scenario.From);
        if (_hosts.TryGetValue(scenario.From, out var node)) return node;
        return from?.Interfaces.FirstOrDefault(static i => i.Network is not null)?.Network is { } network ? _networks[network] : Nodes.Count > 0 ? Nodes[0] : null;
    }

    private void SetColumns(TopologyNode? start)
    {
        if (start is null) return;
        var queue = new Queue<TopologyNode>();
        Begin(start);
        while (queue.TryDequeue(out var node))
        {
            foreach (var (other, _) in node.Edges)
            {
                if (other.Column >= 0) continue;
                other.Column = node.Column + 1;
                queue.Enqueue(other);
            }

            // What is connected with nothing stands at the left.
            if (queue.Count == 0 && Nodes.FirstOrDefault(static n => n.Column < 0) is { } island) Begin(island);
        }

        void Begin(TopologyNode node)
        {
            node.Column = 0;
            queue.Enqueue(node);
        }
    }

    // Column by column, each box as near as may be to the middle of those on its left that it is connected with, and the column as a whole in the middle of what they wish.
    private void Place()
    {
        foreach (var column in Nodes.GroupBy(static n => n.Column).OrderBy(static g => g.Key))
        {
            var nodes = column.OrderBy(static n => Wish(n)).ToList();
            var y = nodes.Average(static n => Wish(n)) - ((nodes.Sum(static n => n.Height) + (RowGap * (nodes.Count - 1))) / 2);
            foreach (var node in nodes)
            {
                node.X = Margin + (column.Key * (BoxWidth + ColumnGap));
                node.Y = y;
                y += node.Height + RowGap;
            }
        }

        var highest = Nodes.Count == 0 ? 0 : Nodes.Min(static n => n.Y);
        foreach (var node in Nodes) node.Y += Top - highest;
    }

    private static double Wish(TopologyNode node)
    {
        var left = node.Edges.Where(e => e.Other.Column < node.Column).ToList();
        return left.Count == 0 ? 0 : left.Average(static e => e.Other.Y + (e.Other.Height / 2));
    }

    private static string HostOf(string end) => end[..end.LastIndexOf('.')];
}
