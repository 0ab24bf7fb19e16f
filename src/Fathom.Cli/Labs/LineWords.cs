using System.Text;

namespace Fathom.Cli.Labs;

/// <summary>The words of a line that somebody typed, as a shell takes them: blanks part them, but not within quotation marks of either kind.</summary>
internal static class LineWords
{
    /// <summary>Splits a line. A quotation mark that is not closed reaches to the end; a backslash takes what is special from a blank, a quotation mark or a backslash (not within single ones).</summary>
    /// <param name="line">The line.</param>
    public static List<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, isWord) = ('\0', false);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '\\' && quote != '\'' && i + 1 < line.Length && (line[i + 1] is '"' or '\\' || (quote == '\0' && (line[i + 1] == '\'' || char.IsWhiteSpace(line[i + 1])))))
            {
                word.Append(line[++i]);
            }
            else if (quote != '\0')
            {
                if (c != quote) word.Append(c);
                else (quote, isWord) = ('\0', true);
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (!char.IsWhiteSpace(c))
            {
                word.Append(c);
            }
            else
            {
                End();
            }
        }

        End();
        return words;

        // Two quotation marks with nothing between are a word, an empty one.
        void End()
        {
            if (isWord || word.Length > 0) words.Add(word.ToString());
            word.Clear();
            isWord = false;
        }
    }
}
