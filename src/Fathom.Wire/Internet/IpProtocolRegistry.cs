using System.Collections.Frozen;
using System.Globalization;
using Fathom.Wire.Registries;

namespace Fathom.Wire.Internet;

/// <summary>Names of IP protocol numbers, those that Fathom does not read among them (Debian netbase's list).</summary>
public static class IpProtocolRegistry
{
    // A number may have two names (0 is "hopopt" and the pseudo-protocol "ip"): the first one counts. Those above 255 (262, MPTCP) are Linux's own.
    private static readonly Lazy<FrozenDictionary<byte, string>> Names = new(static () => RegistryTable.Rows("ip-protocols.csv")
        .Where(static r => byte.TryParse(r[0], CultureInfo.InvariantCulture, out _))
        .GroupBy(static r => byte.Parse(r[0], CultureInfo.InvariantCulture), static r => r[1])
        .ToFrozenDictionary(static g => g.Key, static g => g.First()));

    /// <summary>All entries, by number.</summary>
    public static IEnumerable<KeyValuePair<byte, string>> All => Names.Value.OrderBy(static e => e.Key);

    /// <summary>The registered keyword.</summary>
    /// <param name="number">The number, as on the wire.</param>
    /// <returns>The keyword, or null.</returns>
    public static string? Find(byte number) => Names.Value.GetValueOrDefault(number);
}
