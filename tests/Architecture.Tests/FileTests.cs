using System.Text.RegularExpressions;

namespace Fathom.Architecture.Tests;

/// <summary>Small files, one type each; a file is found by the name of what is in it.</summary>
public partial class FileTests
{
    // Longer than this a file needs a reason, which would stand here beside its name.
    private const int MostLines = 400;

    private static IEnumerable<string> Sources => Directory.EnumerateDirectories(Repository.Source).SelectMany(static d => Repository.Files(Path.GetFileName(d)!));

    [Fact]
    public void A_file_is_short() => Assert.Empty(Sources.Where(static f => File.ReadLines(f).Count() > MostLines).Select(Name));

    [Fact]
    public void A_file_has_one_type_and_its_name()
    {
        var offenders = new List<string>();
        var count = 0;
        foreach (var file in Sources)
        {
            var types = TypeLine().Matches(File.ReadAllText(file)).Select(static m => m.Groups[1].Value).ToList();
            count += types.Count;
            var stem = Path.GetFileNameWithoutExtension(file).Split('.')[0]; // parts of a type: Type.Part.cs
            if (types.Count > 1 || (types is [var type] && type != stem)) offenders.Add($"{Name(file)}: {string.Join(", ", types)}");
        }

        Assert.True(count > 1000, $"Only {count} types were found.");
        Assert.Empty(offenders);
    }

    private static string Name(string file) => Path.GetRelativePath(Repository.Root, file);

    // A declaration that begins in the first column.
    [GeneratedRegex(@"^(?:(?:public|internal|file|abstract|sealed|static|readonly|ref|partial|unsafe)\s+)+(?:record struct|record class|record|class|struct|interface|enum|delegate\s+\S+)\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeLine();
}
