using System.Text.RegularExpressions;

namespace Fathom.Architecture.Tests;

/// <summary>What the documents for developers name is there.</summary>
public partial class DocumentTests
{
    private static readonly string[] Folders = ["src", "tests", "examples", "bench", "tools"];

    public static TheoryData<string> Documents()
        => [.. new[] { "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md" }.Concat(Directory.EnumerateFiles(Repository.Source, "README.md", SearchOption.AllDirectories).Select(static f => Path.GetRelativePath(Repository.Root, f))).Order()];

    [Theory]
    [MemberData(nameof(Documents))]
    public void What_a_document_names_is_in_the_sources(string document)
    {
        var quoted = Quoted().Matches(File.ReadAllText(Path.Combine(Repository.Root, document))).Select(static m => m.Groups[1].Value).ToList();
        var names = quoted.SelectMany(static q => Name().Matches(q).Select(static m => m.Value)).Distinct().ToList();
        Assert.DoesNotContain(names, static n => !Words.Value.Contains(n));
        Assert.DoesNotContain(quoted, static q => Folders.Any(f => q.StartsWith(f + "/", StringComparison.Ordinal)) && PathOnly().IsMatch(q) && !Path.Exists(Path.Combine(Repository.Root, q)));
    }

    private static readonly Lazy<HashSet<string>> Words = new(static () =>
    [
        .. Folders.SelectMany(static f => Directory.EnumerateFiles(Path.Combine(Repository.Root, f), "*", SearchOption.AllDirectories))
            .Where(static f => Path.GetExtension(f) is ".cs" or ".csproj" or ".props" or ".targets")
            .SelectMany(static f => Word().Matches(File.ReadAllText(f)).Select(static m => m.Value)),
    ]);

    [GeneratedRegex(@"`([^`\n]+)`")]
    private static partial Regex Quoted();

    // A name of C#: words that begin with capitals, more than one.
    [GeneratedRegex(@"\b[A-Z][a-z]+(?:[A-Z0-9][a-z0-9]*)+\b")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[\w./-]+$")]
    private static partial Regex PathOnly();

    [GeneratedRegex(@"[A-Za-z_]\w+")]
    private static partial Regex Word();
}
