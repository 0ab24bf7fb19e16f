using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Lab.Link;
using Fathom.Probes;
using Fathom.Probes.Application.Dns;
using Fathom.Stack.Application.Dhcp;
using Fathom.Stack.Internet;
using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Tests.Application;

/// <summary>The DHCP server, asked by the stack's client and by hand-made messages. What is expected is what RFC 2131 and RFC 2132 say.</summary>
public class DhcpServerTests
{
    [Fact]
    public void A_host_that_boots_with_nothing_gets_all_that_it_needs_to_resolve_a_name()
    {
        using var world = new HomeWorld();
        var laptop = world.Add("laptop", out var port);
        var client = Boot(laptop, port);

        // RFC 5227: a second and up to seven to be sure that nobody has the address.
        world.Lab.Run(TimeSpan.FromSeconds(12));
        Assert.Equal(DhcpState.Bound, client.State);
        Assert.Contains(laptop.Stack.Addresses, static a => a.Address == IpAddress.Parse("192.168.1.100") && a.PrefixLength == 24);
        Assert.Equal(IpAddress.Parse("192.168.1.1"), laptop.Stack.FindPath(IpAddress.Parse("203.0.113.1"))!.NextHop);
        Assert.Contains(laptop.Stack.Addresses, static a => a.Origin == AddressOrigin.Autoconfigured && new IpPrefix(IpAddress.Parse("2001:db8:1::"), 64).Contains(a.Address));
        Assert.True(laptop.Stack.FindPath(IpAddress.Parse("2606::1"))!.NextHop.IsLinkLocal);
        Assert.Equal(1492, client.Lease!.Mtu);
        Assert.Equal(["192.168.1.100 Bound laptop"], world.Bindings());

        var resolver = world.ResolverOf(laptop);
        Assert.Equal(["192.168.1.1:53", "[2001:db8:1::1]:53"], resolver.Servers.Select(static s => s.ToString()));
        Assert.Equal(["home.example"], resolver.Search);
        var found = world.Lab.Run(() => HostLookup.RunAsync(ProbeContext.WithoutCapture(laptop.Network), "router.home.example", null, default), TimeSpan.FromSeconds(10));
        var addresses = Assert.IsType<HostLookupOutcome.Found>(found).Addresses;
        Assert.Contains(IpAddress.Parse("192.168.1.1"), addresses);
        Assert.Contains(IpAddress.Parse("2001:db8:1::1"), addresses);
    }

    [Fact]
    public void A_lease_is_lent_on_at_half_of_its_time_by_the_server_alone()
    {
        using var world = new HomeWorld(static o => o with { LeaseTime = TimeSpan.FromMinutes(10) }, advertises: false);
        var laptop = world.Add("laptop", out var port);
        var client = Boot(laptop, port);
        world.Lab.Run(TimeSpan.FromSeconds(12));
        var (askedAt, first) = (client.Lease!.ExpiresAt!.Value - TimeSpan.FromMinutes(10), client.Lease);

        // RFC 2131 §4.4.5: T1 is half, T2 seven eighths.
        Assert.Equal((300.0, 525.0), ((first.RenewAt - askedAt).TotalSeconds, (first.RebindAt - askedAt).TotalSeconds));
        List<(IpAddress To, MacAddress Mac)> messages = [];
        Watch(world, static (_, _) => true, (to, mac, _) => messages.Add((to, mac)));
        world.Lab.Run(TimeSpan.FromSeconds(300));
        Assert.Equal(DhcpState.Bound, client.State);
        Assert.True(client.Lease!.ExpiresAt > first.ExpiresAt);
        Assert.Equal([IpAddress.Parse("192.168.1.1"), IpAddress.Parse("192.168.1.100")], messages.Select(static m => m.To));
        Assert.InRange(Assert.Single(world.Server!.Bindings).Remaining.TotalSeconds, 580, 600);
    }

    [Fact]
    public void Clients_get_their_own_addresses_and_the_reserved_one_is_kept()
    {
        using var probe = new HomeWorld(advertises: false);
        probe.Add("printer", out var known);
        var reserved = HomeWorld.MacOf(known);
        using var world = new HomeWorld(o => o with { Reservations = new Dictionary<MacAddress, IpAddress> { [reserved] = IpAddress.Parse("192.168.1.100") } }, advertises: false);
        var printer = world.Add("printer", out var printerPort);
        Assert.Equal(reserved, HomeWorld.MacOf(printerPort));
        var others = new[] { "a", "b", "c" }.Select(name => Boot(world.Add(name, out var port), port)).ToList();
        world.Lab.Run(TimeSpan.FromSeconds(12));
        var own = Boot(printer, printerPort);
        world.Lab.Run(TimeSpan.FromSeconds(12));
        Assert.Equal("192.168.1.100", own.Lease!.Address.ToString());

        // Three clients, and two addresses that are not reserved: one client goes without.
        Assert.Equal(["192.168.1.101", "192.168.1.102"], others.Select(static c => c.Lease?.Address.ToString()).OfType<string>().Order());
        Assert.Single(others, static c => c.State == DhcpState.Selecting);

        // What one gives back the other gets.
        others.Find(static c => c.State == DhcpState.Bound)!.Release();
        foreach (var host in world.Lab.Hosts) host.Use();
        world.Lab.Run(TimeSpan.FromSeconds(90));
        Assert.Equal(2, others.Count(static c => c.State == DhcpState.Bound));
    }

