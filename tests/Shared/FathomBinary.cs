
namespace Fathom.Testing;

/// <summary>
/// The built `fathom` that is tested: FATHOM_BIN (a file, which must exist then), else what this repository built
/// last under artifacts/.
/// </summary>
internal static class FathomBinary
{
    private const string Variable = "FATHOM_BIN";

    /// <summary>A folder or program that every user may enter or run, and only root may change.</summary>
    internal const UnixFileMode ReadableByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static readonly string[] Candidates =
    [
        "artifacts/bin/Fathom.Cli/debug/fathom",
        "artifacts/bin/Fathom.Cli/release/fathom",
        "artifacts/publish/Fathom.Cli/release_linux-x64/fathom",
        "artifacts/publish/Fathom.Cli/release/fathom",
    ];

    /// <summary>The program, or null where none was built.</summary>
    public static string? File { get; } = Find();

    /// <summary>The folder that holds Fathom.slnx.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Skips the running test where there is nothing to test.</summary>
    public static void SkipIfAbsent() =>
        Assert.SkipWhen(File is null, $"fathom is not built: set {Variable}, or build src/Fathom.Cli.");

    /// <summary>
    /// A copy that every user may read and run. A program under a home folder is out of reach for uid 65534; its
    /// managed assemblies, if it is not one native file, lie beside it.
    /// </summary>
    public static string CopyTo(string folder)
    {
        var source = File ?? throw new InvalidOperationException("fathom is not built.");
        Directory.CreateDirectory(folder);
        var isManaged = System.IO.File.Exists(source + ".dll");
        var files = isManaged ? Directory.GetFiles(Path.GetDirectoryName(source)!) : [source];
        foreach (var file in files)
        {
            var copy = Path.Combine(folder, Path.GetFileName(file));
            System.IO.File.Copy(file, copy, overwrite: true);
            System.IO.File.SetUnixFileMode(copy, ReadableByAll);
        }

        return Path.Combine(folder, Path.GetFileName(source));
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return System.IO.File.Exists(given)
                ? Path.GetFullPath(given)
                : throw new InvalidOperationException($"{Variable} names {given}, which does not exist.");
        }

        return Candidates.Select(candidate => Path.Combine(FindRepository(), candidate)).FirstOrDefault(System.IO.File.Exists);
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(folder, "Fathom.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No Fathom.slnx above the tests.");
        }

        return folder;
    }
}
