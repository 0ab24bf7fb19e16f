using Fathom.Wire.Internet;
using Fathom.Wire.Tests.Dissection;

namespace Fathom.Wire.Tests.Internet;

public class NeighborDiscoveryTests
{
    [Fact]
    public void A_router_advertisement_carries_its_options()
    {
        var options = new byte[8 + 8 + 32 + 40];
        var prefix = new NdPrefixInformation(64, IpAddress.Parse("2001:db8:7::"), true, true, 86400, uint.MaxValue);
        var at = NdOptionWriter.WriteLinkLayerAddress(options, NdOptionType.SourceLinkLayerAddress, Samples.MacA);
        at += NdOptionWriter.WriteMtu(options.AsSpan(at), 1480);
        at += NdOptionWriter.WritePrefixInformation(options.AsSpan(at), prefix);
        at += NdOptionWriter.WriteDnsServers(options.AsSpan(at), 600, [Samples.V6A, Samples.V6B]);
        Assert.Equal(options.Length, at);

        var header = new RouterAdvertisementHeader(64, false, true, 1800, 30_000, 1_000, 3);
        var bytes = Samples.Build(header, options);
        header.WriteTo(bytes, Samples.V6A, Samples.V6B);
        Assert.True(Icmpv6Message.TryRead(bytes, out var icmp, out _) && icmp.ChecksumIsValid(Samples.V6A, Samples.V6B));
        Assert.True(RouterAdvertisement.TryRead(bytes, out var view, out var error), error.ToString());
        Assert.Equal(header, new RouterAdvertisementHeader(
            view.CurrentHopLimit, view.Managed, view.OtherConfiguration, view.RouterLifetime, view.ReachableTime, view.RetransmitTimer, view.Preference));

        var walk = view.EnumerateOptions();
        Assert.True(walk.MoveNext() && walk.Current.TryGetLinkLayerAddress(out var mac) && mac == Samples.MacA);
        Assert.True(walk.MoveNext() && walk.Current.TryGetMtu(out var mtu) && mtu == 1480);
        Assert.True(walk.MoveNext() && walk.Current.TryGetPrefixInformation(out var found) && found == prefix);
        Assert.True(walk.MoveNext() && walk.Current.TryGetDnsServers(out var count, out var lifetime) && (count, lifetime) == (2, 600));
        Assert.Equal([Samples.V6A, Samples.V6B], [walk.Current.GetDnsServer(0), walk.Current.GetDnsServer(1)]);
        Assert.False(walk.MoveNext());
    }

    [Fact]
    public void Solicitation_advertisement_and_redirect_come_back()
    {
        Assert.True(NeighborSolicitation.TryRead(Samples.Build(new NeighborSolicitationHeader(Samples.V6A), Samples.LinkLayerOption(NdOptionType.SourceLinkLayerAddress)), out var ns, out _));
        Assert.Equal(Samples.V6A, ns.Target);
        Assert.True(NeighborAdvertisement.TryRead(Samples.Build(new NeighborAdvertisementHeader(Samples.V6B, true, false, true)), out var na, out _));
        Assert.Equal((Samples.V6B, true, false, true), (na.Target, na.Router, na.Solicited, na.Override));
        var packet = Samples.Ipv6(IpProtocol.Udp, Samples.Data);
        var option = new byte[8 + packet.Length];
        Assert.Equal(48, NdOptionWriter.WriteRedirectedHeader(option, packet)); // cut to words of eight
        Assert.True(NeighborRedirect.TryRead(Samples.Build(new NeighborRedirectHeader(Samples.V6A, Samples.V6B), option[..48]), out var redirect, out _));
        Assert.Equal((Samples.V6A, Samples.V6B), (redirect.Target, redirect.Destination));
        var walk = redirect.EnumerateOptions();
        Assert.True(walk.MoveNext() && walk.Current.TryGetRedirectedPacket(out var quoted) && quoted.SequenceEqual(packet.AsSpan(0, 40)));
    }

    [Theory] // RFC 4861 §4.6: length zero is to be discarded, as is what does not fit
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0 }, WireErrorKind.BadLength, 25)]
    [InlineData(new byte[] { 1, 2, 0, 0, 0, 0, 0, 0 }, WireErrorKind.TooShort, 24)]
    [InlineData(new byte[] { 1, 1, 0, 0, 0, 0, 0 }, WireErrorKind.TooShort, 24)]
    public void A_damaged_option_refuses_the_message(byte[] option, WireErrorKind kind, int offset)
    {
        Assert.False(NeighborSolicitation.TryRead(Samples.Build(new NeighborSolicitationHeader(Samples.V6A), option), out _, out var error));
        Assert.Equal((kind, offset), (error.Kind, error.Offset));
    }

    [Fact]
    public void Another_type_or_code_is_refused()
    {
        var bytes = Samples.Build(new NeighborSolicitationHeader(Samples.V6A));
        Assert.False(NeighborAdvertisement.TryRead(bytes, out _, out var error));
        Assert.Equal(WireErrorKind.BadValue, error.Kind);
        bytes[1] = 1;
        Assert.False(NeighborSolicitation.TryRead(bytes, out _, out error));
        Assert.Equal((WireErrorKind.BadValue, 1), (error.Kind, error.Offset));
    }

    [Theory] // RFC 4191 §2.3: the prefix takes as many octets as it needs; the preference is signed
    [InlineData("180030080000003c20010db800000000", "2001:db8::", 48, 1)]
    [InlineData("1801001800000000", "::", 0, -1)]
    public void Route_information_is_read(string hex, string prefix, int length, int preference)
    {
        var bytes = Convert.FromHexString(hex);
        bytes[1] = (byte)(bytes.Length / 8);
        var walk = new NdOptionEnumerator(bytes);
        Assert.True(walk.MoveNext());
        Assert.True(walk.Current.TryGetRouteInformation(out var route));
        Assert.Equal((IpAddress.Parse(prefix), length, preference), (route.Prefix, route.PrefixLength, route.Preference));
    }

    [Fact]
    public void An_IPv4_address_is_misuse()
        => Assert.Throws<InvalidOperationException>(() => new NeighborSolicitationHeader(Samples.V4A).WriteTo(new byte[24]));
}
