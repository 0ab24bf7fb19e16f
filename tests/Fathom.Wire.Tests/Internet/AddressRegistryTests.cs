using Fathom.Wire.Internet;
using Fathom.Wire.Registries;
using Fathom.Wire.Tests.Dissection;

namespace Fathom.Wire.Tests.Internet;

public class AddressRegistryTests
{
    [Theory]
    [InlineData("192.0.0.9", "192.0.0.9/32")] // longest prefix wins
    [InlineData("192.0.0.200", "192.0.0.0/24")]
    [InlineData("10.1.2.3", "10.0.0.0/8")]
    [InlineData("255.255.255.255", "255.255.255.255/32")]
    [InlineData("2001:db8::1", "2001:db8::/32")]
    [InlineData("2001:1::1", "2001:1::1/128")]
    [InlineData("2001:5::1", "2001::/23")]
    [InlineData("8.8.8.8", null)]
    [InlineData("2a00::1", null)]
    public void The_longest_block_counts(string address, string? block) => Assert.Equal(block, AddressRegistry.FindSpecialPurpose(IpAddress.Parse(address))?.Prefix.ToString());

    [Theory]
    [InlineData("iana-ipv4-special-registry.csv", 26)]
    [InlineData("iana-ipv6-special-registry.csv", 25)]
    public void Every_block_of_the_registry_is_known_as_it_stands_there(string file, int count)
    {
        var rows = Rows(file);
        Assert.Equal(count, rows.Count);
        foreach (var row in rows)
        {
            Assert.True(IpPrefix.TryParse(row[0], out var prefix));
            var block = Assert.Single(AddressRegistry.SpecialPurpose, b => b.Prefix == prefix);
            Assert.Equal(row[1].Trim('"'), block.Name);
            Assert.Equal(row[2].Replace("RFC ", "RFC", StringComparison.Ordinal), block.Reference.Replace("RFC ", "RFC", StringComparison.Ordinal));
            Assert.Equal(row[4].Length > 0 ? row[4] : null, block.Terminated);
            Assert.Equal(row[5..10].Select(static c => c switch { "True" => (bool?)true, "False" => false, _ => null }), [block.Source, block.Destination, block.Forwardable, block.GloballyReachable, block.ReservedByProtocol]);
        }
    }

    [Theory]
    [InlineData("iana-ipv4-address-space.csv")]
    [InlineData("iana-ipv6-address-space.csv")]
    [InlineData("iana-ipv6-unicast-assignments.csv")]
    public void Every_allocation_is_known(string file)
    {
        var rows = Rows(file);
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            Assert.True(IpPrefix.TryParse(row[0], out var prefix));
            var found = AddressRegistry.FindAllocation(prefix.Last)!;
            // The end of a block may itself be given to somebody: the longest counts.
            if (found.Prefix == prefix) Assert.Equal(row[1], found.Designation);
            else Assert.True(prefix.Contains(found.Prefix), $"{prefix}: {found.Prefix}");
        }
    }

    [Fact]
    public void Every_multicast_group_is_known()
    {
        foreach (var row in Rows("iana-ipv4-multicast.csv").Where(static r => !r[0].Contains('-')))
            Assert.Equal(row[1], AddressRegistry.FindMulticast(IpAddress.Parse(row[0]))?.Description);
        Assert.Equal("Organization-Local Scope", AddressRegistry.FindMulticast(IpAddress.Parse("239.1.2.3"))?.Description);
        Assert.Null(AddressRegistry.FindMulticast(IpAddress.LoopbackV4));
    }

    // RFC 4291 §2.7.1, RFC 5340, RFC 2080, RFC 7868, RFC 7761, RFC 3810, RFC 6762, RFC 8415, RFC 4795; one name in every scope (RFC 4291 §2.7).
    [Theory]
    [InlineData("ff01::1", "All Nodes")]
    [InlineData("ff02::1", "All Nodes")]
    [InlineData("ff02::2", "All Routers")]
    [InlineData("ff05::2", "All Routers")]
    [InlineData("ff02::5", "OSPF Routers")]
    [InlineData("ff02::6", "OSPF Designated Routers")]
    [InlineData("ff02::9", "RIP Routers")]
    [InlineData("ff02::a", "EIGRP Routers")]
    [InlineData("ff02::d", "All PIM Routers")]
    [InlineData("ff02::16", "All MLDv2-capable Routers")]
    [InlineData("ff02::fb", "Multicast DNS")]
    [InlineData("ff05::fb", "Multicast DNS")]
    [InlineData("ff02::1:2", "All DHCP Relay Agents and Servers")]
    [InlineData("ff05::1:3", "All DHCP Servers")]
    [InlineData("ff02::1:3", "Link-Local Multicast Name Resolution (LLMNR)")]
    [InlineData("ff0e::101", "Network Time Protocol (NTP)")]
    [InlineData("ff02::1:ff9a:bcde", "Solicited-Node")]
    [InlineData("ff02::1:fe9a:bcde", null)]
    [InlineData("ff12::1", null)]
    [InlineData("fe80::1", null)]
    public void IPv6_groups_have_names(string address, string? name) => Assert.Equal(name, AddressRegistry.FindMulticast(IpAddress.Parse(address))?.Description);

    private static List<string[]> Rows(string file)
    {
        var path = Path.Combine(ConformancePackets.Require(), "..", "registries", file);
        Assert.SkipUnless(File.Exists(path), $"{file} is not in the shared conformance data.");
        return [.. File.ReadLines(path).Skip(1).Where(static l => l.Length > 0).Select(RegistryTable.Cells)];
    }
}
