using System.Globalization;
using System.Text;
using Fathom.Wire.Application;

namespace Fathom.Cli.Urls;

/// <summary>Points at places of a text.</summary>
internal static class UrlCaret
{
    // What fits on a line of 80 columns beside the indent.
    private const int Width = 72;

    // What of the text is shown before the first place, where not all of it fits.
    private const int Lead = 24;

    /// <summary>The text, from a little before the first place on, and a line of carets below it. Both are safe for a terminal.</summary>
    /// <param name="text">The text.</param>
    /// <param name="places">Where, in UTF-16 code units, and how much: at least one caret is drawn. A place can be the text's end.</param>
    public static string[] Point(string text, IReadOnlyList<(int Position, int Length)> places)
    {
        var marked = new HashSet<int>();
        foreach (var (position, length) in places) marked.UnionWith(Enumerable.Range(Math.Min(position, text.Length), Math.Max(length, 1)));
        var cells = Cells(text, marked);
        var start = 0;
        if (cells.Sum(static c => c.Columns) > Width) start = Math.Max(cells.FindIndex(static c => c.IsMarked) - Lead, 0);
        var (shown, carets, room) = (new StringBuilder(start > 0 ? "…" : ""), new StringBuilder(start > 0 ? " " : ""), Width - 2);
        for (var i = start; i < cells.Count; i++)
        {
            if ((room -= cells[i].Columns) < 0)
            {
                shown.Append('…');
                break;
            }

            shown.Append(cells[i].Text);
            carets.Append(cells[i].IsMarked ? '^' : ' ', cells[i].Columns);
        }

        return [shown.ToString(), carets.ToString().TrimEnd()];
    }

    // One for each character, as it is shown; the last is the end.
    private static List<(string Text, int Columns, bool IsMarked)> Cells(string text, HashSet<int> marked)
    {
        var cells = new List<(string, int, bool)>();
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out _, out var used);
            var safe = TextSanitizer.Escape(text.AsSpan(at, used));
            cells.Add((safe, safe.EnumerateRunes().Sum(Columns), marked.Contains(at)));
            at += used;
        }

        cells.Add(("", 1, marked.Contains(text.Length)));
        return cells;
    }

    // East Asian characters and emoji take two columns, combining marks none. The blocks are those of UAX #11's wide ones.
    private static int Columns(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0 : rune.Value switch
    {
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE6F
            or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6 or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 and <= 0x3FFFD => 2,
        _ => 1,
    };
}
