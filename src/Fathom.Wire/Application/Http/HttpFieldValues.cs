using System.Globalization;
using Fathom.Wire.Registries;

namespace Fathom.Wire.Application.Http;

/// <summary>Says what the parts of a field's value mean: directives by their names, structured fields (RFC 9651) by their types.</summary>
public static class HttpFieldValues
{
    // A value of more parts than these is a list for machines.
    private const int MaximumParts = 64;

    // Field names compare without case (RFC 9110 §5.1), and so do nearly all words in values: where they do not, no two differ by case alone.
    private static readonly Lazy<Dictionary<string, Dictionary<string, string>>> Words = new(static () => RegistryTable.Rows("http-directives.csv")
        .GroupBy(static row => row[0], StringComparer.OrdinalIgnoreCase)
        .ToDictionary(static g => g.Key, static g => g.ToDictionary(static row => row[1], static row => row[2], StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase));

    /// <summary>Explains a value.</summary>
    /// <param name="name">The field's name, in any case.</param>
    /// <param name="value">The value: of all its lines joined for a structured field, else of one line.</param>
    /// <returns>The parts, in order; empty where nothing is known of how this field's values are made.</returns>
    public static IReadOnlyList<HttpValuePart> Explain(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        var words = Words.Value.GetValueOrDefault(name);
        if (HttpFieldRegistry.TryFind(name, out var entry) && entry.StructuredType is { } type)
        {
            var parts = StructuredFieldText.Explain(value, type, out var isValid).Take(MaximumParts);
            return words is null || !isValid ? [.. parts] : [.. parts.Select(p => Known(words, p) is { } meaning ? p with { Meaning = meaning } : p)];
        }

        return words is null ? [] : [.. Split(value).Take(MaximumParts).Select((text, i) => new HttpValuePart(text, Meaning(words, text, i == 0)))];
    }

    private static string? Known(Dictionary<string, string> words, HttpValuePart part)
    {
        var (word, argument) = Cut(part.Text.TrimStart(';', ' '));
        return words.TryGetValue(word, out var meaning) ? Fill(meaning, argument) : null;
    }

    private static string Meaning(Dictionary<string, string> words, string text, bool isFirst)
    {
        if (isFirst && words.TryGetValue("=", out var first)) return first;
        var (word, argument) = Cut(text);
        return words.TryGetValue(word, out var meaning) || words.TryGetValue("*", out meaning) ? Fill(meaning, argument)
            : "nothing that is known here: whoever does not know it ignores it";
    }

    // A directive ends at "=", or at a space as in "Basic realm=…".
    private static (string Word, string Argument) Cut(string text)
    {
        var end = text.AsSpan().IndexOfAny('=', ' ');
        return end < 0 ? (text, "") : (text[..end], text[(end + 1)..].Trim().Trim('"'));
    }

    // Commas and semicolons divide, except inside quotes and, for dates ("Wed, 09 Jun 2027"), behind a weekday.
    private static IEnumerable<string> Split(string value)
    {
        var start = 0;
        var quoted = false;
        for (var i = 0; i < value.Length; i++)
        {
            if (quoted && value[i] == '\\') i++;
            else if (value[i] == '"') quoted = !quoted;
            else if (!quoted && (value[i] == ';' || (value[i] == ',' && !IsWeekday(value.AsSpan(start, i - start)))))
            {
                if (value[start..i].Trim() is { Length: > 0 } part) yield return part;
                start = i + 1;
            }
        }

        if (value[start..].Trim() is { Length: > 0 } last) yield return last;
    }

    private static bool IsWeekday(ReadOnlySpan<char> before)
    {
        var equals = before.LastIndexOf('=');
        return equals >= 0 && before[(equals + 1)..].Trim() is "Mon" or "Tue" or "Wed" or "Thu" or "Fri" or "Sat" or "Sun"
            or "Monday" or "Tuesday" or "Wednesday" or "Thursday" or "Friday" or "Saturday" or "Sunday";
    }

    private static string Fill(string meaning, string argument)
        => meaning.Replace("{s}", Seconds(argument), StringComparison.Ordinal).Replace("{}", argument.Length > 0 ? argument : "(nothing)", StringComparison.Ordinal);

    private static string Seconds(string argument)
    {
        if (argument.Length == 0) return "any time";
        if (!long.TryParse(argument, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)) return $"\"{argument}\" (no number of seconds)";
        var text = FormattableString.Invariant($"{seconds} s");
        (long Length, string One)[] units = [(31_536_000, "year"), (86_400, "day"), (3_600, "hour"), (60, "minute")];
        foreach (var (length, one) in units)
        {
            if (seconds < length) continue;
            var count = seconds / (double)length;
            return string.Create(CultureInfo.InvariantCulture, $"{text} ({count:0.#} {one}{(count is > 0.95 and < 1.05 ? "" : "s")})");
        }

        return text;
    }
}
