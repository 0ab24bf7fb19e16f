using Fathom.Wire.Internet;
using Fathom.Wire.Tests.Dissection;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Internet;

/// <summary>Options of the internet layer: what is written is read back, and every one has a layout that fits it.</summary>
public class OptionTests
{
    [Fact]
    public void Ipv4_options_have_the_octets_of_their_RFCs()
    {
        var buffer = new byte[40];
        Assert.Equal("94040000", Written(Ipv4OptionWriter.WriteRouterAlert(buffer))); // RFC 2113 §2.1
        Assert.Equal("070b040000000000000000", Written(Ipv4OptionWriter.WriteRecordRoute(buffer, 2))); // RFC 791 §3.1: the smallest pointer is 4
        Assert.Equal("830704c0000201", Written(Ipv4OptionWriter.WriteSourceRoute(buffer, false, [Samples.V4A])));
        Assert.Equal("890704c0000201", Written(Ipv4OptionWriter.WriteSourceRoute(buffer, true, [Samples.V4A])));
        Assert.Equal("440c05010000000000000000", Written(Ipv4OptionWriter.WriteTimestamp(buffer, true, 1))); // the smallest pointer is 5
        Assert.Equal("4408050000000000", Written(Ipv4OptionWriter.WriteTimestamp(buffer, false, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ipv4OptionWriter.WriteRecordRoute(buffer, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ipv4OptionWriter.WriteTimestamp(buffer, true, 5));
        Assert.Throws<ArgumentException>(() => Ipv4OptionWriter.WriteSourceRoute(buffer, true, [Samples.V6A]));

        string Written(int length) => Convert.ToHexStringLower(buffer.AsSpan(0, length));
    }

    [Fact]
    public void Ipv6_options_have_the_octets_of_their_RFCs()
    {
        var buffer = new byte[8];
        Assert.Equal("05020000", Written(Ipv6OptionWriter.WriteRouterAlert(buffer))); // RFC 2711 §2.1
        Assert.Equal("040105", Written(Ipv6OptionWriter.WriteTunnelEncapsulationLimit(buffer, 5))); // RFC 2473 §4.1.1
        Assert.Equal("300405dc0501", Written(Ipv6OptionWriter.WriteMinimumPathMtu(buffer, 1500, 1281, true))); // RFC 9268 §5

        string Written(int length) => Convert.ToHexStringLower(buffer.AsSpan(0, length));
    }

    [Fact]
    public void Neighbor_discovery_options_are_read_back()
    {
        var buffer = new byte[64];
        NdOption Read(int length)
        {
            var walk = new NdOptionEnumerator(buffer.AsSpan(0, length));
            Assert.True(walk.MoveNext());
            Assert.Equal(length, walk.Current.Bytes.Length);
            return walk.Current;
        }

        var route = new NdRouteInformation(48, IpAddress.Parse("2001:db8:1::"), -1, 3600);
        Assert.True(Read(NdOptionWriter.WriteRouteInformation(buffer, route)).TryGetRouteInformation(out var routeRead));
        Assert.Equal(route, routeRead);
        Assert.Equal(24, NdOptionWriter.WriteRouteInformation(buffer, route with { PrefixLength = 65 }));
        Assert.Equal(8, NdOptionWriter.WriteRouteInformation(buffer, route with { PrefixLength = 0 }));

        byte[] names = [7, .. "example"u8, 3, .. "com"u8, 0];
        Assert.True(Read(NdOptionWriter.WriteDnsSearchList(buffer, 60, names)).TryGetDnsSearchList(out var list, out var lifetime));
        Assert.Equal((60u, 16), (lifetime, list.Length));
        Assert.Equal(names, list[..names.Length].ToArray());

        Assert.True(Read(NdOptionWriter.WriteCaptivePortal(buffer, "https://a.example"u8)).TryGetCaptivePortal(out var uri));
        Assert.Equal("https://a.example"u8, uri);
        Assert.True(Read(NdOptionWriter.WriteNonce(buffer, [1, 2, 3, 4, 5, 6])).TryGetNonce(out var nonce));
        Assert.Equal([1, 2, 3, 4, 5, 6], nonce.ToArray());
    }

    [Theory] // RFC 8781 §4: the code of each prefix length
    [InlineData("64:ff9b::/96", 0)]
    [InlineData("2001:db8:1:2::/64", 1)]
    [InlineData("2001:db8:1::/56", 2)]
    [InlineData("2001:db8:1::/48", 3)]
    [InlineData("2001:db8::/40", 4)]
    [InlineData("2001:db8::/32", 5)]
    public void A_NAT64_prefix_is_read_back(string text, int code)
    {
        Assert.True(IpPrefix.TryParse(text, out var prefix));
        var buffer = new byte[16];
        Assert.Equal(16, NdOptionWriter.WriteNat64Prefix(buffer, prefix, 601));
        Assert.Equal(code, buffer[3] & 7);
        var walk = new NdOptionEnumerator(buffer);
        Assert.True(walk.MoveNext());
        Assert.True(walk.Current.TryGetNat64Prefix(out var read, out var lifetime));
        Assert.Equal((prefix, 608), (read, lifetime));
        buffer[3] |= 7; // not assigned
        walk = new NdOptionEnumerator(buffer);
        Assert.True(walk.MoveNext());
        Assert.False(walk.Current.TryGetNat64Prefix(out _, out _));
    }

    [Fact]
    public void Rows_of_every_element_follow_each_other_without_gap_and_have_a_clause()
    {
        foreach (var layout in Layouts())
        {
            AssertRows(layout.Name, layout.Fields);
            AssertRows(layout.Name, layout.Repeated);
            Assert.NotEmpty(layout.Spec);
            Assert.Equal(layout.FixedLength * 8, layout.Fields[^1].BitOffset + layout.Fields[^1].BitLength);
        }
    }

    [Fact]
    public void Every_registered_type_has_a_name_of_its_own()
    {
        foreach (var type in Enum.GetValues<NdOptionType>().Where(t => t != NdOptionType.None)) Assert.NotEqual("option", NdOptionLayouts.Of(type).Name);
        foreach (var type in Enum.GetValues<Ipv6OptionType>()) Assert.NotEqual("option", Ipv6OptionLayouts.Of(Option6(type)).Name);
        foreach (var type in Enum.GetValues<Ipv4OptionType>()) Assert.NotEqual("option", Ipv4OptionLayouts.Of(Option4(type)).Name);
        foreach (var kind in Enum.GetValues<TcpOptionKind>()) Assert.NotEqual("option", TcpOptionLayouts.Of(OptionTcp((byte)kind, 0)).Name);
    }

    [Fact]
    public void A_route_of_compressed_addresses_is_read() // RFC 6554 §3
    {
        // Fourteen octets are left out of the first address, two of the last.
        byte[] bytes = [17, 2, 3, 2, 0xE2, 0, 0, 0, 0, 0x21, .. new byte[12], 0, 0x22];
        Assert.True(Ipv6Routing.TryRead(bytes, out var routing, out _));
        Assert.Equal(2, routing.AddressCount);
        Assert.Equal("2001:db8:1::21", routing.GetAddress(0, Samples.V6B).ToString());
        Assert.Equal("2001::22", routing.GetAddress(1, Samples.V6B).ToString());
        Assert.True(routing.TryGetFinalDestination(Samples.V6B, out var last));
        Assert.Equal("2001::22", last.ToString());
        Assert.True(routing.Trailer.IsEmpty);
    }

    [Theory]
    [InlineData(0x00, 0xF0)] // more padding than there are octets
    [InlineData(0xFF, 0xF0)]
    public void A_route_whose_numbers_contradict_each_other_has_no_addresses_beyond_its_octets(byte compressed, byte padding)
    {
        byte[] bytes = [17, 1, 3, 1, compressed, padding, 0, 0, .. new byte[8]];
        Assert.True(Ipv6Routing.TryRead(bytes, out var routing, out _));
        for (var i = 0; i < routing.AddressCount; i++) routing.GetAddress(i, Samples.V6A);
        Assert.InRange(routing.Trailer.Length, 0, 8);
    }

    private static IEnumerable<ElementLayout> Layouts() =>
    [
        .. Enumerable.Range(0, 256).Select(i => NdOptionLayouts.Of((NdOptionType)i)),
        .. Enumerable.Range(0, 256).Select(i => Ipv6OptionLayouts.Of(Option6((Ipv6OptionType)i))),
        .. Enumerable.Range(0, 256).Select(i => Ipv4OptionLayouts.Of(Option4((Ipv4OptionType)i))),
        .. Enumerable.Range(0, 256).Select(i => TcpOptionLayouts.Of(OptionTcp((byte)i, 0))),
        .. Enumerable.Range(0, 256).SelectMany(i => Enumerable.Range(3, 38).Select(length => TcpOptionLayouts.Of(OptionTcp((byte)TcpOptionKind.MultipathTcp, (byte)i, length)))),
        .. Enumerable.Range(0, 32).Select(i => TcpOptionLayouts.Of(OptionTcp((byte)TcpOptionKind.MultipathTcp, 0x20, 40, (byte)i))),
        .. new[] { 2, 5, 8, 11 }.Select(length => TcpOptionLayouts.Of(OptionTcp((byte)TcpOptionKind.AccurateEcn0, 0, length))),
        MulticastGroupRecord.LayoutOf(IpVersion.V4), MulticastGroupRecord.LayoutOf(IpVersion.V6), IcmpRouterAdvertisement.EntryLayout,
        SegmentRoutingTlv.LayoutOf(SegmentRoutingTlv.Hmac), SegmentRoutingTlv.LayoutOf(9),
    ];

    private static void AssertRows(string name, ReadOnlySpan<FieldSpec> rows)
    {
        var next = 0;
        foreach (var row in rows)
        {
            Assert.True(row.BitOffset == next, $"{name}.{row.Name} begins at bit {row.BitOffset}, and the row before it ends at {next}");
            Assert.NotEmpty(row.Spec);
            next += row.BitLength;
        }

        Assert.True(next % 8 == 0, $"{name}: {next} bits");
    }

    private static Ipv4Option Option4(Ipv4OptionType type)
    {
        var walk = new Ipv4OptionEnumerator(new byte[] { (byte)type, 4, 0, 0 });
        Assert.True(walk.MoveNext());
        return walk.Current;
    }

    private static Ipv6Option Option6(Ipv6OptionType type)
    {
        var walk = new Ipv6OptionEnumerator(new byte[] { (byte)type, 2, 0, 0 });
        Assert.True(walk.MoveNext());
        return walk.Current;
    }

    private static TcpOption OptionTcp(byte kind, byte third, int length = 4, byte fourth = 0)
    {
        byte[] bytes = [kind, (byte)length, third, fourth, .. new byte[length]];
        var walk = new TcpOptionEnumerator(bytes);
        Assert.True(walk.MoveNext());
        return walk.Current;
    }
}
