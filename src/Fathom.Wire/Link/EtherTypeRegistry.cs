using System.Collections.Frozen;
using System.Globalization;
using Fathom.Wire.Registries;

namespace Fathom.Wire.Link;

/// <summary>Names of EtherTypes, those that Fathom does not read among them (Debian netbase's list).</summary>
public static class EtherTypeRegistry
{
    private static readonly Lazy<FrozenDictionary<ushort, string>> Names = new(static () => RegistryTable.Rows("ethertypes.csv")
        .ToFrozenDictionary(static r => ushort.Parse(r[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), static r => r[1]));

    /// <summary>All entries, by number.</summary>
    public static IEnumerable<KeyValuePair<ushort, string>> All => Names.Value.OrderBy(static e => e.Key);

    /// <summary>The registered name.</summary>
    /// <param name="number">The number, as on the wire.</param>
    /// <returns>The name, or null.</returns>
    public static string? Find(ushort number) => Names.Value.GetValueOrDefault(number);
}
