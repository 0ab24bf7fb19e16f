using System.Text.RegularExpressions;

namespace Fathom.Architecture.Tests;

/// <summary>Inside Wire and Stack a layer knows itself and what lies below it, never what lies above; only Encapsulation, Dissection and Explanation know all.</summary>
public partial class LayerTests
{
    private static readonly string[] Order = ["Link", "Internet", "Transport", "Application", "Encapsulation", "Dissection", "Explanation"];

    // Folders that only spread the nested types of one partial type over files.
    private static readonly string[] PartsOfOneType = ["Fathom.Wire.Application.Dns.Data"];

    public static TheoryData<string, string> Forbidden()
    {
        var data = new TheoryData<string, string>();
        for (var lower = 0; lower < Order.Length; lower++)
        {
            for (var upper = lower + 1; upper < Order.Length; upper++) data.Add(Order[lower], Order[upper]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void A_lower_layer_of_Wire_does_not_know_an_upper_one(string lower, string upper)
    {
        var offenders = Repository.Files("Fathom.Wire")
            .Where(f => f.Contains($"/Fathom.Wire/{lower}/", StringComparison.Ordinal))
            .Where(f => CodeOf(f).Contains($"Fathom.Wire.{upper}", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Repository.Root, f));
        Assert.Empty(offenders);
    }

    [Theory]
    [InlineData("Link", "Internet")]
    [InlineData("Link", "Transport")]
    [InlineData("Link", "Application")]
    [InlineData("Internet", "Transport")]
    [InlineData("Internet", "Application")]
    [InlineData("Transport", "Application")]
    public void A_lower_layer_of_the_stack_does_not_know_an_upper_one(string lower, string upper)
    {
        var files = Repository.Files("Fathom.Stack").Where(f => f.Contains($"/Fathom.Stack/{lower}/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        Assert.Empty(files.Where(f => CodeOf(f).Contains($"Fathom.Stack.{upper}", StringComparison.Ordinal)).Select(f => Path.GetRelativePath(Repository.Root, f)));
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var offenders = new List<string>();
        foreach (var project in Directory.EnumerateDirectories(Repository.Source).Select(static d => Path.GetFileName(d)!))
        {
            foreach (var file in Repository.Files(project))
            {
                var folder = Path.GetRelativePath(Repository.Source, Path.GetDirectoryName(file)!).Replace('/', '.');
                if (PartsOfOneType.Contains(folder)) continue;
                if (NamespaceLine().Match(File.ReadAllText(file)) is { Success: true } match && match.Groups[1].Value != folder) offenders.Add($"{file}: {match.Groups[1].Value}");
            }
        }

        Assert.Empty(offenders);
    }

    [Fact]
    public void Only_the_projects_that_are_the_machine_itself_are_exempt_from_host_neutrality()
    {
        var exempt = Directory.EnumerateFiles(Repository.Source, "*.csproj", SearchOption.AllDirectories)
            .Where(static f => File.ReadAllText(f).Contains("<FathomHostNeutral>false", StringComparison.Ordinal))
            .Select(static f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);
        Assert.Equal(["Fathom.Cli", "Fathom.Hosts.Os"], exempt);
    }

    // Who uses the packages imports several of their namespaces into one file.
    [Fact]
    public void A_public_type_has_a_name_of_its_own_among_the_packages()
    {
        var names = Directory.EnumerateDirectories(Repository.Source).Select(static d => Path.GetFileName(d)!).Where(static p => p != "Fathom.Cli")
            .SelectMany(static p => Repository.Files(p))
            .SelectMany(static f => PublicTypeLine().Matches(File.ReadAllText(f)).Select(m => (Name: m.Groups[1].Value, Folder: Path.GetRelativePath(Repository.Source, Path.GetDirectoryName(f)!))))
            .Distinct().GroupBy(static t => t.Name).ToList();
        Assert.NotEmpty(names);
        Assert.Empty(names.Where(static g => g.Count() > 1).Select(static g => $"{g.Key}: {string.Join(", ", g.Select(static t => t.Folder))}"));
    }

    private static string CodeOf(string file) => string.Join('\n', File.ReadLines(file).Where(static l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^public (?:(?:static|sealed|abstract|partial|readonly|ref) )*(?:record struct|record class|record|class|struct|enum|interface) (\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicTypeLine();
}
