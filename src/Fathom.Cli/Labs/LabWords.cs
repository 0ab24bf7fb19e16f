using System.CommandLine;
using System.CommandLine.Parsing;
using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Labs;

/// <summary>The words of a command that runs another in a lab: <c>[SCENARIO] -- COMMAND …</c>.</summary>
internal static class LabWords
{
    /// <summary>Behind "--" is the command; without it the first word may be a scenario.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="words">The words of its only argument.</param>
    /// <returns>The scenario, and the command; empty where there is none.</returns>
    public static (string Scenario, IReadOnlyList<string> Line) Split(ParseResult parsed, string[] words)
    {
        var source = parsed.GetValue(LabFlags.Lab) ?? BuiltInScenarios.Default;
        var dash = -1;
        var behind = 0;
        for (var i = 0; i < parsed.Tokens.Count; i++)
        {
            if (dash >= 0) behind++;
            else if (parsed.Tokens[i].Type == TokenType.DoubleDash) dash = i;
        }

        if (dash >= 0) return words.Length > behind ? (words[0], words[^behind..]) : (source, words);
        if (words.Length == 0) return (source, words);
        return BuiltInScenarios.TryGetText(words[0], out _) || ScenarioSource.IsFile(words[0]) ? (words[0], words[1..]) : (source, words);
    }
}
