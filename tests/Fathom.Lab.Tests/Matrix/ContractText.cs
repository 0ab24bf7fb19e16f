using System.Runtime.CompilerServices;

namespace Fathom.Lab.Tests.Matrix;

/// <summary>The table of causes as docs/check-contract.md has it.</summary>
public static class ContractText
{
    /// <summary>The file's own folder's repository.</summary>
    public static string Repository { get; } = Find();

    /// <summary>The layers of each cause; most have one.</summary>
    public static IReadOnlyDictionary<string, string[]> Layers { get; } = Read();

    /// <summary>The layers of a cause.</summary>
    public static string[] LayerOf(string cause) => Layers[cause];

    private static Dictionary<string, string[]> Read()
    {
        var layers = new Dictionary<string, string[]>();
        foreach (var line in File.ReadLines(Path.Combine(Repository, "docs", "check-contract.md")))
        {
            if (!line.StartsWith("| `", StringComparison.Ordinal)) continue;
            var cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
            if (cells.Length < 3) continue; // exit statuses have two
            foreach (var cause in cells[0].Split(',', StringSplitOptions.TrimEntries)) layers[cause.Trim('`')] = cells[1].Split(',', StringSplitOptions.TrimEntries);
        }

        return layers;
    }

    private static string Find([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
