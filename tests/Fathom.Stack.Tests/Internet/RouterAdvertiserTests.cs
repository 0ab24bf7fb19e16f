using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Stack.Tests.Support;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Stack.Tests.Internet;

/// <summary>The router's side of router discovery (RFC 4861 §6.2) and of resolvers (RFC 8106). The host is the stack's own, or hand-made.</summary>
public class RouterAdvertiserTests
{
    private readonly TwoHosts _hosts = new(InterfaceMedium.Ethernet, right: new StackOptions { Ip = new IpSettings { Forwarding = true } });

    [Fact]
    public void A_host_gets_router_prefix_address_and_resolver()
    {
        var advertiser = Start(new RouterAdvertisementSettings
        {
            Prefixes = [new AdvertisedPrefix(IpPrefixOf("2001:db8:7::/64")) { ValidLifetime = TimeSpan.FromSeconds(7200), PreferredLifetime = TimeSpan.FromSeconds(3600) }, new AdvertisedPrefix(IpPrefixOf("2001:db8:8::/64")) { Autonomous = false, ValidLifetime = null, PreferredLifetime = null }],
            DnsServers = [IpAddress.Parse("2001:db8:7::53")],
            Mtu = 1400,
            HopLimit = 70,
        });
        _hosts.Wire.Run(5);
        var information = _hosts.Left.GetRouterInformation(_hosts.LeftPort.Interface)!;
        var router = Assert.Single(information.Routers);
        Assert.Equal(_hosts.Right.Addresses.Single(static a => a.Address is { IsV6: true, IsLinkLocal: true }).Address.WithZone(0), router.WithZone(0));
        Assert.Equal(["2001:db8:7::/64", "2001:db8:8::/64"], information.Prefixes.Select(static p => p.ToString()));
        Assert.Equal([IpAddress.Parse("2001:db8:7::53")], information.DnsServers);
        var made = Assert.Single(_hosts.Left.Addresses, static a => a.Origin == AddressOrigin.Autoconfigured);
        Assert.Equal((IpAddress.Parse("2001:db8:7::ff:fe00:1"), AddressState.Preferred), (made.Address, made.State));
        Assert.Equal((7200.0, 3600.0), (Math.Ceiling((made.ValidUntil!.Value - made.PreferredUntil!.Value).TotalSeconds) + 3600, 3600.0));
        Assert.Equal(1400, _hosts.Left.FindPath(IpAddress.Parse("2606::1"))!.Mtu);

        // RFC 4861 §6.2.5: a router that ends says so.
        advertiser.Stop();
        _hosts.Wire.Run(1);
        Assert.Empty(_hosts.Left.GetRouterInformation(_hosts.LeftPort.Interface)!.Routers);
        Assert.Null(_hosts.Left.FindPath(IpAddress.Parse("2606::1")));
        var sent = advertiser.Sent;
        _hosts.Wire.Run(2000);
        Assert.Equal(sent, advertiser.Sent);
    }

    [Fact]
    public void Unasked_advertisements_come_fast_at_first_and_then_between_the_two_intervals()
    {
        Start(new RouterAdvertisementSettings());
        _hosts.Wire.Run(10_000);
        var gaps = Advertisements().Zip(Advertisements().Skip(1), static (a, b) => (b - a).TotalSeconds).ToList();

        // RFC 4861 §6.2.4: three at most 16 s apart; a host's solicitation may have one come earlier.
        Assert.All(gaps.Take(2), static gap => Assert.InRange(gap, 3, 16.01));
        Assert.True(gaps.Count > 18);
        Assert.All(gaps.Skip(4), static gap => Assert.InRange(gap, 198, 600));
    }

