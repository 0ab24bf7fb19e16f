using System.Globalization;
using System.Text;

namespace Fathom.Course;

/// <summary>Writes the table of what this run proved to artifacts/course/course.md. docs/course.md is the copy of a whole run.</summary>
public sealed class CourseReport : IDisposable
{
    /// <summary>Writes the table.</summary>
    public void Dispose()
    {
        var folder = Path.Combine(FathomBinary.Repository, "artifacts", "course");
        Directory.CreateDirectory(folder);
        var table = Table(Subjects.IsProven);
        File.WriteAllText(Path.Combine(folder, "course.md"), table);
        Console.WriteLine(table.Split('\n').First(static l => l.StartsWith("**", StringComparison.Ordinal)).Trim('*'));
    }

    /// <summary>The table, with a mark where a file of the kind was proven.</summary>
    /// <param name="isProven">Told the kind, "example" or "command", and the file's name without extension.</param>
    internal static string Table(Func<string, string, bool> isProven)
    {
        var text = new StringBuilder("# The course\n\nMade by `tests/Course`: every example and every command below was run, and printed what its transcript says.\n\n");
        var (examples, commands) = (0, 0);
        var rows = new StringBuilder();
        for (var number = 1; number <= Subjects.Names.Count; number++)
        {
            var prefix = number.ToString("00", CultureInfo.InvariantCulture) + "-";
            var example = Proven("example", Subjects.ExampleFiles, prefix, isProven);
            var command = Proven("command", Subjects.CommandFiles, prefix, isProven);
            if (example.Count > 0) examples++;
            if (command.Count > 0) commands++;
            rows.Append(CultureInfo.InvariantCulture, $"| {number} | {Subjects.Names[number - 1]} | {Links(example, "../examples/", ".cs")} | {Links(command, "../tests/Course/Commands/", ".txt")} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"**{examples} of {Subjects.Names.Count} examples, {commands} of {Subjects.Names.Count} commands**\n\n");
        return text.Append("| # | subject | example | command |\n|---|---|---|---|\n").Append(rows).ToString();
    }

    private static List<string> Proven(string kind, IReadOnlyList<string> files, string prefix, Func<string, string, bool> isProven)
        => [.. files.Select(static f => Path.GetFileNameWithoutExtension(f)).Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && isProven(kind, n))];

    private static string Links(List<string> names, string folder, string extension)
        => names.Count == 0 ? "–" : string.Join(", ", names.Select(n => $"[{n}]({folder}{n}{extension})"));
}
