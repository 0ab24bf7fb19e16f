using System.Text.RegularExpressions;

namespace Fathom.Course;

/// <summary>
/// Output that is expected, as a person reads it. A "~" stands for a word that differs from run to run (a time, a
/// port); a line "…" alone stands for any lines. Everything else is exact; runs of blanks on a line with "~" may differ in
/// length, as columns follow their widest word. "\~" is a tilde.
/// </summary>
internal static partial class Transcript
{
    /// <summary>Null if the text is what was expected; else the first line that is not.</summary>
    public static string? Difference(string expected, string actual)
    {
        var pattern = Pattern(expected);
        if (Regex.IsMatch(Normal(actual), pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10))) return null;
        var wanted = Normal(expected)[..^1].Split('\n');
        var got = Normal(actual)[..^1].Split('\n');
        for (var i = 0; i < Math.Max(wanted.Length, got.Length); i++)
        {
            var (want, have) = (wanted.ElementAtOrDefault(i), got.ElementAtOrDefault(i));
            if (want == "…") break;
            if (want is null || have is null || !Regex.IsMatch(have, "^" + Line(want) + "$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
                return $"line {i + 1}\n  expected: {want ?? "(nothing more)"}\n  printed:  {have ?? "(nothing more)"}\n\nthe whole output:\n{actual}";
        }

        return $"after a line of any number of lines\n\nthe whole output:\n{actual}";
    }

    private static string Pattern(string expected)
    {
        var lines = Normal(expected)[..^1].Split('\n').Select(static l => l == "…" ? "(?:.*\\n)*?" : Line(l) + "\\n");
        return "\\A" + string.Concat(lines) + "\\z";
    }

    private static string Line(string line)
    {
        var parts = Tilde().Split(line).Select(static p => Regex.Escape(p.Replace("\\~", "~", StringComparison.Ordinal))).ToArray();
        if (parts.Length == 1) return parts[0];
        return Blanks().Replace(string.Join("\\S+", parts), "\\s+");
    }

    private static string Normal(string text) => string.Join('\n', text.Replace("\r", string.Empty, StringComparison.Ordinal).TrimEnd('\n').Split('\n').Select(static l => l.TrimEnd())) + "\n";

    [GeneratedRegex(@"(?<!\\)~")]
    private static partial Regex Tilde();

    // Regex.Escape writes a blank as "\ ".
    [GeneratedRegex(@"(\\ )+")]
    private static partial Regex Blanks();
}
