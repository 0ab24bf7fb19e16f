using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Tests.Internet;

/// <summary>Expected values stand in the RFCs named, or come from Python's ipaddress.</summary>
public class Ipv6FormsTests
{
    // RFC 6052 §2.4, tables 1 and 2.
    [Theory]
    [InlineData("2001:db8::/32", "2001:db8:c000:221::")]
    [InlineData("2001:db8:100::/40", "2001:db8:1c0:2:21::")]
    [InlineData("2001:db8:122::/48", "2001:db8:122:c000:2:2100::")]
    [InlineData("2001:db8:122:300::/56", "2001:db8:122:3c0:0:221::")]
    [InlineData("2001:db8:122:344::/64", "2001:db8:122:344:c0:2:2100::")]
    [InlineData("2001:db8:122:344::/96", "2001:db8:122:344::c000:221")]
    [InlineData("64:ff9b::/96", "64:ff9b::c000:221")]
    public void Nat64(string prefix, string expected)
    {
        Assert.True(IpPrefix.TryParse(prefix, out var parsed));
        var address = EmbeddedV4.ToNat64(parsed, IpAddress.Parse("192.0.2.33"));
        Assert.Equal(IpAddress.Parse(expected), address);
        Assert.Equal(IpAddress.Parse("192.0.2.33"), EmbeddedV4.FromNat64(parsed, address));
    }

    [Fact]
    public void A_nat64_address_with_anything_in_octet_8_is_none()
    {
        Assert.True(IpPrefix.TryParse("2001:db8::/32", out var prefix));
        Assert.Null(EmbeddedV4.FromNat64(prefix, IpAddress.Parse("2001:db8:c000:221:100::")));
        Assert.Null(EmbeddedV4.FromNat64(prefix, IpAddress.Parse("2001:db9:c000:221::")));
    }

