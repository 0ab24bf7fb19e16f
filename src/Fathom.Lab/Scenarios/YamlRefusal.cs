using System.Globalization;
using YamlDotNet.Core;

namespace Fathom.Lab.Scenarios;

/// <summary>Says of a text that is not YAML where that begins and what was expected: the library speaks of its own scanner.</summary>
internal static class YamlRefusal
{
    private const string DuplicateKey = "Duplicate key ";

    /// <summary>What the library's refusal means to a person.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="refusal">The library's refusal.</param>
    public static ScenarioException Of(string text, YamlException refusal)
    {
        var at = new ScenarioPlace((int)refusal.Start.Line, (int)refusal.Start.Column);
        var reason = refusal.InnerException?.Message ?? refusal.Message;
        if (reason.StartsWith(DuplicateKey, StringComparison.Ordinal)) return new ScenarioException(at, $"'{reason[DuplicateKey.Length..]}' stands here twice: expected each name once");

        // The library names the place where the mapping around it began.
        if (reason.Contains("tab", StringComparison.Ordinal) && FindTab(text) is { } tab) return new ScenarioException(tab, "a tab: YAML is indented with spaces");
        if (reason.Contains("did not find expected key", StringComparison.Ordinal)) return new ScenarioException(at, "this is not YAML: expected a name, a colon and a space (name: value), as far to the right as those beside it");
        if (reason.Contains("quoted scalar", StringComparison.Ordinal)) return new ScenarioException(at, "this is not YAML: the quotation mark that opens here is not closed");
        return new ScenarioException(at, string.Create(CultureInfo.InvariantCulture, $"this is not YAML: {reason}"));
    }

    private static ScenarioPlace? FindTab(string text)
    {
        var line = 0;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            var indentation = content.Length - content.TrimStart(" \t").Length;
            if (content[..indentation].IndexOf('\t') is >= 0 and var column) return new ScenarioPlace(line, column + 1);
        }

        return null;
    }
}
