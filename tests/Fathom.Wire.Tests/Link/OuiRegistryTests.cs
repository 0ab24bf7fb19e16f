using Fathom.Wire.Link;
using Fathom.Wire.Registries;
using Fathom.Wire.Tests.Dissection;

namespace Fathom.Wire.Tests.Link;

public class OuiRegistryTests
{
    [Fact]
    public void Every_row_of_the_listing_is_found_by_its_last_address()
    {
        var path = Path.Combine(ConformancePackets.Require(), "..", "registries", "ieee-oui.csv");
        Assert.SkipUnless(File.Exists(path), "ieee-oui.csv is not in the shared conformance data.");
        var rows = File.ReadLines(path).Skip(1).Select(RegistryTable.Cells).ToArray();
        Assert.Equal(51_888, rows.Length);
        Assert.Equal(rows.Select(static r => r[0]).Distinct().Count(), OuiRegistry.Count);
        var longest = rows.Select(static r => r[0]).ToHashSet();
        foreach (var row in rows)
        {
            var mac = MacAddress.FromValue(Convert.ToUInt64(row[0].PadRight(12, 'F'), 16));
            // A longer assignment may lie at the end of a shorter one: then that one is the answer.
            var expected = longest.Contains(Hex(mac)[..9]) ? 36 : longest.Contains(Hex(mac)[..7]) ? 28 : 24;
            var found = OuiRegistry.Find(mac)!;
            Assert.Equal(expected, found.Length);
            if (4 * row[0].Length == expected) Assert.Contains(string.Join(' ', row[1].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), found.Organization, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_prefix_finds_only_what_it_is_long_enough_for()
    {
        Assert.Equal(("MA-L", "00:00:5e"), (OuiRegistry.Find(MacAddress.FromValue(0x00005E005301))!.Kind, OuiRegistry.Find(MacAddress.FromValue(0x00005E005301))!.PrefixText));
        Assert.Null(OuiRegistry.Find(MacAddress.FromValue(0x0200_0000_0001)));
        Assert.Equal(24, OuiRegistry.Find(MacAddress.FromValue(0x00005E000000), digits: 6)!.Length);
    }

    private static string Hex(MacAddress mac) => mac.ToText(MacNotation.Bare).ToUpperInvariant();
}
