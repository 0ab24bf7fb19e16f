using System.Diagnostics.CodeAnalysis;
using Fathom.Wire.Registries;

namespace Fathom.Wire.Application.Http;

/// <summary>The IANA HTTP Method Registry (RFC 9110 §16.1).</summary>
public static class HttpMethodRegistry
{
    private static readonly Lazy<HttpMethodEntry[]> Rows = new(static () => [.. RegistryTable.Rows("http-methods.csv").Select(Read)]);

    /// <summary>All methods, in alphabetical order; "*", which is reserved and never sent, is the last.</summary>
    public static IReadOnlyList<HttpMethodEntry> All => Rows.Value;

    /// <summary>Finds a method.</summary>
    /// <param name="name">The name as it is sent, in upper case.</param>
    /// <param name="entry">The row, or null.</param>
    public static bool TryFind(ReadOnlySpan<char> name, [NotNullWhen(true)] out HttpMethodEntry? entry)
    {
        foreach (var row in Rows.Value)
        {
            if (!name.SequenceEqual(row.Name)) continue;
            entry = row;
            return true;
        }

        entry = null;
        return false;
    }

    /// <summary>
    /// True when a request of this method may be repeated without asking (RFC 9110 §9.2.2). An unknown method may not: nobody knows what
    /// repeating it would do.
    /// </summary>
    /// <param name="name">The method.</param>
    public static bool IsIdempotent(ReadOnlySpan<char> name) => TryFind(name, out var entry) && entry.IsIdempotent;

    /// <summary>True when a request of this method asks for no change (RFC 9110 §9.2.1).</summary>
    /// <param name="name">The method.</param>
    public static bool IsSafe(ReadOnlySpan<char> name) => TryFind(name, out var entry) && entry.IsSafe;

    private static HttpMethodEntry Read(string[] cells) => new(
        cells[0],
        cells[1] == "y",
        cells[2] == "y",
        cells[3] switch { "y" => HttpMethodCaching.Cacheable, "e" => HttpMethodCaching.ExplicitOnly, _ => HttpMethodCaching.None },
        cells[4],
        cells[5]);
}
