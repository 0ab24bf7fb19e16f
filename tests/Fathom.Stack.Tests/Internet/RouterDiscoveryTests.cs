using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Stack.Sockets;
using Fathom.Stack.Tests.Support;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Internet;

/// <summary>Router discovery (RFC 4861 §6.3), autoconfiguration (RFC 4862 §5.5), resolvers (RFC 8106), redirects (RFC 4861 §8). The router is hand-made.</summary>
public class RouterDiscoveryTests
{
    private const string Router = "fe80::9";
    private static readonly MacAddress RouterMac = TwoHosts.MacOf(9);
    private readonly TwoHosts _hosts = new(InterfaceMedium.Ethernet);

    [Fact]
    public void Routers_are_asked_for_three_times_at_most()
    {
        _hosts.Wire.Run(30);
        var asked = _hosts.Wire.Frames.Where(f => f.From == _hosts.LeftPort && Frames.Icmpv6TypeOf(f.Bytes) == Icmpv6Type.RouterSolicitation).ToList();
        Assert.Equal(3, asked.Count);
        Assert.Equal([4, 4], asked.Zip(asked.Skip(1), static (a, b) => (b.At - a.At).TotalSeconds));
    }

    [Fact]
    public void An_advertisement_gives_a_router_an_address_a_prefix_and_resolvers()
    {
        _hosts.Wire.Run(3);
        Advertise(lifetime: 1800, valid: 86_400, preferred: 14_400, servers: "2001:db8::53", mtu: 1400);
        _hosts.Wire.Run(3);
        var address = Assert.Single(_hosts.Left.Addresses, static a => a.Origin == AddressOrigin.Autoconfigured);

        // RFC 2464 §4: 02-00-00-00-00-01 has the identifier 0000:00ff:fe00:0001.
        Assert.Equal((IpAddress.Parse("2001:db8::ff:fe00:1"), AddressState.Preferred), (address.Address, address.State));
        var information = _hosts.Left.GetRouterInformation(_hosts.LeftPort.Interface)!;
        Assert.Equal([IpAddress.Parse(Router).WithZone(2)], information.Routers);
        Assert.Equal(["2001:db8::/64"], information.Prefixes.Select(static p => p.ToString()));
        Assert.Equal([IpAddress.Parse("2001:db8::53")], information.DnsServers);
        Assert.Equal("\u0007example\u0003org\0", System.Text.Encoding.ASCII.GetString(Assert.Single(information.SearchList).Span));
        Assert.Equal(IpAddress.Parse(Router), _hosts.Left.Routes.Find(IpAddress.Parse("2606::1"))!.Gateway);
        Assert.Null(_hosts.Left.Routes.Find(IpAddress.Parse("2001:db8::1234"))!.Gateway);

        // The source that suits the destination, the router's MAC address that came with the advertisement, and its MTU.
        _hosts.Wire.Frames.Clear();
        var client = TwoHosts.Open(_hosts.Left, "::", 0);
        Assert.Equal(DatagramSendResult.ExceedsPathMtu, client.Send(new byte[1353], new IpEndpoint(IpAddress.Parse("2606::1"), 7), new PacketSendOptions(DontFragment: true)));
        Assert.Equal(DatagramSendResult.Sent, client.Send(new byte[1352], new IpEndpoint(IpAddress.Parse("2606::1"), 7), new PacketSendOptions(DontFragment: true)));
        _hosts.Wire.Run(0.1);
        Assert.True(EthernetFrame.TryRead(Assert.Single(_hosts.Wire.Frames).Bytes, out var frame, out _));
        Assert.True(Ipv6Packet.TryRead(frame.Payload, out var packet, out _));
        Assert.Equal((RouterMac, address.Address, (byte)77), (frame.Destination, packet.Source, packet.HopLimit));
    }

    [Fact]
    public void That_a_router_leaves_is_told_once()
    {
        _hosts.Wire.Run(3);
        Advertise(lifetime: 1800, valid: 300, preferred: 100, servers: null);
        Advertise(lifetime: 0, valid: 300, preferred: 100, servers: null);
        _hosts.Wire.Run(1);
        List<TimeSpan> told = [];
        while (_hosts.Left.TryTakeEvent(out var happened))
        {
            if (happened is RouterAdvertised advertised) told.Add(advertised.Lifetime);
        }

        Assert.Equal([TimeSpan.FromSeconds(1800), TimeSpan.Zero], told);
    }

