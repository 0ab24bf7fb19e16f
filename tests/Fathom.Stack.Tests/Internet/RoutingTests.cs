using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Stack.Sockets;
using Fathom.Stack.Tests.Support;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Internet;

/// <summary>Routes, and which packets a host takes (RFC 1122 §3.3, RFC 1812 §5.2.4 and §5.3.7).</summary>
public class RoutingTests
{
    [Fact]
    public void The_longest_prefix_wins_then_the_lowest_metric()
    {
        var stack = new NetworkStack(new StackOptions(), new SeededRandom(1));
        var one = stack.AddInterface(new InterfaceOptions { Name = "one" });
        var two = stack.AddInterface(new InterfaceOptions { Name = "two" });
        stack.AddAddress(one, IpAddress.Parse("10.0.0.1"), 8);
        stack.Routes.Add(new Route(Prefix("0.0.0.0/0"), one, IpAddress.Parse("10.0.0.9"), Metric: 20));
        stack.Routes.Add(new Route(Prefix("0.0.0.0/0"), two, IpAddress.Parse("192.0.2.9"), Metric: 10));
        var host = new Route(Prefix("10.1.0.0/16"), two);
        stack.Routes.Add(host);
        Assert.Equal(two, stack.Routes.Find(IpAddress.Parse("10.1.2.3"))!.Interface);
        Assert.Equal(one, stack.Routes.Find(IpAddress.Parse("10.2.2.3"))!.Interface);
        Assert.Equal(two, stack.Routes.Find(IpAddress.Parse("8.8.8.8"))!.Interface);
        Assert.True(stack.Routes.Remove(host));
        Assert.Equal(one, stack.Routes.Find(IpAddress.Parse("10.1.2.3"))!.Interface);
        Assert.False(stack.Routes.Remove(host));
        Assert.Null(stack.Routes.Find(IpAddress.Parse("2001:db8::1")));
    }

    [Fact]
    public void A_path_in_use_follows_the_routes()
    {
        var stack = new NetworkStack(new StackOptions(), new SeededRandom(1));
        var port = stack.AddInterface(new InterfaceOptions { Name = "one", Medium = InterfaceMedium.Ethernet, HardwareAddress = TwoHosts.MacOf(1) });
        stack.AddAddress(port, IpAddress.Parse("10.0.0.1"), 24);
        var first = new Route(Prefix("0.0.0.0/0"), port, IpAddress.Parse("10.0.0.2"));
        stack.Routes.Add(first);
        Assert.True(stack.Udp.TryOpen(new IpEndpoint(IpAddress.AnyV4, 0), out var socket, out _));
        socket.Connect(new IpEndpoint(IpAddress.Parse("8.8.8.8"), 53));
        Assert.Equal("10.0.0.2", Asked());
        stack.Routes.Remove(first);
        Assert.Equal(DatagramSendResult.NoRoute, socket.Send("x"u8));
        stack.Routes.Add(first with { Gateway = IpAddress.Parse("10.0.0.3") });
        Assert.Equal("10.0.0.3", Asked());

        string Asked()
        {
            while (stack.TryTransmit(port, TimeSpan.FromSeconds(1), out var old)) stack.Pool.Return(old);
            Assert.Equal(DatagramSendResult.Sent, socket.Send("x"u8));
            Assert.True(stack.TryTransmit(port, TimeSpan.FromSeconds(1), out var frame));
            Assert.True(ArpPacket.TryRead(frame.Span[14..], out var arp, out _));
            return arp.TargetAddress.ToString();
        }
    }