    [Fact]
    public void The_same_client_gets_the_same_address_again()
    {
        using var world = new HomeWorld(advertises: false);
        var laptop = world.Add("laptop", out var port);
        var client = Boot(laptop, port);
        world.Lab.Run(TimeSpan.FromSeconds(12));
        client.Release();
        laptop.Use();
        world.Lab.Run(TimeSpan.FromSeconds(5));
        Assert.Equal(["192.168.1.100 Free laptop"], world.Bindings());
        var other = Boot(world.Add("other", out var otherPort), otherPort);
        world.Lab.Run(TimeSpan.FromSeconds(12));
        Assert.Equal("192.168.1.101", other.Lease!.Address.ToString());
        client.Start();
        laptop.Use();
        world.Lab.Run(TimeSpan.FromSeconds(12));
        Assert.Equal("192.168.1.100", client.Lease!.Address.ToString());
    }

    [Fact]
    public void An_address_that_is_in_use_is_declined_and_another_is_lent()
    {
        using var world = new HomeWorld(advertises: false);
        var squatter = world.Add("squatter", out var taken);
        squatter.AddAddress(taken, IpAddress.Parse("192.168.1.100"), 24);
        var client = Boot(world.Add("laptop", out var port), port);
        world.Lab.Run(TimeSpan.FromSeconds(40));
        Assert.Equal("192.168.1.101", client.Lease!.Address.ToString());
        Assert.Equal(["192.168.1.100 Declined laptop", "192.168.1.101 Bound laptop"], world.Bindings());
    }

    [Theory]
    [InlineData("10.9.9.9", DhcpMessageType.Nak)] // RFC 2131 §4.3.2: of another network
    [InlineData("192.168.1.100", DhcpMessageType.Ack)]
    [InlineData("192.168.1.101", DhcpMessageType.Nak)] // not the one that the client had
    [InlineData(null, DhcpMessageType.None)]
    public void A_host_that_asks_for_the_address_of_before_is_told(string? wanted, DhcpMessageType expected)
    {
        using var world = new HomeWorld(advertises: false);
        var host = world.Add("raw", out var port);
        var mac = HomeWorld.MacOf(port);
        var discover = Exchange(world, host, Message(mac, new DhcpOptionList().Add(DhcpMessageType.Discover)));
        Assert.Equal((DhcpMessageType.Offer, "192.168.1.100"), (discover[0].Type, discover[0].Yours.ToString()));

        // Without the server's identifier: INIT-REBOOT. A stranger is answered by silence.
        var asks = new DhcpOptionList().Add(DhcpMessageType.Request).Add(DhcpOptionCode.RequestedAddress, IpAddress.Parse(wanted ?? "192.168.1.100"));
        var answers = Exchange(world, host, Message(wanted is null ? MacAddress.FromValue(0x0200_0000_9999) : mac, asks));
        Assert.Equal(expected, answers.Count == 0 ? DhcpMessageType.None : Assert.Single(answers).Type);
        if (expected == DhcpMessageType.Nak) Assert.Equal(IpAddress.AnyV4, answers[0].Yours);
    }