    [Theory]
    [InlineData("::ffff:192.0.2.33", EmbeddedV4Kind.Mapped, "192.0.2.33")]
    [InlineData("2002:c000:0221::1", EmbeddedV4Kind.SixToFour, "192.0.2.33")]
    [InlineData("64:ff9b::192.0.2.33", EmbeddedV4Kind.Nat64, "192.0.2.33")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2", EmbeddedV4Kind.Teredo, "192.0.2.45")] // ipaddress's documentation
    public void An_embedded_address_is_found(string text, EmbeddedV4Kind kind, string expected)
    {
        var found = EmbeddedV4.Find(IpAddress.Parse(text));
        Assert.Equal((kind, IpAddress.Parse(expected)), (found!.Kind, found.Address));
        Assert.Null(EmbeddedV4.Find(IpAddress.Parse("2001:db8::1")));
    }

    [Fact]
    public void A_teredo_address_names_server_port_and_cone()
        => Assert.Equal(new TeredoFacts(IpAddress.Parse("65.54.227.120"), 40000, true), EmbeddedV4.Find(IpAddress.Parse("2001:0:4136:e378:8000:63bf:3fff:fdd2"))!.TeredoFacts);

    [Fact]
    public void Six_to_four_prefix() => Assert.Equal("2002:c000:221::/48", EmbeddedV4.SixToFourPrefix(IpAddress.Parse("192.0.2.33")).ToString());

    [Fact]
    public void A_mac_address_becomes_an_identifier_and_comes_back()
    {
        // RFC 2464 §4: 34-56-78-9A-BC-DE gives 36-56-78-FF-FE-9A-BC-DE.
        Assert.True(MacAddress.TryParse("34-56-78-9A-BC-DE", out var mac));
        Assert.Equal(0x3656_78FF_FE9A_BCDEul, InterfaceIdentifier.FromMac(mac));
        Assert.Equal("34:56:78:ff:fe:9a:bc:de", Eui64.ToText(Eui64.FromMac(mac)));
        var address = InterfaceIdentifier.LinkLocalOf(mac);
        Assert.Equal("fe80::3656:78ff:fe9a:bcde", address.ToString());
        Assert.True(InterfaceIdentifier.TryGetMac(address, out var again));
        Assert.Equal(mac, again);
        Assert.False(InterfaceIdentifier.TryGetMac(IpAddress.Parse("fe80::1"), out _));
    }

    [Fact]
    public void A_stable_address_depends_on_all_that_it_is_made_of()
    {
        Assert.True(IpPrefix.TryParse("2001:db8::/64", out var one));
        Assert.True(IpPrefix.TryParse("2001:db8:1::/64", out var other));
        var secret = new byte[16];
        var address = InterfaceIdentifier.StablePrivacy(one, "eth0", "net", 0, secret);
        // The last 16 digits of sha256sum over 2001:db8::'s first 8 octets, "eth0net", a zero octet, and 16 more.
        Assert.Equal(0x2D82_B3A6_71D8_3107ul, (ulong)address.Value);
        Assert.Equal(new IpPrefix(address, 64), one);
        Assert.Equal(address, InterfaceIdentifier.StablePrivacy(one, "eth0", "net", 0, secret));
        IpAddress[] others =
        [
            InterfaceIdentifier.StablePrivacy(other, "eth0", "net", 0, secret), InterfaceIdentifier.StablePrivacy(one, "eth1", "net", 0, secret),
            InterfaceIdentifier.StablePrivacy(one, "eth0", "nat", 0, secret), InterfaceIdentifier.StablePrivacy(one, "eth0", "net", 1, secret),
            InterfaceIdentifier.StablePrivacy(one, "eth0", "net", 0, new byte[17]),
        ];
        Assert.DoesNotContain((ulong)address.Value, others.Select(static a => (ulong)a.Value));
        Assert.Throws<ArgumentOutOfRangeException>(() => InterfaceIdentifier.StablePrivacy(one, "eth0", "", 0, new byte[15]));
    }

    [Theory]
    [InlineData(0x0000_0000_0000_0000, true)] // RFC 5453
    [InlineData(0x0200_5EFF_FE00_5213, true)]
    [InlineData(0xFDFF_FFFF_FFFF_FF80, true)]
    [InlineData(0xFDFF_FFFF_FFFF_FFFF, true)]
    [InlineData(0xFDFF_FFFF_FFFF_FF7F, false)]
    [InlineData(0x0000_0000_0000_0001, false)]
    public void Reserved_identifiers(ulong identifier, bool expected) => Assert.Equal(expected, InterfaceIdentifier.IsReserved(identifier));

    [Fact]
    public void Multicast_addresses_lead_to_ethernet_addresses()
    {
        // RFC 4291 §2.7.1: 4037::01:800:200e:8c6c gives ff02::1:ff0e:8c6c.
        var group = MulticastMapping.SolicitedNode(IpAddress.Parse("4037::1:800:200e:8c6c"));
        Assert.Equal("ff02::1:ff0e:8c6c", group.ToString());
        Assert.Equal("33:33:ff:0e:8c:6c", MulticastMapping.MacOf(group).ToString());
        // RFC 1112 §6.4: the low 23 bits; 224.0.0.251 and 239.128.0.251 share one address.
        Assert.Equal("01:00:5e:00:00:fb", MulticastMapping.MacOf(IpAddress.Parse("224.0.0.251")).ToString());
        Assert.Equal("01:00:5e:00:00:fb", MulticastMapping.MacOf(IpAddress.Parse("239.128.0.251")).ToString());
        Assert.Null(MulticastMapping.MacOf(IpAddress.LoopbackV4));
        Assert.Contains("239.128.0.251", MulticastMapping.GroupsOf(MulticastMapping.MacOf(IpAddress.Parse("224.0.0.251"))!.Value), StringComparison.Ordinal);
    }

    [Fact]
    public void A_multicast_address_tells_prefix_and_rendezvous_point()
    {
        // RFC 3956 §5.1's form: ff7x:y40:2001:db8:beef:feed::/96 with rendezvous point 2001:db8:beef:feed::y.
        var read = Ipv6Multicast.Read(IpAddress.Parse("ff7e:140:2001:db8:beef:feed:0:1234"))!;
        Assert.True(read is { IsTransient: true, IsPrefixBased: true, HasRendezvousPoint: true, Scope: IpScope.Global });
        Assert.Equal("2001:db8:beef:feed::/64", read.Prefix.ToString());
        Assert.Equal("2001:db8:beef:feed::1", read.RendezvousPoint.ToString());
        Assert.Equal((UInt128)0x1234, read.Group);
        Assert.Null(Ipv6Multicast.Read(IpAddress.Parse("fe80::1")));
    }

    [Theory]
    [InlineData("::1", IpScope.LinkLocal)]
    [InlineData("fe80::1", IpScope.LinkLocal)]
    [InlineData("fec0::1", IpScope.SiteLocal)]
    [InlineData("fd00::1", IpScope.Global)]
    [InlineData("ff01::1", IpScope.InterfaceLocal)]
    [InlineData("ff05::2", IpScope.SiteLocal)]
    [InlineData("ff0e::1", IpScope.Global)]
    [InlineData("ff0f::1", IpScope.Unassigned)]
    [InlineData("224.0.0.1", IpScope.LinkLocal)]
    [InlineData("239.192.0.1", IpScope.OrganizationLocal)]
    [InlineData("239.255.0.1", IpScope.SiteLocal)]
    [InlineData("192.168.0.1", IpScope.Global)]
    [InlineData("::", IpScope.None)]
    public void Scopes(string address, IpScope scope) => Assert.Equal(scope, IpScopes.Of(IpAddress.Parse(address)));

    [Theory]
    [InlineData("192.0.2.0/24", "2.0.192.in-addr.arpa")]
    [InlineData("192.0.2.0/23", "2.0.192.in-addr.arpa 3.0.192.in-addr.arpa")]
    [InlineData("192.0.2.128/25", "2.0.192.in-addr.arpa")]
    [InlineData("10.0.0.0/8", "10.in-addr.arpa")]
    [InlineData("2001:db8::/32", "8.b.d.0.1.0.0.2.ip6.arpa")]
    [InlineData("2001:db8::/31", "8.b.d.0.1.0.0.2.ip6.arpa 9.b.d.0.1.0.0.2.ip6.arpa")]
    public void Reverse_zones(string prefix, string expected)
    {
        // 192.0.2.0/23 begins at 192.0.2.0: 2 is even.
        Assert.True(IpPrefix.TryParse(prefix, out var parsed));
        Assert.Equal(expected.Split(' '), ReverseZones.Of(parsed));
    }

    [Theory]
    [InlineData("192.0.2.128/25", "128/25.2.0.192.in-addr.arpa")] // RFC 2317 §4
    [InlineData("192.0.2.0/24", null)]
    [InlineData("2001:db8::/64", null)]
    public void A_part_of_a_zone(string prefix, string? expected)
    {
        Assert.True(IpPrefix.TryParse(prefix, out var parsed));
        Assert.Equal(expected, ReverseZones.ClasslessNameOf(parsed));
    }

    [Theory]
    [InlineData("3221225994", AddressNotation.Decimal, "192.0.2.10")]
    [InlineData("0xc000020a", AddressNotation.Hexadecimal, "192.0.2.10")]
    [InlineData("0x20010db8000000000000000000000001", AddressNotation.Hexadecimal, "2001:db8::1")]
    [InlineData("42540766411282592856903984951653826561", AddressNotation.Decimal, "2001:db8::1")]
    [InlineData("11000000.00000000.00000010.00001010", AddressNotation.Binary, "192.0.2.10")]
    [InlineData("0b11000000000000000000001000001010", AddressNotation.Binary, "192.0.2.10")]
    [InlineData("127.1", AddressNotation.InetAton, "127.0.0.1")]
    [InlineData("127.0.1", AddressNotation.InetAton, "127.0.0.1")]
    [InlineData("192.0.522", AddressNotation.InetAton, "192.0.2.10")]
    [InlineData("0x7f.1", AddressNotation.InetAton, "127.0.0.1")]
    [InlineData("0177.0.0.1", AddressNotation.Octal, "127.0.0.1")]
    [InlineData("010.1", AddressNotation.Octal, "8.0.0.1")]
    public void Other_notations(string text, AddressNotation notation, string expected)
    {
        Assert.True(AddressNotations.TryRead(text, out var address, out var found));
        Assert.Equal((notation, IpAddress.Parse(expected)), (found, address));
    }

    [Theory]
    [InlineData("256.1")]
    [InlineData("1.16777216")]
    [InlineData("08.1.1.1")]
    [InlineData("0x")]
    [InlineData("1.2.3.4.5")]
    [InlineData("0x100000000000000000000000000000000")]
    [InlineData("0b2")]
    [InlineData("")]
    [InlineData("1..2")]
    public void No_notation(string text) => Assert.False(AddressNotations.TryRead(text, out _, out _));

    [Fact]
    public void Expanded_and_binary_text()
    {
        Assert.Equal("2001:0db8:0000:0000:0000:0000:0000:0001", IpAddress.Parse("2001:db8::1").ToExpandedString());
        Assert.Equal("192.000.002.010", IpAddress.Parse("192.0.2.10").ToExpandedString());
        Assert.Equal("11000000.00000000.00000010.00001010", IpAddress.Parse("192.0.2.10").ToBinaryString());
        Assert.StartsWith("0010000000000001:0000110110111000:", IpAddress.Parse("2001:db8::1").ToBinaryString(), StringComparison.Ordinal);
        Assert.Equal("0xc000020a", IpAddress.Parse("192.0.2.10").ToHexString());
    }
}