    [Fact]
    public void What_was_advertised_ends()
    {
        _hosts.Wire.Run(3);
        Advertise(lifetime: 60, valid: 300, preferred: 100, servers: "2001:db8::53");
        _hosts.Wire.Run(59);
        Assert.NotNull(_hosts.Left.Routes.Find(IpAddress.Parse("2606::1")));
        _hosts.Wire.Run(2);
        Assert.Null(_hosts.Left.Routes.Find(IpAddress.Parse("2606::1")));
        Assert.Equal(AddressState.Preferred, Made().State);
        _hosts.Wire.Run(40);
        Assert.Equal(AddressState.Deprecated, Made().State);
        _hosts.Wire.Run(200);
        Assert.DoesNotContain(_hosts.Left.Addresses, static a => a.Origin == AddressOrigin.Autoconfigured);
        var information = _hosts.Left.GetRouterInformation(_hosts.LeftPort.Interface)!;
        Assert.Empty(information.Prefixes);
        Assert.Empty(information.DnsServers);
    }

    [Theory]
    [InlineData(86_400, 60, 7_200)] // shorter than two hours: not believed beyond that
    [InlineData(3_600, 60, 3_600)] // already shorter: ignored
    [InlineData(3_600, 10_000, 10_000)] // longer than two hours
    [InlineData(3_600, 5_000, 5_000)] // longer than what is left
    public void A_valid_lifetime_is_not_cut_below_two_hours(int first, int then, int expected)
    {
        _hosts.Wire.Run(3);
        Advertise(lifetime: 0, valid: (uint)first, preferred: 60, servers: null);
        _hosts.Wire.Run(0.1);
        var before = _hosts.Wire.Now;
        Advertise(lifetime: 0, valid: (uint)then, preferred: 60, servers: null);
        _hosts.Wire.Run(0.1);
        Assert.Equal(expected, (Made().ValidUntil!.Value - before).TotalSeconds, 0.2);
    }

    /// <summary>A prefix that goes out of use (RFC 4862 §5.5.4): its address is made, and deprecated as soon as nobody else has it.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void An_address_whose_preference_ends_while_it_is_looked_for_becomes_deprecated(uint preferred)
    {
        _hosts.Wire.Run(3);
        Advertise(lifetime: 1800, valid: 3600, preferred, servers: null);
        _hosts.Wire.Run(0.001);
        Assert.Equal(AddressState.Tentative, Made().State);
        _hosts.Wire.Run(3);
        Assert.Equal(AddressState.Deprecated, Made().State);
        _hosts.Wire.Run(3600);
        Assert.DoesNotContain(_hosts.Left.Addresses, static a => a.Origin == AddressOrigin.Autoconfigured);
    }

    [Fact]
    public void An_address_that_another_host_has_outlives_its_preference_in_peace()
    {
        _hosts.Wire.Run(3);
        Advertise(lifetime: 1800, valid: 300, preferred: 10, servers: null);
        _hosts.Wire.Run(0.001);
        var message = new byte[NeighborAdvertisement.FixedLength];
        var taken = IpAddress.Parse("2001:db8::ff:fe00:1");
        new NeighborAdvertisementHeader(taken, Router: false, Solicited: false, Override: true).WriteTo(message, taken, IpAddress.Parse("ff02::1"));
        _hosts.Wire.Inject(Frames.Ethernet(TwoHosts.MacOf(8), TwoHosts.MacOf(1), Frames.Icmpv6("2001:db8::ff:fe00:1", "ff02::1", message)), _hosts.RightPort);
        _hosts.Wire.Run(0.001);
        Assert.Equal(AddressState.Duplicate, Made().State);
        _hosts.Wire.Run(60);
        Assert.Equal(AddressState.Duplicate, Made().State);
        _hosts.Wire.Run(300);
        Assert.DoesNotContain(_hosts.Left.Addresses, static a => a.Origin == AddressOrigin.Autoconfigured);
    }

