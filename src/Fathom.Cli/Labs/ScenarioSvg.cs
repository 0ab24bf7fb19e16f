using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Labs;

/// <summary>A scenario's topology as an SVG picture.</summary>
internal static class ScenarioSvg
{
    // Letters that fit into the gap between two boxes.
    private const int LabelLength = 17;

    public static string Draw(Scenario scenario)
    {
        var graph = new TopologyGraph(scenario);
        var picture = new SvgText();
        var width = Math.Max(graph.Width, 640);
        picture.Text(28, 34, ShortName.OfLine(scenario.Title.ReplaceLineEndings(" "), (int)(width / 10)), "title");
        picture.Text(28, 56, ShortName.OfLine(scenario.About.ReplaceLineEndings(" ").Trim(), (int)(width / 6.2)), "note");
        foreach (var node in graph.Nodes)
        {
            foreach (var (other, _) in node.Edges.Where(e => IsDrawnFrom(graph, node, e.Other))) Wire(picture, graph, node, other);
        }

        foreach (var node in graph.Nodes)
        {
            picture.Box(node.X, node.Y, graph.BoxWidth, node.Height, node.Kind, node.Kind == "net" ? 14 : 5);
            picture.Text(node.X + (graph.BoxWidth / 2), node.Y + 21, TopologyNode.Cut(node.Name, "name"), "name", "middle");
            for (var i = 0; i < node.Lines.Count; i++)
            {
                var (text, kind) = node.Lines[i];
                picture.Text(node.X + TopologyNode.Indent(kind), node.Y + node.LineAt(i), TopologyNode.Cut(text, kind), kind);
            }
        }

        foreach (var node in graph.Nodes)
        {
            foreach (var (other, label) in node.Edges.Where(static e => e.Label is not null)) Label(picture, graph, node, other, label!);
        }

        return picture.End(width, graph.Height, scenario.Title);
    }

    private static bool IsDrawnFrom(TopologyGraph graph, TopologyNode one, TopologyNode other)
        => one.Column != other.Column ? one.Column < other.Column : graph.Nodes.ToList().IndexOf(one) < graph.Nodes.ToList().IndexOf(other);

    private static void Wire(SvgText picture, TopologyGraph graph, TopologyNode left, TopologyNode right)
    {
        var (x1, y1, x2, y2) = Ends(graph, left, right);
        picture.Line(x1, y1, x2, y2, "wire");
    }

    private static void Label(SvgText picture, TopologyGraph graph, TopologyNode one, TopologyNode other, string label)
    {
        var (x1, y1, x2, y2) = Ends(graph, one, other);
        var pieces = Pieces(label);
        for (var i = 0; i < pieces.Count; i++) picture.Text((x1 + x2) / 2, ((y1 + y2) / 2) - 6 - ((pieces.Count - 1 - i) * 14), pieces[i], "wire-label", "middle");
    }

    private static (double X1, double Y1, double X2, double Y2) Ends(TopologyGraph graph, TopologyNode one, TopologyNode other)
    {
        var (left, right) = one.X <= other.X ? (one, other) : (other, one);
        return left.Column == right.Column
            ? (left.X + (graph.BoxWidth / 2), Math.Min(one.Y, other.Y) + 10, left.X + (graph.BoxWidth / 2), Math.Max(one.Y, other.Y) + 10)
            : (left.X + graph.BoxWidth, left.Y + (left.Height / 2), right.X, right.Y + (right.Height / 2));
    }

    // A label is set in lines that fit between two columns.
    private static List<string> Pieces(string label)
    {
        var lines = new List<string>();
        foreach (var word in label.Split(["; ", ", "], StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && lines[^1].Length + word.Length + 2 <= LabelLength) lines[^1] += ", " + word;
            else lines.Add(word);
        }

        return lines;
    }
}
