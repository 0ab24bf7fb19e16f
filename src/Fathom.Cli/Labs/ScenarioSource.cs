using System.Diagnostics.CodeAnalysis;
using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Labs;

/// <summary>Finds a scenario by what a user writes: a name that is always there, or a file.</summary>
internal static class ScenarioSource
{
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
            if (!name.EndsWith(".yaml", StringComparison.Ordinal) && !name.EndsWith(".yml", StringComparison.Ordinal))
            {
                reason = $"{name}: there is no such scenario; there are {string.Join(", ", BuiltInScenarios.Names)}, and files that end in .yaml";
                return false;
            }

            try
            {
                text = File.ReadAllText(name);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                reason = $"{name}: {e.Message}";
                return false;
            }
        }

        if (ScenarioReader.TryRead(text, out var read, out var error))
        {
            scenario = read;
            return true;
        }

        reason = $"{name}: {error}";
        return false;
    }
}
