namespace Fathom.Cli.Labs;

/// <summary>A box in the picture of a topology: a router, or a network with those who are on it alone.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">"router", "net" or "host": how it is drawn.</param>
internal sealed record TopologyNode(string Name, string Kind)
{
    // An IPv6 address of full length with its prefix's has 43 letters.
    private const int MostOfLine = 43;
    private const int MostOfName = 30;
    private const int Margin = 8;

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

    /// <summary>The width that its lines need, in pixels.</summary>
    public double Need => Lines.Select(static l => Indent(l.Kind) + (Cut(l.Text, l.Kind).Length * LetterWidth(l.Kind))).Append(Cut(Name, "name").Length * LetterWidth("name")).Max() + Margin;

    /// <summary>Its height, in pixels.</summary>
    public double Height => LineAt(Lines.Count) + 2;

    /// <summary>Where a line's base line is, from the box's top, in pixels; a host's name has some air above it.</summary>
    /// <param name="index">Which line.</param>
    public double LineAt(int index) => 40 + (index * 16) + (Lines.Take(index + 1).Count(static l => l.Kind == "name") * 5);

    /// <summary>How far inside of the box a line begins, in pixels.</summary>
    /// <param name="kind">The kind of its text.</param>
    public static double Indent(string kind) => kind == "name" ? 14 : 24;

    /// <summary>A line as it is written: a name without its middle where it is long, another without its end.</summary>
    /// <param name="text">The line.</param>
    /// <param name="kind">The kind of its text.</param>
    public static string Cut(string text, string kind)
        => kind == "name" ? ShortName.Of(text, MostOfName) : ShortName.OfLine(text, MostOfLine);

    // Measured with DejaVu Sans, which is wider than most: bold at 13 pixels, digits and words at 11.
    private static double LetterWidth(string kind) => kind switch { "name" => 8, "note" => 6.2, _ => 5.6 };

    /// <summary>Connects two.</summary>
    public static void Connect(TopologyNode one, TopologyNode other, string? label)
    {
        one.Edges.Add((other, label));
        other.Edges.Add((one, null));
    }
}
