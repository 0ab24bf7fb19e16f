using System.Numerics;
using CsCheck;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Tests.Internet;

public class IpPrefixArithmeticTests
{
    // Prefixes that lie near each other, so that they meet; of both versions.
    private static readonly Gen<IpPrefix> Near = Gen.Select(Gen.UInt[0, 255], Gen.Int[24, 32], Gen.Bool).Select(static (low, length, isV6) => isV6
        ? new IpPrefix(IpAddress.FromV6(((UInt128)0x2001_0DB8 << 96) | low), length + 96)
        : new IpPrefix(IpAddress.FromV4(0xC000_0200 | low), length));

    private static IpPrefix P(string text) => IpPrefix.TryParse(text, out var prefix, out var error) ? prefix : throw new FormatException(error.ToString());

    [Theory]
    [InlineData("192.0.2.5/24", AddressErrorKind.HostBits)]
    [InlineData("192.0.2.0", AddressErrorKind.PrefixLength)]
    [InlineData("192.0.2.0/33", AddressErrorKind.PrefixLength)]
    [InlineData("192.0.2.0/024", AddressErrorKind.PrefixLength)]
    [InlineData("192.0.2/24", AddressErrorKind.TooFewParts)]
    [InlineData("fe80::%1/64", AddressErrorKind.Zone)]
    public void A_prefix_is_refused_with_the_reason(string text, AddressErrorKind kind)
    {
        Assert.False(IpPrefix.TryParse(text, out _, out var error));
        Assert.Equal(kind, error.Kind);
    }

    [Theory]
    [InlineData("192.0.2.10/24", "192.0.2.0/24")]
    [InlineData("192.0.2.10/255.255.255.0", "192.0.2.0/24")]
    [InlineData("192.0.2.10/0.0.0.255", "192.0.2.0/24")]
    [InlineData("192.0.2.10/255.255.255.255", "192.0.2.10/32")]
    [InlineData("192.0.2.10/0.0.0.0", "0.0.0.0/0")]
    [InlineData("2001:db8::1/64", "2001:db8::/64")]
    public void An_interface_address_keeps_its_host_bits(string text, string prefix)
    {
        Assert.True(IpPrefix.TryParseInterface(text, out var address, out var parsed, out _));
        Assert.Equal(prefix, parsed.ToString());
        Assert.Equal(text[..text.IndexOf('/')], address.ToString());
    }

    [Fact]
    public void A_mask_with_holes_is_refused()
    {
        Assert.False(IpPrefix.TryParseInterface("192.0.2.1/255.0.255.0", out _, out _, out var error));
        Assert.Equal((AddressErrorKind.Netmask, 10), (error.Kind, error.Position));
    }

    [Theory]
    [InlineData("192.0.2.0/24", IpHostRule.NetworkAndBroadcast, "192.0.2.1", "192.0.2.254", 254)]
    [InlineData("192.0.2.0/30", IpHostRule.NetworkAndBroadcast, "192.0.2.1", "192.0.2.2", 2)]
    [InlineData("192.0.2.0/31", IpHostRule.PointToPoint, "192.0.2.0", "192.0.2.1", 2)]
    [InlineData("192.0.2.7/32", IpHostRule.SingleAddress, "192.0.2.7", "192.0.2.7", 1)]
    [InlineData("2001:db8::/126", IpHostRule.SubnetRouterAnycast, "2001:db8::1", "2001:db8::3", 3)]
    [InlineData("2001:db8::/127", IpHostRule.PointToPoint, "2001:db8::", "2001:db8::1", 2)]
    public void Hosts_follow_the_rule_of_the_length(string prefix, IpHostRule rule, string first, string last, int count)
        => Assert.Equal(new IpHosts(IpAddress.Parse(first), IpAddress.Parse(last), count, rule), IpHosts.Of(P(prefix)));

    [Theory]
    [InlineData("192.0.2.1/24", true)]
    [InlineData("192.0.2.0/31", true)]
    [InlineData("192.0.2.1/31", true)]
    [InlineData("192.0.2.255/32", true)]
    [InlineData("192.0.2.255/16", true)]
    [InlineData("2001:db8::1/64", true)]
    [InlineData("2001:db8::/127", true)]
    [InlineData("192.0.2.0/24", false)]
    [InlineData("192.0.2.255/24", false)]
    [InlineData("255.255.255.255/32", false)]
    [InlineData("0.0.0.0/24", false)]
    [InlineData("0.1.2.3/8", false)]
    [InlineData("127.0.0.1/8", false)]
    [InlineData("224.0.0.1/24", false)]
    [InlineData("240.0.0.1/24", false)]
    [InlineData("::/64", false)]
    [InlineData("::1/128", false)]
    [InlineData("ff02::1/64", false)]
    [InlineData("::ffff:192.0.2.1/120", false)]
    public void What_no_host_can_have_on_a_link_is_told(string text, bool isHosts)
    {
        // RFC 1122 §3.2.1.3, RFC 3021, RFC 4291 §2.5 and §2.7.
        Assert.True(IpPrefix.TryParseInterface(text, out var address, out var prefix, out _));
        Assert.Equal(isHosts, IpHosts.WhyNobodys(address, prefix) is null);
    }

