using CsCheck;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Tests.Internet;

public class IpPrefixTests
{
    [Theory]
    [InlineData("0.0.0.0/0", "255.255.255.255")]
    [InlineData("192.0.2.0/24", "192.0.2.255")]
    [InlineData("192.0.2.4/31", "192.0.2.5")]
    [InlineData("192.0.2.4/32", "192.0.2.4")]
    [InlineData("::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2001:db8::/32", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("fe80::/10", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("::1/128", "::1")]
    public void Text_is_address_and_length(string text, string last)
    {
        Assert.True(IpPrefix.TryParse(text, out var prefix));
        Assert.Equal(text, prefix.ToString());
        Assert.Equal(IpAddress.Parse(last), prefix.Last);
        Assert.Equal(text.EndsWith("/0", StringComparison.Ordinal), prefix.IsDefault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/24")]
    [InlineData("192.0.2.0")]
    [InlineData("192.0.2.0/")]
    [InlineData("192.0.2.0/33")]
    [InlineData("192.0.2.0/-1")]
    [InlineData("192.0.2.0/+8")]
    [InlineData("192.0.2.0/024")]
    [InlineData("192.0.2.0/ 24")]
    [InlineData("192.0.2.0/24 ")]
    [InlineData("192.0.2.0/24/8")]
    [InlineData("192.0.2.1/24")] // host bits
    [InlineData("192.0.2.0/255.255.255.0")]
    [InlineData("192.0.2.0/99999999999")]
    [InlineData("2001:db8::1/32")]
    [InlineData("::/129")]
    [InlineData("fe80::%1/64")] // a zone is not part of a prefix
    public void Text_of_any_other_form_is_refused(string text)
    {
        Assert.False(IpPrefix.TryParse(text, out var prefix));
        Assert.Equal(default, prefix);
    }

    [Fact]
    public void Host_bits_and_zone_are_cleared()
    {
        Assert.Equal(IpAddress.Parse("192.0.2.128"), new IpPrefix(IpAddress.Parse("192.0.2.200"), 25).Address);
        Assert.Equal(IpAddress.Parse("fe80::"), new IpPrefix(IpAddress.Parse("fe80::1%4"), 64).Address);
    }

    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.0", true)]
    [InlineData("192.0.2.0/24", "192.0.3.0", false)]
    [InlineData("192.0.2.0/24", "192.0.1.255", false)]
    [InlineData("0.0.0.0/0", "255.1.2.3", true)]
    [InlineData("0.0.0.0/0", "::", false)]
    [InlineData("::/0", "1.2.3.4", false)]
    [InlineData("::/0", "ffff::", true)]
    [InlineData("fe80::/64", "fe80::1%3", true)]
    [InlineData("::ffff:0.0.0.0/96", "1.2.3.4", false)]
    public void Contains(string prefix, string address, bool expected)
    {
        Assert.True(IpPrefix.TryParse(prefix, out var parsed));
        Assert.Equal(expected, parsed.Contains(IpAddress.Parse(address)));
    }

    [Fact]
    public void A_prefix_holds_its_first_and_last_address_and_not_their_neighbors()
        => Gen.Select(Gen.Byte.Array[16], Gen.Int[0, 128], Gen.Bool).Sample((bytes, length, isV4) =>
        {
            var address = IpAddress.FromBytes(isV4 ? bytes[..4] : bytes);
            if (isV4) length %= 33;
            var prefix = new IpPrefix(address, length);
            return prefix.Contains(address) && prefix.Contains(prefix.Address) && prefix.Contains(prefix.Last)
                && IpPrefix.TryParse(prefix.ToString(), out var again) && again == prefix
                && !Beyond(prefix).Any(prefix.Contains);
        }, iter: 10_000);

    private static IEnumerable<IpAddress> Beyond(IpPrefix prefix)
    {
        var max = prefix.Address.IsV6 ? UInt128.MaxValue : uint.MaxValue;
        if (prefix.Address.Value > 0) yield return Make(prefix.Address.Value - 1);
        if (prefix.Last.Value < max) yield return Make(prefix.Last.Value + 1);

        IpAddress Make(UInt128 value) => prefix.Address.IsV6 ? IpAddress.FromV6(value) : IpAddress.FromV4((uint)value);
    }

    [Theory]
    [InlineData("1.2.3.4", -1)]
    [InlineData("1.2.3.4", 33)]
    [InlineData("::", 129)]
    public void A_length_outside_the_address_is_misuse(string address, int length)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new IpPrefix(IpAddress.Parse(address), length));

    [Fact]
    public void The_default_is_the_IPv4_default_route() => Assert.Equal("0.0.0.0/0", default(IpPrefix).ToString());
}
