using Fathom.Stack.Internet;
using Fathom.Stack.Sockets;
using Fathom.Stack.Tests.Support;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Internet;

/// <summary>A router between two hosts (RFC 1812 §5, RFC 8200 §3 and §4.5), and path MTU discovery over it (RFC 1191, RFC 8201).</summary>
public class ForwardingTests
{
    private readonly byte[] _buffer = new byte[65_536];

    [Theory]
    [InlineData("0.0.0.0", "10.2.0.1")]
    [InlineData("::", "fd02::1")]
    public void A_packet_is_passed_on_with_one_hop_less(string any, string right)
    {
        var hosts = new RoutedHosts();
        var server = TwoHosts.Open(hosts.Right, any, 7);
        TwoHosts.Open(hosts.Left, any, 0).Send("x"u8, new IpEndpoint(IpAddress.Parse(right), 7), new PacketSendOptions(HopLimit: 2));
        hosts.Run(0.1);
        Assert.True(server.TryReceive(_buffer, out var received));
        Assert.Equal(1, received.HopLimit);

        // The next hop verifies the header's checksum, so that it was changed rightly.
        Assert.Equal(1, hosts.Router.GetIpStatistics(received.Destination.Version).OutForwDatagrams);
    }

    [Theory]
    [InlineData("0.0.0.0", "10.2.0.1", "10.1.0.254", 11)]
    [InlineData("::", "fd02::1", "fd01::ff", 3)]
    public void A_packet_whose_hops_run_out_is_told_of_by_the_router(string any, string right, string router, byte type)
    {
        var hosts = new RoutedHosts();
        var client = TwoHosts.Open(hosts.Left, any, 0);
        client.Send("x"u8, new IpEndpoint(IpAddress.Parse(right), 7), new PacketSendOptions(HopLimit: 1));
        hosts.Run(0.1);
        Assert.True(client.TryReceive(_buffer, out var received));
        Assert.Equal(new DeliveryError(IpAddress.Parse(router), type, 0, 0, false), received.Error);
        Assert.Empty(hosts.RightWire.Frames);
    }

    [Theory]
    [InlineData("0.0.0.0", "192.0.2.1", "10.1.0.254", 3)]
    [InlineData("::", "2001:db8::1", "fd01::ff", 1)]
    public void Where_no_route_leads_the_router_says_so(string any, string nowhere, string router, byte type)
    {
        var hosts = new RoutedHosts();
        var client = TwoHosts.Open(hosts.Left, any, 0);
        client.Send("x"u8, new IpEndpoint(IpAddress.Parse(nowhere), 7));
        hosts.Run(0.1);
        Assert.True(client.TryReceive(_buffer, out var received));
        Assert.Equal(new DeliveryError(IpAddress.Parse(router), type, 0, 0, false), received.Error);
    }

    [Fact]
    public void A_router_cuts_IPv4_packets_that_may_be_cut()
    {
        var hosts = new RoutedHosts(rightMtu: 600);
        var server = TwoHosts.Open(hosts.Right, "0.0.0.0", 7);
        var payload = new byte[4000];
        new Random(1).NextBytes(payload);
        TwoHosts.Open(hosts.Left, "0.0.0.0", 0).Send(payload, new IpEndpoint(IpAddress.Parse("10.2.0.1"), 7));
        hosts.Run(0.1);
        Assert.All(hosts.RightWire.Frames, static f => Assert.InRange(f.Bytes.Length, 1, 600));
        Assert.True(server.TryReceive(_buffer, out var received));
        Assert.True(payload.AsSpan().SequenceEqual(_buffer.AsSpan(0, received.Length)));
    }