    [Fact]
    public void A_solicitation_is_answered_soon_and_never_twice_in_three_seconds()
    {
        Start(new RouterAdvertisementSettings());
        _hosts.Wire.Run(100);
        _hosts.Wire.Frames.Clear();
        var asked = _hosts.Wire.Now;
        Solicit();
        _hosts.Wire.Run(0.6);
        var answered = Assert.Single(Advertisements());
        Assert.InRange((answered - asked).TotalSeconds, 0, 0.51);

        // Asked four times more: one answer, three seconds later.
        for (var i = 0; i < 4; i++) Solicit();
        _hosts.Wire.Run(5);
        Assert.Equal(2, Advertisements().Count);
        Assert.InRange((Advertisements()[1] - answered).TotalSeconds, 3, 3.6);
    }

    [Theory]
    [InlineData("::", true, 255)] // RFC 4861 §6.1.1: from nowhere with a MAC address
    [InlineData("fe80::77", true, 254)] // from beyond the link
    public void A_false_solicitation_is_not_answered(string source, bool withMac, byte hopLimit)
    {
        Start(new RouterAdvertisementSettings());
        _hosts.Wire.Run(100);
        _hosts.Wire.Frames.Clear();
        Solicit(source, withMac, hopLimit);
        _hosts.Wire.Run(5);
        Assert.Empty(Advertisements());
    }

    [Fact]
    public void Who_does_not_forward_offers_no_router_and_wrong_settings_are_refused()
    {
        var on = _hosts.LeftPort.Interface;
        Assert.Throws<InvalidOperationException>(() => _hosts.Left.CreateRouterAdvertiser(on, new RouterAdvertisementSettings()));
        Assert.Throws<ArgumentException>(() => _hosts.Left.CreateRouterAdvertiser(on, new RouterAdvertisementSettings { MaxInterval = TimeSpan.FromSeconds(3) }));
        Assert.Throws<ArgumentException>(() => _hosts.Left.CreateRouterAdvertiser(on, new RouterAdvertisementSettings { DefaultLifetime = TimeSpan.FromSeconds(10) }));
        Assert.Throws<ArgumentException>(() => _hosts.Left.CreateRouterAdvertiser(on, new RouterAdvertisementSettings { Prefixes = [new AdvertisedPrefix(IpPrefixOf("10.0.0.0/24"))] }));

        // Prefixes alone anybody may tell.
        _hosts.Left.CreateRouterAdvertiser(on, new RouterAdvertisementSettings { DefaultLifetime = TimeSpan.Zero });
        Assert.Throws<InvalidOperationException>(() => _hosts.Left.CreateRouterAdvertiser(on, new RouterAdvertisementSettings { DefaultLifetime = TimeSpan.Zero }));
    }

    private RouterAdvertiser Start(RouterAdvertisementSettings settings)
    {
        var advertiser = _hosts.Right.CreateRouterAdvertiser(_hosts.RightPort.Interface, settings);
        advertiser.Start();
        return advertiser;
    }

    private List<TimeSpan> Advertisements()
        => [.. _hosts.Wire.Frames.Where(f => f.From == _hosts.RightPort && Frames.Icmpv6TypeOf(f.Bytes) == Icmpv6Type.RouterAdvertisement).Select(static f => f.At)];

    private void Solicit(string source = "fe80::77", bool withMac = true, byte hopLimit = 255)
    {
        var mac = TwoHosts.MacOf(0x77);
        var message = new byte[withMac ? 16 : 8];
        default(RouterSolicitationHeader).WriteTo(message);
        if (withMac) NdOptionWriter.WriteLinkLayerAddress(message.AsSpan(8), NdOptionType.SourceLinkLayerAddress, mac);
        var all = MulticastMapping.MacOf(IpAddress.Parse("ff02::2"))!.Value;
        _hosts.Wire.Inject(Frames.Ethernet(mac, all, Frames.Icmpv6(source, "ff02::2", message, hopLimit)), _hosts.LeftPort);
    }

    private static IpPrefix IpPrefixOf(string text) => IpPrefix.TryParse(text, out var prefix) ? prefix : throw new FormatException(text);
}