    [Fact]
    public void Of_two_routers_the_one_that_answers_is_used()
    {
        var hosts = new TwoHosts(InterfaceMedium.Ethernet);
        hosts.Left.Routes.Add(new Route(Prefix("0.0.0.0/0"), hosts.LeftPort.Interface, IpAddress.Parse("10.0.0.9"), Metric: 1));
        hosts.Left.Routes.Add(new Route(Prefix("0.0.0.0/0"), hosts.LeftPort.Interface, TwoHosts.RightV4, Metric: 2));
        var socket = TwoHosts.Open(hosts.Left, "0.0.0.0", 0);
        var to = new IpEndpoint(IpAddress.Parse("192.0.2.1"), 7);
        hosts.Wire.Run(5);
        socket.Send("x"u8, to);
        hosts.Wire.Run(4);
        hosts.Wire.Frames.Clear();
        socket.Send("y"u8, to);
        hosts.Wire.Run(0.1);
        Assert.Contains(hosts.Wire.Frames, static f => EthernetFrame.TryRead(f.Bytes, out var frame, out _) && frame.EtherType == EtherType.Ipv4 && frame.Destination == TwoHosts.MacOf(2));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void A_host_takes_a_packet_where_the_address_is_and_a_router_anywhere(bool isRouter, int expected)
    {
        var stack = new NetworkStack(new StackOptions { Ip = new IpSettings { Forwarding = isRouter } }, new SeededRandom(1));
        var one = stack.AddInterface(new InterfaceOptions { Name = "one" });
        var two = stack.AddInterface(new InterfaceOptions { Name = "two" });
        stack.AddAddress(one, IpAddress.Parse("10.1.0.1"), 24);
        stack.AddAddress(two, IpAddress.Parse("10.2.0.1"), 24);
        Assert.True(stack.Icmp.TryOpenEcho(IpVersion.V4, null, 7, out var echo));
        Give(stack, two, Frames.V4("10.2.0.9", "10.1.0.1", IpProtocol.Icmp, Frames.Icmp(IcmpHeader.EchoReply(7, 1), [])));
        Assert.Equal(expected, echo.TryReceive([], out _) ? 1 : 0);
        Assert.Equal(1 - expected, stack.GetIpStatistics(IpVersion.V4).Drops[(int)DropReason.NotForThisHost]);
    }

    [Theory]
    [InlineData("127.0.0.1", "10.0.0.1", DropReason.Martian)]
    [InlineData("10.0.0.2", "127.0.0.1", DropReason.Martian)]
    [InlineData("0.0.0.0", "10.0.0.1", DropReason.Martian)]
    [InlineData("0.1.2.3", "10.0.0.1", DropReason.Martian)]
    [InlineData("10.0.0.2", "0.0.0.0", DropReason.Martian)]
    [InlineData("224.0.0.1", "10.0.0.1", DropReason.Martian)]
    [InlineData("255.255.255.255", "10.0.0.1", DropReason.Martian)]
    [InlineData("10.0.0.255", "10.0.0.1", DropReason.Martian)]
    [InlineData("10.0.0.2", "240.0.0.1", DropReason.Martian)]
    [InlineData("10.0.0.1", "10.0.0.1", DropReason.OwnSource)]
    [InlineData("10.0.0.2", "10.0.0.77", DropReason.NotForThisHost)]
    [InlineData("10.0.0.2", "239.9.9.9", DropReason.NotAMember)]
    [InlineData("::1", "fd00::1", DropReason.Martian)]
    [InlineData("fd00::2", "::1", DropReason.Martian)]
    [InlineData("fd00::2", "::", DropReason.Martian)]
    [InlineData("::", "fd00::1", DropReason.Martian)]
    [InlineData("ff02::1", "fd00::1", DropReason.Martian)]
    [InlineData("::ffff:10.0.0.2", "fd00::1", DropReason.Martian)]
    [InlineData("fd00::2", "ff01::1", DropReason.Martian)]
    [InlineData("fd00::2", "ff00::1", DropReason.Martian)]
    [InlineData("fd00::1", "fd00::1", DropReason.OwnSource)]
    [InlineData("fd00::2", "fd00::77", DropReason.NotForThisHost)]
    [InlineData("fd00::2", "ff02::99", DropReason.NotAMember)]
    public void Addresses_that_no_packet_can_have_are_dropped_with_their_reason(string source, string destination, DropReason reason)
    {
        var hosts = new TwoHosts();
        var isV6 = source.Contains(':', StringComparison.Ordinal);
        hosts.Wire.Inject(isV6 ? Frames.V6(source, destination, IpProtocol.Udp, new byte[8]) : Frames.V4(source, destination, IpProtocol.Udp, new byte[8]), hosts.RightPort);
        hosts.Wire.Run(0.1);
        var dropped = Assert.Single(AddressCheckTests.Events(hosts.Left).OfType<PacketDropped>());
        Assert.Equal((reason, IpAddress.Parse(source), hosts.LeftPort.Interface), (dropped.Reason, dropped.Source.WithZone(0), dropped.Interface));
        Assert.Equal(1, hosts.Left.GetIpStatistics(isV6 ? IpVersion.V6 : IpVersion.V4).Drops[(int)reason]);
        Assert.Single(hosts.Wire.Frames);
    }

    [Fact]
    public void A_damaged_IPv4_header_is_dropped()
    {
        var hosts = new TwoHosts();
        var packet = Frames.V4("10.0.0.2", "10.0.0.1", IpProtocol.Udp, new byte[8]);
        packet[8]++;
        hosts.Wire.Inject(packet, hosts.RightPort);
        hosts.Wire.Run(0.1);
        Assert.Equal(DropReason.HeaderChecksum, Assert.Single(AddressCheckTests.Events(hosts.Left).OfType<PacketDropped>()).Reason);
    }

    [Fact]
    public void A_broadcast_of_the_link_reaches_every_socket_that_waits_for_it()
    {
        var hosts = new TwoHosts(InterfaceMedium.Ethernet);
        hosts.Wire.Run(5);
        var server = TwoHosts.Open(hosts.Right, "0.0.0.0", 7);
        var client = TwoHosts.Open(hosts.Left, "0.0.0.0", 0);
        hosts.Wire.Frames.Clear();
        client.Send("a"u8, new IpEndpoint(IpAddress.Parse("10.0.0.255"), 7));
        client.Send("b"u8, new IpEndpoint(IpAddress.Parse("255.255.255.255"), 7));
        hosts.Wire.Run(0.1);
        Assert.True(server.TryReceive(new byte[9], out var received) && received.Destination == IpAddress.Parse("10.0.0.255"));
        Assert.True(server.TryReceive(new byte[9], out received) && received.Destination == IpAddress.Parse("255.255.255.255"));
        Assert.All(hosts.Wire.Frames, static f => Assert.True(EthernetFrame.TryRead(f.Bytes, out var frame, out _) && frame.Destination == MacAddress.Broadcast));
    }

    [Fact]
    public void A_packet_to_one_host_in_a_frame_to_all_is_dropped()
    {
        var hosts = new TwoHosts(InterfaceMedium.Ethernet);
        hosts.Wire.Run(5);
        hosts.Wire.Inject(Frames.Ethernet(TwoHosts.MacOf(2), MacAddress.Broadcast, Frames.V4("10.0.0.2", "10.0.0.1", IpProtocol.Udp, new byte[8])), hosts.RightPort);
        hosts.Wire.Run(0.1);
        Assert.Contains(AddressCheckTests.Events(hosts.Left), static e => e is PacketDropped { Reason: DropReason.Martian });
    }

    [Fact]
    public void Link_local_addresses_work_with_their_zone_and_without_where_there_is_one_link()
    {
        var hosts = new TwoHosts(InterfaceMedium.Ethernet);
        hosts.Wire.Run(5);
        var server = TwoHosts.Open(hosts.Right, "::", 7);
        var client = TwoHosts.Open(hosts.Left, "::", 0);
        Assert.Equal(DatagramSendResult.Sent, client.Send("a"u8, new IpEndpoint(IpAddress.Parse("fe80::ff:fe00:2"), 7)));
        hosts.Wire.Run(0.1);
        Assert.True(server.TryReceive(new byte[9], out var received));
        Assert.Equal("fe80::ff:fe00:1%2", received.Peer.Address.ToString());
        server.Send("b"u8, received.Peer);
        hosts.Wire.Run(0.1);
        Assert.True(client.TryReceive(new byte[9], out _));
        hosts.Left.AddInterface(new InterfaceOptions { Name = "other" });
        Assert.Equal(DatagramSendResult.NoRoute, client.Send("a"u8, new IpEndpoint(IpAddress.Parse("fe80::ff:fe00:2"), 7)));
    }

    [Fact]
    public void A_router_tells_the_sender_of_a_neighbor_that_does_not_answer()
    {
        var hosts = new TwoHosts(InterfaceMedium.Ethernet, right: new StackOptions { Ip = new IpSettings { Forwarding = true, SendRedirects = false } });
        hosts.Wire.Run(5);
        foreach (var (any, prefix, router, absent, type, code) in ((string, string, string, string, byte, byte)[])[
            ("0.0.0.0", "192.0.2.0/24", "10.0.0.2", "192.0.2.7", 3, 1), ("::", "2001:db8::/64", "fd00::2", "2001:db8::7", 1, 3)])
        {
            hosts.Left.Routes.Add(new Route(Prefix(prefix), hosts.LeftPort.Interface, IpAddress.Parse(router)));
            hosts.Right.Routes.Add(new Route(Prefix(prefix), hosts.RightPort.Interface));
            var client = TwoHosts.Open(hosts.Left, any, 0);
            client.Send("x"u8, new IpEndpoint(IpAddress.Parse(absent), 7));
            hosts.Wire.Run(4);
            Assert.True(client.TryReceive(new byte[100], out var received));
            Assert.Equal(new DeliveryError(IpAddress.Parse(router), type, code, 0, false), received.Error);
        }
    }

    [Fact]
    public void Strangers_fill_no_table_beyond_its_bound()
    {
        var stack = new NetworkStack(new StackOptions(), new SeededRandom(1));
        var port = stack.AddInterface(new InterfaceOptions { Name = "wire0" });
        stack.AddAddress(port, IpAddress.Parse("10.0.0.1"), 8);
        var request = Frames.Icmp(IcmpHeader.EchoRequest(1, 1), []);
        for (var i = 2; i < 60_000; i++)
        {
            Give(stack, port, Frames.V4($"10.{i >> 16}.{(i >> 8) & 0xFF}.{i & 0xFF}", "10.0.0.1", IpProtocol.Icmp, request));
            while (stack.TryTransmit(port, TimeSpan.FromSeconds(1), out var reply)) stack.Pool.Return(reply);
        }

        Assert.InRange(stack.Icmp.GetStatistics(IpVersion.V4).OutByType[0], 59_000, 60_000);
        Assert.InRange(stack.PathsRemembered, 1, 16_384);
    }

    private static IpPrefix Prefix(string text) => IpPrefix.TryParse(text, out var prefix, out _) ? prefix : throw new FormatException(text);

    private static void Give(NetworkStack stack, NetworkInterface on, byte[] packet)
    {
        var buffer = stack.Pool.Rent(packet.Length);
        packet.CopyTo(buffer.Append(packet.Length));
        stack.Receive(on, buffer, TimeSpan.FromSeconds(1));
    }
}