    [Theory]
    [InlineData("0.0.0.0", "10.2.0.1", 1300, 20, 3, 4)]
    [InlineData("::", "fd02::1", 1300, 40, 2, 0)]
    public void A_path_MTU_is_learned_believed_for_ten_minutes_and_then_tried_again(string any, string right, int mtu, int header, byte type, byte code)
    {
        var hosts = new RoutedHosts(rightMtu: mtu);
        var client = TwoHosts.Open(hosts.Left, any, 0);
        var server = TwoHosts.Open(hosts.Right, any, 7);
        var to = new IpEndpoint(IpAddress.Parse(right), 7);
        var options = new PacketSendOptions(DontFragment: true);
        Assert.Equal(DatagramSendResult.Sent, client.Send(new byte[1400], to, options));
        hosts.Run(0.1);
        Assert.True(client.TryReceive(_buffer, out var received));
        Assert.Equal((type, code, mtu), (received.Error!.Value.Type, received.Error.Value.Code, received.Error.Value.NextHopMtu));
        Assert.Equal(DatagramSendResult.ExceedsPathMtu, client.Send(new byte[mtu - header - 7], to, options));
        Assert.Equal(DatagramSendResult.Sent, client.Send(new byte[mtu - header - 8], to, options));
        hosts.Run(0.1);
        Assert.True(server.TryReceive(_buffer, out _));

        // Without the wish not to be cut it is cut to the path's size by the sender.
        hosts.LeftWire.Frames.Clear();
        Assert.Equal(DatagramSendResult.Sent, client.Send(new byte[1400], to));
        hosts.Run(0.1);
        Assert.Equal(2, hosts.LeftWire.Frames.Count);
        Assert.True(server.TryReceive(_buffer, out received) && received.Length == 1400);
        hosts.LeftWire.Run(601);
        Assert.Equal(DatagramSendResult.Sent, client.Send(new byte[1400], to, options));
    }

    [Fact]
    public void A_report_never_raises_a_path_MTU_nor_lowers_it_below_the_floor_nor_is_it_believed_from_who_has_not_seen_the_packet()
    {
        var hosts = new TwoHosts();
        var client = TwoHosts.Open(hosts.Left, "0.0.0.0", 5000);
        var to = new IpEndpoint(TwoHosts.RightV4, 7);
        var options = new PacketSendOptions(DontFragment: true);
        Report(port: 6000, mtu: 600); // nobody here has that port
        Assert.Equal(DatagramSendResult.Sent, client.Send(new byte[1400], to, options));
        Report(port: 5000, mtu: 1000);
        Assert.Equal(DatagramSendResult.ExceedsPathMtu, client.Send(new byte[973], to, options));
        Report(port: 5000, mtu: 1400);
        Assert.Equal(DatagramSendResult.ExceedsPathMtu, client.Send(new byte[973], to, options));
        Assert.Equal(DatagramSendResult.Sent, client.Send(new byte[972], to, options));
        Report(port: 5000, mtu: 68);
        Assert.Equal(DatagramSendResult.ExceedsPathMtu, client.Send(new byte[552 - 27], to, options));
        Assert.Equal(DatagramSendResult.Sent, client.Send(new byte[552 - 28], to, options));

        void Report(ushort port, ushort mtu)
        {
            var datagram = new byte[8];
            new UdpHeader(port, 7).WriteTo(datagram);
            var quoted = Frames.V4("10.0.0.1", "10.0.0.2", IpProtocol.Udp, datagram);
            hosts.Wire.Inject(Frames.V4("10.0.0.99", "10.0.0.1", IpProtocol.Icmp, Frames.Icmp(IcmpHeader.FragmentationNeeded(mtu), quoted)), hosts.RightPort);
            hosts.Wire.Run(0.01);
        }
    }

    [Fact]
    public void A_report_of_an_MTU_that_IPv6_cannot_have_is_discarded()
    {
        // RFC 8201 §4.
        var hosts = new TwoHosts();
        var client = TwoHosts.Open(hosts.Left, "::", 5000);
        var datagram = new byte[8];
        new UdpHeader(5000, 7).WriteTo(datagram);
        var quoted = Frames.V6("fd00::1", "fd00::2", IpProtocol.Udp, datagram);
        var message = new byte[8 + quoted.Length];
        quoted.CopyTo(message, 8);
        var to = new IpEndpoint(TwoHosts.RightV6, 7);
        Report(1279);
        Assert.Equal(DatagramSendResult.Sent, client.Send(new byte[1400], to, new PacketSendOptions(DontFragment: true)));
        Report(1280);
        Assert.Equal(DatagramSendResult.ExceedsPathMtu, client.Send(new byte[1280 - 47], to, new PacketSendOptions(DontFragment: true)));
        Assert.Equal(DatagramSendResult.Sent, client.Send(new byte[1280 - 48], to, new PacketSendOptions(DontFragment: true)));

        void Report(uint mtu)
        {
            Icmpv6Header.PacketTooBig(mtu).WriteTo(message);
            hosts.Wire.Inject(Frames.Icmpv6("fd00::99", "fd00::1", message), hosts.RightPort);
            hosts.Wire.Run(0.01);
        }
    }

