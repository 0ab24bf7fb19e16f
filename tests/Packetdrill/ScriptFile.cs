using Packetdrill.Language;
using Packetdrill.Playing;

namespace Packetdrill;

/// <summary>Plays a file and says in one line how it went.</summary>
internal static class ScriptFile
{
    // A script of a megabyte is not one that a person wrote.
    private const long MaxLength = 1 << 20;

    /// <summary>Plays a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isExact">Not a microsecond of tolerance.</param>
    /// <param name="traces">Every packet gets a line.</param>
    /// <param name="output">Takes the result.</param>
    /// <param name="complaints">Takes what cannot be read.</param>
    /// <param name="given">Options beside those of the script's head.</param>
    /// <returns>The exit status: 0 passed or not applicable, 1 failed, 2 cannot be read.</returns>
    public static int Play(string path, bool isExact, bool traces, TextWriter output, TextWriter complaints, IReadOnlyList<ScriptOption>? given = null)
    {
        if (!TryRead(path, out var text, out var problem))
        {
            complaints.WriteLine($"{path}: {problem}");
            return 2;
        }

        if (!ScriptParser.TryParse(text, out var script, out var error, given))
        {
            complaints.WriteLine($"{path}: {error}");
            return 2;
        }

        var outcome = ScriptPlayer.Play(script, isExact, traces ? line => output.WriteLine("  " + line) : null);
        var where = outcome.Line > 0 ? $"line {outcome.Line}: " : "";
        output.WriteLine(outcome.Verdict switch
        {
            Verdict.Fail => $"FAIL {path}: {where}{outcome.Detail}",
            Verdict.NotApplicable => $"N/A {path}: {where}{outcome.Detail}",
            _ => $"PASS {path}{Notes(outcome)}",
        });
        return outcome.Verdict == Verdict.Fail ? 1 : 0;
    }

    private static string Notes(Outcome outcome)
    {
        var notes = new List<string>();
        if (outcome.Largest is { } largest) notes.Add($"line {largest.Line} {ScriptText.Milliseconds(largest.By)}; the language allows {ScriptText.Milliseconds(largest.Tolerance).TrimStart('+')}");
        if (outcome.Unchecked.Count > 0) notes.Add($"not looked at: {string.Join(", ", outcome.Unchecked)}");
        return notes.Count == 0 ? "" : $" ({string.Join("; ", notes)})";
    }

    private static bool TryRead(string path, out string text, out string problem)
    {
        text = problem = "";
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxLength }) problem = "longer than a mebioctet";
            else text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem = e.Message;
        }

        return problem.Length == 0;
    }
}
