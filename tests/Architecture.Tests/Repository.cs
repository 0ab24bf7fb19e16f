namespace Fathom.Architecture.Tests;

/// <summary>The tree that the tests look at.</summary>
internal static class Repository
{
    /// <summary>The folder with Fathom.slnx.</summary>
    public static string Root { get; } = Find();

    public static string Source => Path.Combine(Root, "src");

    /// <summary>All C# files of a project, generated ones excluded.</summary>
    public static IEnumerable<string> Files(string project) => Directory.EnumerateFiles(Path.Combine(Source, project), "*.cs", SearchOption.AllDirectories);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Fathom.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException("Fathom.slnx is in no folder above the tests.");
    }
}
