using System.Diagnostics.CodeAnalysis;
using Fathom.Wire.Registries;

namespace Fathom.Wire.Application.Http;

/// <summary>The IANA HTTP Field Name Registry (RFC 9110 §16.3).</summary>
public static class HttpFieldRegistry
{
    private static readonly Lazy<HttpFieldEntry[]> Rows = new(static () => [.. RegistryTable.Rows("http-fields.csv").Select(Read)]);

    private static readonly Lazy<Dictionary<string, HttpFieldEntry>> Index = new(static () => Rows.Value.ToDictionary(static e => e.Name, StringComparer.OrdinalIgnoreCase));

    /// <summary>All names, in alphabetical order.</summary>
    public static IReadOnlyList<HttpFieldEntry> All => Rows.Value;

    /// <summary>Finds a field.</summary>
    /// <param name="name">The name, in any case (RFC 9110 §5.1).</param>
    /// <param name="entry">The row, or null.</param>
    public static bool TryFind(ReadOnlySpan<char> name, [NotNullWhen(true)] out HttpFieldEntry? entry)
        => Index.Value.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out entry);

    private static HttpFieldEntry Read(string[] cells) => new(
        cells[0],
        cells[1] switch { "p" => HttpFieldStatus.Permanent, "v" => HttpFieldStatus.Provisional, "d" => HttpFieldStatus.Deprecated, "o" => HttpFieldStatus.Obsoleted, _ => HttpFieldStatus.Unknown },
        cells[2] switch { "i" => StructuredFieldType.Item, "l" => StructuredFieldType.List, "d" => StructuredFieldType.Dictionary, _ => null },
        cells[3],
        cells[4]);
}
