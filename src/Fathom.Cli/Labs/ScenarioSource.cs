using System.Diagnostics.CodeAnalysis;
using Fathom.Diagnosis.Targets;
using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Labs;

/// <summary>Finds a scenario by what a user writes: a name that is always there, or a file.</summary>
internal static class ScenarioSource
{
    /// <summary>The name is one of a scenario's file.</summary>
    /// <param name="name">The name.</param>
    public static bool IsFile(string name) => name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal);

    /// <summary>Finds and reads it.</summary>
    /// <param name="name">The name or the file.</param>
    /// <param name="scenario">The scenario, or null.</param>
    /// <param name="reason">Why not, beginning with the name.</param>
    public static bool TryRead(string name, [NotNullWhen(true)] out Scenario? scenario, out string reason)
    {
        scenario = null;
        reason = string.Empty;
        if (!BuiltInScenarios.TryGetText(name, out var text))
        {
            if (!IsFile(name))
            {
                reason = $"{name}: there is no such scenario; there are {string.Join(", ", BuiltInScenarios.Names)}, and files that end in .yaml";
                return false;
            }

            try
            {
                text = ReadFile(name);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                reason = $"{name}: {e.Message}";
                return false;
            }
        }

        if (!ScenarioReader.TryRead(text, out var read, out var error))
        {
            reason = $"{name}: {error}";
            return false;
        }

        // The lab knows nothing of what is checked; what is inherited was read already.
        if (read.TargetAt != default && !CheckTargetParser.TryParse(read.Target, out _, out var why))
        {
            reason = $"{name}: {new ScenarioError(read.TargetAt.Line, read.TargetAt.Column, $"target: {why}")}";
            return false;
        }

        scenario = read;
        return true;
    }

    // One character more than may be read, so that what is too long is seen to be: what the name leads to need not have an end.
    private static string ReadFile(string name)
    {
        using var reader = new StreamReader(name);
        var characters = new char[ScenarioReader.MaximumLength + 1];
        return new string(characters, 0, reader.ReadBlock(characters));
    }
}
