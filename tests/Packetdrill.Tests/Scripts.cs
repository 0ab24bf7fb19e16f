namespace Packetdrill.Tests;

/// <summary>Where scripts lie.</summary>
internal static class Scripts
{
    /// <summary>The folder with Fathom.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Scripts of our own.</summary>
    public static string Own { get; } = Path.Combine(Root, "tests", "Packetdrill", "scripts");

    /// <summary>Scripts of others, beside the repository; null where they are absent.</summary>
    public static string? Conformance { get; } = FindConformance();

    public static IEnumerable<string> Below(string folder)
        => Directory.EnumerateFiles(folder, "*.pkt", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Fathom.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException("Fathom.slnx is in no folder above the tests.");
    }

    private static string? FindConformance()
    {
        var folder = Path.Combine(Root, "..", "shared", "conformance", "tcp", "packetdrill");
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }
}
