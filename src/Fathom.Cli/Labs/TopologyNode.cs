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
    public double Height => LineAt(Lines.Count) + 2;

    /// <summary>Where a line's base line is, from the box's top, in pixels; a host's name has some air above it.</summary>
    /// <param name="index">Which line.</param>
    public double LineAt(int index) => 40 + (index * 16) + (Lines.Take(index + 1).Count(static l => l.Kind == "name") * 5);

    /// <summary>Connects two.</summary>
    public static void Connect(TopologyNode one, TopologyNode other, string? label)
    {
        one.Edges.Add((other, label));
        other.Edges.Add((one, null));
    }
}
