using Fathom.Wire.Application;

namespace Fathom.Cli.Output;

/// <summary>
/// What <see cref="Listing"/> draws, for a pipe: the same text without a console behind it, whose start costs more than a whole question
/// to a server. Cells are escaped here. A test holds the two together.
/// </summary>
internal sealed class PipeListing(TextWriter output)
{
    // A pipe has no width; this is what the console takes for one.
    private const int Width = 80;

    // Two blanks in, two between columns.
    private const int Gap = 2;

    // A last column that is narrower than this breaks words, not lines.
    private const int NarrowestLast = 20;

    /// <summary>A line.</summary>
    public void Heading(string text) => output.WriteLine(TextSanitizer.Escape(text));

    /// <summary>Rows of cells, each column as wide as its widest cell; the last one wraps.</summary>
    public void Columns(IEnumerable<IReadOnlyList<string>> rows)
    {
        var cells = rows.Select(static row => row.Select(static cell => TextSanitizer.Escape(cell)).ToList()).ToList();
        if (cells.Count == 0) return;
        var last = cells[0].Count - 1;
        var widths = Enumerable.Range(0, last).Select(i => cells.Max(row => row[i].Length) + Gap).ToList();
        var indent = Gap + widths.Sum();
        foreach (var row in cells)
        {
            var before = new string(' ', Gap) + string.Concat(widths.Select((width, i) => row[i].PadRight(width)));
            foreach (var line in WordWrap.Lines(row[last], Math.Max(NarrowestLast, Width - indent)))
            {
                output.WriteLine((before + line).TrimEnd());
                before = new string(' ', indent);
            }
        }
    }
}