    [Theory]
    [InlineData("2001:db8::9", 255)] // RFC 4861 §6.1.2: not from a link-local address
    [InlineData(Router, 254)] // and not from beyond the link
    public void A_false_advertisement_is_not_heard(string source, byte hopLimit)
    {
        _hosts.Wire.Run(3);
        Advertise(lifetime: 1800, valid: 86_400, preferred: 14_400, servers: null, source: source, hopLimit: hopLimit);
        _hosts.Wire.Run(3);
        Assert.DoesNotContain(_hosts.Left.Addresses, static a => a.Origin == AddressOrigin.Autoconfigured);
        Assert.Empty(_hosts.Left.GetRouterInformation(_hosts.LeftPort.Interface)!.Routers);
    }

    [Fact]
    public void A_redirect_of_the_first_hop_is_followed_and_that_of_another_is_not()
    {
        _hosts.Wire.Run(3);
        Advertise(lifetime: 1800, valid: 86_400, preferred: 14_400, servers: null);
        _hosts.Wire.Run(3);
        Redirect("fe80::66", TwoHosts.MacOf(0x66));
        Assert.Equal(RouterMac, NextMac());
        Redirect(Router, TwoHosts.MacOf(0x66));
        Assert.Equal(TwoHosts.MacOf(0x66), NextMac());

        // A better hop that does not answer is left again (RFC 4861 §7.3.3).
        _hosts.Wire.Run(10);
        Advertise(lifetime: 1800, valid: 86_400, preferred: 14_400, servers: null);
        _hosts.Wire.Run(0.01);
        Assert.Equal(RouterMac, NextMac());
    }

    private AssignedAddress Made() => Assert.Single(_hosts.Left.Addresses, static a => a.Origin == AddressOrigin.Autoconfigured);

    private MacAddress NextMac()
    {
        _hosts.Wire.Frames.Clear();
        TwoHosts.Open(_hosts.Left, "::", 0).Send("x"u8, new IpEndpoint(IpAddress.Parse("2606::1"), 7));
        _hosts.Wire.Run(0.01);
        return EthernetFrame.TryRead(_hosts.Wire.Frames.Last(f => f.From == _hosts.LeftPort && Frames.Icmpv6TypeOf(f.Bytes) == Icmpv6Type.None).Bytes, out var frame, out _) ? frame.Destination : default;
    }

    private void Redirect(string from, MacAddress newMac)
    {
        var message = new byte[48];
        new NeighborRedirectHeader(IpAddress.Parse("fe80::66"), IpAddress.Parse("2606::1")).WriteTo(message);
        NdOptionWriter.WriteLinkLayerAddress(message.AsSpan(40), NdOptionType.TargetLinkLayerAddress, newMac);
        _hosts.Wire.Inject(Frames.Ethernet(RouterMac, TwoHosts.MacOf(1), Frames.Icmpv6(from, "2001:db8::ff:fe00:1", message)), _hosts.RightPort);
        _hosts.Wire.Run(0.01);
    }

    private void Advertise(ushort lifetime, uint valid, uint preferred, string? servers, string source = Router, byte hopLimit = 255, uint mtu = 0)
    {
        var message = new byte[256];
        new RouterAdvertisementHeader(77, false, false, lifetime).WriteTo(message);
        var at = 16;
        at += NdOptionWriter.WriteLinkLayerAddress(message.AsSpan(at), NdOptionType.SourceLinkLayerAddress, RouterMac);
        at += NdOptionWriter.WritePrefixInformation(message.AsSpan(at), new NdPrefixInformation(64, IpAddress.Parse("2001:db8::"), true, true, valid, preferred));
        if (mtu > 0) at += NdOptionWriter.WriteMtu(message.AsSpan(at), mtu);
        if (servers is not null)
        {
            at += NdOptionWriter.WriteDnsServers(message.AsSpan(at), 300, [IpAddress.Parse(servers)]);
            at += NdOptionWriter.WriteDnsSearchList(message.AsSpan(at), 300, "\u0007example\u0003org\0"u8);
        }

        _hosts.Wire.Inject(Frames.Ethernet(RouterMac, MulticastMapping.MacOf(IpAddress.Parse("ff02::1"))!.Value, Frames.Icmpv6(source, "ff02::1", message[..at], hopLimit)), _hosts.RightPort);
    }
}