    [Fact]
    public void Counts_reach_beyond_128_bits()
    {
        Assert.Equal(BigInteger.Pow(2, 128), P("::/0").Count);
        Assert.Equal(BigInteger.Pow(2, 128) - 1, IpHosts.Of(P("::/0")).Count);
        Assert.Equal(P("::/0"), Assert.Single(new IpRange(IpAddress.AnyV6, IpAddress.FromV6(UInt128.MaxValue)).ToPrefixes()));
        Assert.Equal(P("0.0.0.0/0"), Assert.Single(new IpRange(IpAddress.AnyV4, IpAddress.FromV4(uint.MaxValue)).ToPrefixes()));
        Assert.Equal(["::/1", "8000::/1"], P("::/0").Split(1).Select(static p => p.ToString()));
        Assert.Equal(P("255.255.255.255/32"), P("255.255.255.255/32").Split(32).Single());
        Assert.Empty(IpPrefixes.Exclude(P("::/0"), [P("::/0")]));
        Assert.Equal([P("::/1")], IpPrefixes.Exclude(P("::/0"), [P("8000::/1")]));
    }

    [Theory]
    [InlineData("10.0.0.0/24", 0, "10.0.0.0")]
    [InlineData("10.0.0.0/24", 255, "10.0.0.255")]
    [InlineData("10.0.0.0/24", -1, "10.0.0.255")]
    [InlineData("10.0.0.0/24", 256, null)]
    [InlineData("10.0.0.0/24", -257, null)]
    public void Nth(string prefix, int index, string? expected)
    {
        Assert.Equal(expected is not null, P(prefix).TryGetAddress(index, out var address));
        Assert.Equal(expected is null ? default : IpAddress.Parse(expected), address);
    }

    [Theory]
    [InlineData(1, 24)]
    [InlineData(2, 25)]
    [InlineData(5, 27)]
    [InlineData(256, 32)]
    public void The_length_for_a_number_of_parts(int parts, int length)
    {
        Assert.True(P("10.0.0.0/24").TryGetLengthFor(parts, out var found));
        Assert.Equal(length, found);
        Assert.False(P("10.0.0.0/24").TryGetLengthFor(257, out _));
    }

    [Fact]
    public void Merged_prefixes_hold_the_same_addresses_and_cannot_be_fewer() => Near.List[0, 40].Sample(static prefixes =>
    {
        var merged = IpPrefixes.Merge(prefixes);
        Assert.Equal(Addresses(prefixes), Addresses(merged));
        Assert.Equal(merged.Order(), merged);
        Assert.DoesNotContain(merged, p => p.Sibling is { } s && merged.Contains(s));
        Assert.Equal(merged, IpPrefixes.Merge(merged));
    }, iter: 2_000);

    [Fact]
    public void What_is_left_and_what_is_taken_out_are_the_whole() => Gen.Select(Near, Near.List[0, 12]).Sample(static (whole, holes) =>
    {
        var left = IpPrefixes.Exclude(whole, holes);
        Assert.Equal(Addresses([whole]).Except(Addresses(holes)).Order(), Addresses(left));
    }, iter: 2_000);

    [Fact]
    public void A_range_is_exactly_its_prefixes() => Gen.Select(Gen.UInt, Gen.UInt, Gen.Bool).Sample(static (a, b, isV6) =>
    {
        var (low, high) = (Math.Min(a, b), Math.Max(a, b));
        var range = isV6 ? new IpRange(IpAddress.FromV6(low), IpAddress.FromV6((UInt128)high << 64)) : new IpRange(IpAddress.FromV4(low), IpAddress.FromV4(high));
        var prefixes = range.ToPrefixes().ToList();
        Assert.Equal(range.First, prefixes[0].Address);
        Assert.Equal(range.Last, prefixes[^1].Last);
        for (var i = 1; i < prefixes.Count; i++) Assert.Equal(prefixes[i - 1].Last.Value + 1, prefixes[i].Address.Value);
        Assert.Equal(prefixes, IpPrefixes.Merge(prefixes));
    }, iter: 5_000);

    [Fact]
    public void In_a_tree_each_prefix_lies_under_the_longest_that_contains_it() => Near.List[1, 30].Sample(static prefixes =>
    {
        var seen = new List<IpPrefix>();
        void Walk(IpPrefixNode node, IpPrefix? parent)
        {
            seen.Add(node.Prefix);
            Assert.Equal(parent, prefixes.Where(p => p != node.Prefix && p.Contains(node.Prefix)).OrderByDescending(static p => p.Length).Cast<IpPrefix?>().FirstOrDefault());
            foreach (var child in node.Children) Walk(child, node.Prefix);
        }

        foreach (var root in IpPrefixes.Tree(prefixes)) Walk(root, null);
        Assert.Equal(prefixes.Distinct().Order(), seen);
    }, iter: 1_000);

    [Theory]
    [InlineData("10.0.0.0/24 10.0.1.0/24", "10.0.0.0/23")]
    [InlineData("10.0.0.0/24 10.0.255.0/24", "10.0.0.0/16")]
    [InlineData("10.0.0.0/8 10.1.0.0/16", "10.0.0.0/8")]
    [InlineData("0.0.0.0/32 255.255.255.255/32", "0.0.0.0/0")]
    [InlineData("2001:db8::/48 2001:db8:1::/48", "2001:db8::/47")]
    public void Supernet(string prefixes, string expected) => Assert.Equal(P(expected), IpPrefixes.Supernet(prefixes.Split(' ').Select(P)));

    private static IEnumerable<IpAddress> Addresses(IEnumerable<IpPrefix> prefixes)
        => prefixes.SelectMany(static p => p.Split(p.Address.BitLength)).Select(static p => p.Address).Distinct().Order();
}