    [Fact]
    public void A_router_forwards_nothing_from_or_to_a_link()
    {
        var hosts = new RoutedHosts();
        hosts.LeftWire.Inject(Frames.V6("fe80::1", "fd02::1", IpProtocol.NoNextHeader, []), hosts.LeftPort);
        hosts.LeftWire.Inject(Frames.V6("fd01::1", "fe80::2", IpProtocol.NoNextHeader, []), hosts.LeftPort);
        hosts.LeftWire.Inject(Frames.V4("10.1.0.1", "169.254.1.1", IpProtocol.Udp, new byte[8]), hosts.LeftPort);
        hosts.LeftWire.Inject(Frames.V4("10.1.0.1", "224.0.1.1", IpProtocol.Udp, new byte[8]), hosts.LeftPort);
        hosts.LeftWire.Inject(Frames.V4("10.1.0.1", "255.255.255.255", IpProtocol.Udp, new byte[8]), hosts.LeftPort);
        hosts.Run(0.1);
        Assert.Empty(hosts.RightWire.Frames);
    }

    [Fact]
    public void A_host_that_is_no_router_forwards_nothing()
    {
        var hosts = new TwoHosts();
        hosts.Wire.Inject(Frames.V4("10.0.0.2", "192.0.2.1", IpProtocol.Udp, new byte[8]), hosts.RightPort);
        hosts.Wire.Run(0.1);
        Assert.Single(hosts.Wire.Frames);
        Assert.Equal(1, hosts.Left.GetIpStatistics(IpVersion.V4).InAddrErrors);
    }

    [Theory]
    [InlineData("0.0.0.0", "10.0.0.2", "198.51.100.1", "10.0.0.3")]
    [InlineData("::", "fd00::2", "2001:db8::1", "fe80::ff:fe00:3")]
    public void A_router_tells_of_a_better_first_hop_and_the_host_follows(string any, string router, string beyond, string better)
    {
        // Left sends to Right, which is a router and sends back over the same link to a third.
        var hosts = new TwoHosts(Fathom.Stack.Link.InterfaceMedium.Ethernet, right: new StackOptions { Ip = new IpSettings { Forwarding = true } });
        var (to, third) = (IpAddress.Parse(beyond), IpAddress.Parse(better));
        var all = new IpPrefix(to.IsV6 ? IpAddress.AnyV6 : IpAddress.AnyV4, 0);
        hosts.Wire.Run(5);
        hosts.Right.Routes.Add(new Route(all, hosts.RightPort.Interface, third));
        hosts.Right.SetNeighbor(hosts.RightPort.Interface, third, TwoHosts.MacOf(3));
        hosts.Left.SetNeighbor(hosts.LeftPort.Interface, third, TwoHosts.MacOf(3));

        // Over IPv6 a redirect is heard only from the router's link-local address, which is then the first hop.
        hosts.Left.Routes.Add(new Route(all, hosts.LeftPort.Interface, to.IsV6 ? IpAddress.Parse("fe80::ff:fe00:2") : IpAddress.Parse(router)));
        var client = TwoHosts.Open(hosts.Left, any, 0);
        client.Send("x"u8, new IpEndpoint(to, 7));
        hosts.Wire.Run(0.5);
        Assert.True(AddressCheckTests.Events(hosts.Left).OfType<RedirectReceived>().Single().IsTaken);
        hosts.Wire.Frames.Clear();
        client.Send("y"u8, new IpEndpoint(to, 7));
        hosts.Wire.Run(0.5);
        Assert.True(Fathom.Wire.Link.EthernetFrame.TryRead(hosts.Wire.Frames.First(f => f.From == hosts.LeftPort).Bytes, out var frame, out _));
        Assert.Equal(TwoHosts.MacOf(3), frame.Destination);
    }
}