    [Fact]
    public void An_offer_of_another_server_leaves_the_address_free()
    {
        using var world = new HomeWorld(advertises: false);
        var host = world.Add("raw", out var port);
        Exchange(world, host, Message(HomeWorld.MacOf(port), new DhcpOptionList().Add(DhcpMessageType.Discover)));
        Assert.Equal(["192.168.1.100 Offered "], world.Bindings());
        var other = new DhcpOptionList().Add(DhcpMessageType.Request).Add(DhcpOptionCode.ServerIdentifier, IpAddress.Parse("192.168.1.9")).Add(DhcpOptionCode.RequestedAddress, IpAddress.Parse("192.168.1.100"));
        Assert.Empty(Exchange(world, host, Message(HomeWorld.MacOf(port), other)));
        Assert.Equal(["192.168.1.100 Free "], world.Bindings());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_offer_goes_where_the_client_can_hear_it(bool broadcast)
    {
        using var world = new HomeWorld(advertises: false);
        var host = world.Add("raw", out var port);
        List<(IpAddress To, MacAddress Mac)> offers = [];
        Watch(world, (from, _) => from == 67, (to, mac, _) => offers.Add((to, mac)));
        Exchange(world, host, Message(HomeWorld.MacOf(port), new DhcpOptionList().Add(DhcpMessageType.Discover)) with { Broadcast = broadcast });

        // RFC 2131 §4.1: by the flag to all, else to the offered address at the client's MAC address, without asking for it.
        Assert.Equal(broadcast ? (IpAddress.Parse("255.255.255.255"), MacAddress.Broadcast) : (IpAddress.Parse("192.168.1.100"), HomeWorld.MacOf(port)), Assert.Single(offers));
    }

    [Fact]
    public void Who_has_an_address_may_ask_for_the_rest()
    {
        using var world = new HomeWorld(advertises: false);
        var host = world.Add("static", out var port);
        host.AddAddress(port, IpAddress.Parse("192.168.1.77"), 24);
        world.Lab.Run(TimeSpan.FromSeconds(1));
        var list = new DhcpOptionList().Add(DhcpMessageType.Inform).AddRequestList(DhcpOptionCode.DomainNameServer);
        var answer = Assert.Single(Exchange(world, host, Message(HomeWorld.MacOf(port), list) with { ClientAddress = IpAddress.Parse("192.168.1.77") }));

        // RFC 2131 §4.3.5: no address and no lease; and what was asked for, which is not the routers.
        Assert.Equal((DhcpMessageType.Ack, IpAddress.AnyV4), (answer.Type, answer.Yours));
        Assert.Equal([DhcpOptionCode.MessageType, DhcpOptionCode.ServerIdentifier, DhcpOptionCode.DomainNameServer, DhcpOptionCode.End], answer.Options);
        Assert.Empty(world.Bindings());
    }

    [Fact]
    public void After_a_crash_of_both_all_is_there_again()
    {
        using var world = new HomeWorld();
        var laptop = world.Add("laptop", out var port);
        laptop.StartDhcp(port);
        world.Lab.Run(TimeSpan.FromSeconds(12));
        foreach (var host in world.Lab.Hosts) host.Crash();
        world.Lab.Run(TimeSpan.FromSeconds(5));
        foreach (var host in world.Lab.Hosts) host.Restart();
        world.Lab.Run(TimeSpan.FromSeconds(20));
        Assert.Equal("192.168.1.100", laptop.Stack.DhcpClients.Single().Lease!.Address.ToString());
        Assert.Contains(laptop.Stack.Addresses, static a => a.Origin == AddressOrigin.Autoconfigured);
        Assert.Equal(2, world.ResolverOf(laptop).Servers.Count);
    }

    private static DhcpClient Boot(LabHost host, HostPort port)
    {
        host.StartDhcp(port);
        return host.Stack.DhcpClients[^1];
    }

    private static DhcpHeader Message(MacAddress mac, DhcpOptionList options) => new() { TransactionId = 77, ClientMac = mac, Options = options, Broadcast = true };

    // Sends a message to all from port 68, and gives what comes back within a second.
    private static List<(DhcpMessageType Type, IpAddress Yours, IReadOnlyList<DhcpOptionCode> Options)> Exchange(HomeWorld world, LabHost host, DhcpHeader message)
    {
        List<(DhcpMessageType, IpAddress, IReadOnlyList<DhcpOptionCode>)> answers = [];
        var octets = new byte[message.Length];
        message.WriteTo(octets);
        return world.Lab.Run(
            async () =>
            {
                var opened = await host.Network.OpenDatagramAsync(new DatagramOptions(IpVersion.V4) { Local = new IpEndpoint(IpAddress.AnyV4, 68), Interface = "eth0" }, default);
                Assert.True(opened.TryGet(out var socket, out var refusal), refusal?.Reason);
                await using (socket)
                {
                    using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(1), host.Network.Time);
                    var buffer = new byte[1500];
                    await socket.SendAsync(octets, new IpEndpoint(IpAddress.Parse("255.255.255.255"), 67), new PacketOptions(), default);
                    try
                    {
                        while (await socket.ReceiveAsync(buffer, enough.Token) is DatagramEvent.Received received) answers.Add(Read(buffer.AsSpan(0, received.Length)));
                    }
                    catch (OperationCanceledException)
                    {
                        // Nothing more comes.
                    }
                }

                return answers;
            },
            TimeSpan.FromSeconds(5));
    }

    private static (DhcpMessageType Type, IpAddress Yours, IReadOnlyList<DhcpOptionCode> Options) Read(ReadOnlySpan<byte> octets)
    {
        Assert.True(DhcpMessage.TryRead(octets, out var message, out _));
        Assert.Equal((77u, DhcpOperation.Reply), (message.TransactionId, message.Operation));
        var codes = new List<DhcpOptionCode>();
        foreach (var option in message.EnumerateOptions()) codes.Add(option.Code);
        return (message.MessageType, message.YourAddress, codes);
    }

    // Every DHCP datagram that leaves a host, once.
    private static void Watch(HomeWorld world, Func<ushort, ushort, bool> isWanted, Action<IpAddress, MacAddress, byte[]> seen) => world.Lab.FrameSeen += frame =>
    {
        if (!frame.IsOutgoing || frame.Port is not HostPort) return;
        if (!EthernetFrame.TryRead(frame.Octets.Span, out var ethernet, out _) || !Ipv4Packet.TryRead(ethernet.Payload, out var packet, out _) || packet.Protocol != IpProtocol.Udp) return;
        if (UdpDatagram.TryRead(packet.Payload, out var datagram, out _) && datagram.DestinationPort is 67 or 68 && isWanted(datagram.SourcePort, datagram.DestinationPort))
            seen(packet.Destination, ethernet.Destination, datagram.Payload.ToArray());
    };
}
