using System.Text.RegularExpressions;

namespace Fathom.EndToEnd.Commands.Names;

/// <summary>What dig prints (<c>+nosplit +nocrypto</c> is not used), as facts: response code, flags, and records of a section.</summary>
internal sealed partial record DigOutput(string Code, IReadOnlySet<string> Flags, IReadOnlyDictionary<string, IReadOnlyList<string>> Sections)
{
    public static DigOutput Parse(string text)
    {
        var code = Status().Match(text) is { Success: true } s ? s.Groups[1].Value : "no answer";
        var flags = FlagList().Match(text) is { Success: true } f ? f.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet() : [];
        var sections = new Dictionary<string, IReadOnlyList<string>>();
        var current = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            if (Heading().Match(line) is { Success: true } heading) sections[heading.Groups[1].Value] = current = [];
            else if (line.Length > 0 && line[0] != ';') current.Add(Normal(line));
        }

        return new DigOutput(code, flags, sections);
    }

    /// <summary>The records of a section, sorted.</summary>
    public IReadOnlyList<string> Section(string name) => Sections.TryGetValue(name, out var records) ? [.. records.Order(StringComparer.Ordinal)] : [];

    /// <summary>One blank between words.</summary>
    public static string Normal(string line) => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"status: (\w+)")]
    private static partial Regex Status();

    [GeneratedRegex(@"flags: ([a-z ]*);")]
    private static partial Regex FlagList();

    [GeneratedRegex(@"^;; (\w+) SECTION:")]
    private static partial Regex Heading();
}
