namespace Fathom.Architecture.Tests;

/// <summary>What a package's README shows compiles and runs: its lines stand, in their order, in a test.</summary>
public class PackageReadmeTests
{
    /// <summary>The packages that somebody begins with.</summary>
    private static readonly string[] First = ["Fathom.Wire", "Fathom.Stack", "Fathom.Hosts", "Fathom.Probes", "Fathom.Lab"];

    public static TheoryData<string> Packages()
        => [.. Directory.EnumerateDirectories(Repository.Source).Where(static d => File.Exists(Path.Combine(d, "README.md"))).Select(static d => Path.GetFileName(d)!).Union(First).Order()];

    [Theory]
    [MemberData(nameof(Packages))]
    public void What_a_readme_shows_is_run_by_a_test(string package)
    {
        var snippets = Snippets(File.ReadAllLines(Path.Combine(Repository.Source, package, "README.md"))).ToList();
        Assert.NotEmpty(snippets);
        var tests = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText).Where(text => text.Contains($"README of {package}", StringComparison.Ordinal)).Select(static text => Lines(text.Split('\n'))).ToList();
        foreach (var snippet in snippets)
        {
            // The test that has the most of them, so that a failure names the line that differs.
            var missing = tests.Select(lines => FirstMissing(snippet, lines)).OrderByDescending(static m => m?.At ?? int.MaxValue).FirstOrDefault();
            Assert.True(tests.Count > 0 && missing is null, $"{package}/README.md, no test that says 'README of {package}' has: {missing?.Line}");
        }
    }

    private static (int At, string Line)? FirstMissing(List<string> snippet, List<string> test)
    {
        var from = 0;
        for (var i = 0; i < snippet.Count; i++)
        {
            from = test.IndexOf(snippet[i], from) + 1;
            if (from == 0) return (i, snippet[i]);
        }

        return null;
    }

    private static IEnumerable<List<string>> Snippets(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i] != "```csharp") continue;
            var end = Array.IndexOf(lines, "```", i);
            yield return Lines(lines[(i + 1)..end]);
            i = end;
        }
    }

    private static List<string> Lines(IEnumerable<string> lines) => [.. lines.Select(static l => l.Trim()).Where(static l => l.Length > 0)];
}
