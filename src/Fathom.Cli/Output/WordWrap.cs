namespace Fathom.Cli.Output;

/// <summary>Breaks text into lines between words.</summary>
internal static class WordWrap
{
    /// <summary>The lines of a text; at least one. A word that is longer than a line is cut.</summary>
    /// <param name="text">The text, its words divided by single blanks.</param>
    /// <param name="width">Characters in a line, at least 1.</param>
    /// <param name="first">Characters in the first one, where that differs.</param>
    public static IEnumerable<string> Lines(string text, int width, int? first = null)
    {
        var room = first ?? width;
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var rest = word;
            if (line.Length > 0 && line.Length + 1 + rest.Length <= room)
            {
                line += " " + rest;
                continue;
            }

            if (line.Length > 0)
            {
                yield return line;
                room = width;
            }

            for (; rest.Length > room; room = width)
            {
                yield return rest[..room];
                rest = rest[room..];
            }

            line = rest;
        }

        yield return line;
    }

    /// <summary>The lines of a text that begins with a head of its own, such as a time: what does not fit stands below, indented.</summary>
    /// <param name="text">Head and text.</param>
    /// <param name="head">Characters of the head, which stay as they are.</param>
    /// <param name="indent">Blanks before the second line and those that follow.</param>
    /// <param name="width">Characters in a line; where it leaves too few beside the indent to be read, the text stays as it is.</param>
    public static IEnumerable<string> Hanging(string text, int head, int indent, int width)
    {
        if (text.Length <= width || text.Length <= head || width - indent < NarrowestRest) return [text];
        return Lines(text[head..], width - indent, width - head).Select((line, i) => i == 0 ? text[..head] + line : new string(' ', indent) + line);
    }

    // Narrower than this a terminal's own breaks are no worse.
    private const int NarrowestRest = 20;
}
