using Fathom.Wire.Application;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fathom.Cli.Output;

/// <summary>
/// Results as people read them: label and value, or columns. Cells are plain text that may come from the
/// network: they are escaped here, and markup is never read. A row's last cell wraps inside its column.
/// </summary>
internal static class Listing
{
    /// <summary>Label and value, one row each, two blanks in.</summary>
    /// <param name="rows">The rows; one with an empty value is left out.</param>
    public static IRenderable Fields(IEnumerable<(string Label, string Value)> rows)
    {
        var table = Bare();
        table.AddColumn(Column(wraps: false, last: false));
        table.AddColumn(Column(wraps: true, last: true));
        foreach (var (label, value) in rows)
        {
            if (value.Length > 0) table.AddRow(new Markup($"[grey]{Safe(label)}[/]"), new Text(TextSanitizer.Escape(value)));
        }

        return new Padder(table, new Padding(2, 0, 0, 0));
    }

    /// <summary>Columns under headings.</summary>
    /// <param name="headings">One for each column; an empty one has none.</param>
    /// <param name="rows">As many cells as there are headings.</param>
    public static IRenderable Columns(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = Bare();
        table.ShowHeaders = headings.Any(static h => h.Length > 0);
        for (var i = 0; i < headings.Count; i++)
        {
            var last = i == headings.Count - 1;
            table.AddColumn(Column(wraps: last, last, headings[i]));
        }

        foreach (var row in rows) table.AddRow(row.Select(static IRenderable (cell) => new Text(TextSanitizer.Escape(cell))));
        return new Padder(table, new Padding(2, 0, 0, 0));
    }

    /// <summary>A bold line.</summary>
    /// <param name="text">The text.</param>
    public static IRenderable Heading(string text) => new Markup($"[bold]{Safe(text)}[/]");

    /// <summary>Escapes text for use inside markup.</summary>
    /// <param name="text">Any text.</param>
    public static string Safe(string text) => Markup.Escape(TextSanitizer.Escape(text));

    private static Table Bare() => new() { Border = TableBorder.None, ShowHeaders = false };

    private static TableColumn Column(bool wraps, bool last, string heading = "")
        => new(new Markup(heading.Length == 0 ? string.Empty : $"[grey]{Safe(heading)}[/]")) { NoWrap = !wraps, Padding = new Padding(0, 0, last ? 0 : 2, 0) };
}
