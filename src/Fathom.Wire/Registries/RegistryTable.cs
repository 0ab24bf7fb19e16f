using System.IO.Compression;

namespace Fathom.Wire.Registries;

/// <summary>
/// Reads the facts of a registry (IANA's, IEEE's …) that are embedded in this assembly: files of <c>Registries/Data</c>, by file
/// name. Text is UTF-8, one row a line, cells separated by commas and quoted where they contain one (RFC 4180, without line
/// breaks in a cell). Lines that begin with '#' name the registry and its date. A name that ends in ".gz" is
/// decompressed (GZip, because a browser has no Brotli for programs). Nothing is cached: the caller keeps what it made of the rows.
/// </summary>
internal static class RegistryTable
{
    /// <summary>The rows, cell by cell.</summary>
    /// <param name="name">The file's name in Registries/Data, with its ending.</param>
    /// <exception cref="ArgumentException">There is no such file: a defect of this assembly.</exception>
    public static IEnumerable<string[]> Rows(string name)
    {
        foreach (var line in Lines(name)) yield return Cells(line);
    }

    /// <summary>The lines, without comments and empty ones.</summary>
    /// <param name="name">The file's name in Registries/Data, with its ending.</param>
    public static IEnumerable<string> Lines(string name)
    {
        using var reader = new StreamReader(Open(name));
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#') yield return line;
        }
    }

    /// <summary>The file's octets, decompressed.</summary>
    /// <param name="name">The file's name in Registries/Data, with its ending.</param>
    public static Stream Open(string name)
    {
        var stream = typeof(RegistryTable).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"No registry is embedded as '{name}'.", nameof(name));
        return name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    /// <summary>Splits one line into its cells.</summary>
    /// <param name="line">The line.</param>
    internal static string[] Cells(string line)
    {
        if (!line.Contains('"')) return line.Split(',');
        var cells = new List<string>();
        var cell = new System.Text.StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"')
            {
                if (quoted && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[i++]); // "" inside quotes is one quote
                else quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }

        cells.Add(cell.ToString());
        return [.. cells];
    }
}
