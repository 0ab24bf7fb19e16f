using System.Diagnostics.CodeAnalysis;

namespace Fathom.Lab.Scenarios;

/// <summary>The scenarios that are always there.</summary>
public static class BuiltInScenarios
{
    /// <summary>The scenario that is used where none is named.</summary>
    public const string Default = "internet";

    /// <summary>The scenario that one's own begins with: small, and with comments.</summary>
    public const string Starter = "pair";

    private const string Suffix = ".yaml";

    /// <summary>Their names, in order.</summary>
    public static IReadOnlyList<string> Names
        => [.. typeof(BuiltInScenarios).Assembly.GetManifestResourceNames().Where(static n => n.EndsWith(Suffix, StringComparison.Ordinal)).Select(static n => n[..^Suffix.Length]).Order(StringComparer.Ordinal)];

    /// <summary>The text of one, as a file would hold it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">The YAML, or null.</param>
    public static bool TryGetText(string name, [NotNullWhen(true)] out string? text)
    {
        using var stream = typeof(BuiltInScenarios).Assembly.GetManifestResourceStream(name + Suffix);
        text = null;
        if (stream is null) return false;
        using var reader = new StreamReader(stream);
        text = reader.ReadToEnd();
        return true;
    }

    /// <summary>Reads one.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Scenario Get(string name)
        => TryGetText(name, out var text) && ScenarioReader.TryRead(text, out var scenario, out var error)
            ? scenario
            : throw new ArgumentException($"There is no scenario '{name}'.", nameof(name));
}
