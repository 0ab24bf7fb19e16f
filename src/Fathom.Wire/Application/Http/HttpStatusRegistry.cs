using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Fathom.Wire.Registries;

namespace Fathom.Wire.Application.Http;

/// <summary>The IANA HTTP Status Code Registry (RFC 9110 §16.2).</summary>
public static class HttpStatusRegistry
{
    private static readonly Lazy<HttpStatusEntry[]> Rows = new(static () => [.. RegistryTable.Rows("http-status-codes.csv").Select(Read)]);

    /// <summary>All codes, in ascending order.</summary>
    public static IReadOnlyList<HttpStatusEntry> All => Rows.Value;

    /// <summary>Finds a code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="entry">The row, or null.</param>
    public static bool TryFind(int code, [NotNullWhen(true)] out HttpStatusEntry? entry)
    {
        entry = Array.Find(Rows.Value, row => row.Code == code);
        return entry is not null;
    }

    /// <summary>The registered phrase, or an empty one.</summary>
    /// <param name="code">The code.</param>
    public static string Phrase(int code) => TryFind(code, out var entry) ? entry.Phrase : "";

    /// <summary>The class, also of a code that is not registered.</summary>
    /// <param name="code">The code.</param>
    public static HttpStatusClass ClassOf(int code) => code is >= 100 and < 600 ? (HttpStatusClass)(code / 100) : HttpStatusClass.None;

    private static HttpStatusEntry Read(string[] cells) => new(
        int.Parse(cells[0], CultureInfo.InvariantCulture),
        cells[1],
        cells[2],
        cells[3] switch { "c" => HttpRetry.Changed, "l" => HttpRetry.Later, "o" => HttpRetry.NewConnection, "x" => HttpRetry.Useless, _ => HttpRetry.Unneeded },
        cells[4],
        cells[5]);
}
