using Fathom.Wire.Registries;

namespace Fathom.Wire.Internet;

/// <summary>
/// What IANA's registries say of an address. Each registry is read when it is first asked; the data's dates are in
/// <c>Registries/Data</c>. Special-purpose registries: as of 2026-07-27.
/// </summary>
public static class AddressRegistry
{
    private static readonly Lazy<PrefixTable<SpecialPurposeBlock>> Special = new(static () => Table(
        ((string[])["iana-ipv4-special.csv", "iana-ipv6-special.csv"]).SelectMany(RegistryTable.Rows).Select(ReadSpecial), static b => b.Prefix));

    private static readonly Lazy<PrefixTable<AddressBlock>> Space = new(static () => Table(ReadSpace(), static b => b.Prefix));

    // Of ranges within ranges the smallest is meant; the registries have some hundreds and few people ask for many.
    private static readonly Lazy<MulticastGroup[]> MulticastV4 = new(static () => Groups("iana-ipv4-multicast.csv"));

    private static readonly Lazy<MulticastGroup[]> MulticastV6 = new(static () => Groups("iana-ipv6-multicast.csv"));

    /// <summary>All blocks of both special-purpose registries, IPv4 first, by address.</summary>
    public static IReadOnlyList<SpecialPurposeBlock> SpecialPurpose => [.. Special.Value.Entries.Select(static e => e.Value)];

    /// <summary>The special-purpose block that an address is in, the longest of several; null for an ordinary address.</summary>
    /// <param name="address">The address.</param>
    public static SpecialPurposeBlock? FindSpecialPurpose(IpAddress address) => Special.Value.TryFind(address, out _, out var block) ? block : null;

    /// <summary>Who the address space around an address was given to; null where no registry says.</summary>
    /// <param name="address">The address.</param>
    public static AddressBlock? FindAllocation(IpAddress address) => Space.Value.TryFind(address, out _, out var block) ? block : null;

    /// <summary>The registered multicast group or block; null where there is none. Of the IPv6 groups those are known that networks of today show.</summary>
    /// <param name="address">The address.</param>
    public static MulticastGroup? FindMulticast(IpAddress address)
        => !address.IsMulticast ? null : (address.IsV6 ? MulticastV6 : MulticastV4).Value.FirstOrDefault(g => g.Range.First.Value <= address.Value && address.Value <= g.Range.Last.Value);

    private static PrefixTable<T> Table<T>(IEnumerable<T> rows, Func<T, IpPrefix> prefixOf)
        => new(rows.Select(r => KeyValuePair.Create(prefixOf(r), r)));

    private static SpecialPurposeBlock ReadSpecial(string[] c) => new(
        Prefix(c[0]), c[1], Spaced(c[2]), c[3], c[4].Length > 0 ? c[4] : null, Flag(c[5]), Flag(c[6]), Flag(c[7]), Flag(c[8]), Flag(c[9]));

    // The registries write "RFC1918".
    private static string Spaced(string reference) => reference.Replace("RFC", "RFC ", StringComparison.Ordinal).Replace("RFC  ", "RFC ", StringComparison.Ordinal);

    private static bool? Flag(string cell) => cell switch { "y" => true, "n" => false, _ => null };

    private static IEnumerable<AddressBlock> ReadSpace()
    {
        foreach (var c in RegistryTable.Rows("iana-ipv4-space.csv")) yield return new AddressBlock(Prefix(c[0]), c[1], c[4], c[2], c[3], "IANA IPv4 Address Space Registry, 2023-12-18");
        foreach (var c in RegistryTable.Rows("iana-ipv6-space.csv")) yield return new AddressBlock(Prefix(c[0]), c[1], string.Empty, string.Empty, string.Empty, "IANA IPv6 Address Space, 2019-09-13");
        foreach (var c in RegistryTable.Rows("iana-ipv6-unicast.csv")) yield return new AddressBlock(Prefix(c[0]), c[1], c[4], c[2], c[3], "IANA IPv6 Global Unicast Assignments, 2019-11-06");
    }

    private static MulticastGroup[] Groups(string file) => [.. RegistryTable.Rows(file).SelectMany(EveryScope).Select(ReadMulticast).OrderBy(static g => g.Range.Count)];

    // RFC 4291 §2.7: "ff0x::101" is the same group in each scope; 0 and f are reserved.
    private static IEnumerable<string[]> EveryScope(string[] c)
        => !c[0].StartsWith("ff0x", StringComparison.Ordinal) ? [c] : Enumerable.Range(1, 14).Select(scope => (string[])[string.Create(System.Globalization.CultureInfo.InvariantCulture, $"ff0{scope:x}{c[0][4..]}"), .. c[1..]]);

    private static MulticastGroup ReadMulticast(string[] c)
    {
        var text = c[0].Contains('-') ? c[0] : c[0] + "-" + c[0];
        return IpRange.TryParse(text, out var range, out var error) ? new MulticastGroup(range, c[1], c[2], Spaced(c[3])) : throw new FormatException($"{text}: {error}");
    }

    private static IpPrefix Prefix(string text) => IpPrefix.TryParse(text, out var prefix, out var error) ? prefix : throw new FormatException($"{text}: {error}");
}
