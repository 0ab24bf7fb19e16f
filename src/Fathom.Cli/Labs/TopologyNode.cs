namespace Fathom.Cli.Labs;

/// <summary>A box in the picture of a topology: a router, or a network with those who are on it alone.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">"router", "net" or "host": how it is drawn.</param>
internal sealed record TopologyNode(string Name, string Kind)
{
    /// <summary>Its lines, each with the kind of its text.</summary>
    public List<(string Text, string Kind)> Lines { get; } = [];

    /// <summary>What is connected with it, and what stands at the cable.</summary>
    public List<(TopologyNode Other, string? Label)> Edges { get; } = [];

    /// <summary>Its column, from the left; -1 where nothing leads there yet.</summary>
    public int Column { get; set; } = -1;

    /// <summary>Its place, in pixels.</summary>
    public double X { get; set; }

    /// <summary>Its place, in pixels.</summary>
    public double Y { get; set; }

    /// <summary>Its height, in pixels.</summary>
    public double Height => 34 + (Lines.Count * 16);

    /// <summary>Connects two.</summary>
    public static void Connect(TopologyNode one, TopologyNode other, string? label)
    {
        one.Edges.Add((other, label));
        other.Edges.Add((one, null));
    }
}
