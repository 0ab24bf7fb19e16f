using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Stack.Sockets;
using Fathom.Stack.Tests.Support;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Link;

/// <summary>Neighbors on Ethernet: ARP (RFC 826, RFC 1122 §2.3.2) and neighbor discovery (RFC 4861 §7).</summary>
public class NeighborTests
{
    private readonly byte[] _buffer = new byte[65_536];

    [Theory]
    [InlineData("0.0.0.0", "10.0.0.2")]
    [InlineData("::", "fd00::2")]
    public void The_first_packets_wait_for_the_neighbor_and_none_is_lost(string any, string right)
    {
        var hosts = Settled();
        var server = TwoHosts.Open(hosts.Right, any, 7);
        var client = TwoHosts.Open(hosts.Left, any, 0);
        for (byte i = 0; i < 10; i++) client.Send([i], new IpEndpoint(IpAddress.Parse(right), 7));
        hosts.Wire.Run(0.1);
        for (byte i = 0; i < 10; i++)
        {
            Assert.True(server.TryReceive(_buffer, out _));
            Assert.Equal(i, _buffer[0]);
        }

        var neighbor = Assert.Single(hosts.Left.Neighbors, n => n.Address == IpAddress.Parse(right));
        Assert.Equal((ReachabilityState.Reachable, TwoHosts.MacOf(2), 0), (neighbor.State, neighbor.HardwareAddress, neighbor.Waiting));

        // The asked one has learned the asker from the question, and has not asked itself.
        Assert.Contains(Assert.Single(hosts.Right.Neighbors).State, new[] { ReachabilityState.Stale, ReachabilityState.Delay });
    }

    [Fact]
    public void Arp_asks_all_and_is_answered_alone()
    {
        var hosts = Settled();
        TwoHosts.Open(hosts.Left, "0.0.0.0", 0).Send("x"u8, new IpEndpoint(TwoHosts.RightV4, 7));
        hosts.Wire.Frames.Clear();
        hosts.Wire.Run(0.1);
        Assert.Equal(
            ["request 10.0.0.1 at 02:00:00:00:00:01 about 10.0.0.2 to ff:ff:ff:ff:ff:ff", "reply 10.0.0.2 at 02:00:00:00:00:02 about 10.0.0.1 to 02:00:00:00:00:01"],
            hosts.Wire.Frames.Where(static f => Frames.TypeOf(f.Bytes) == EtherType.Arp).Select(static f => Frames.ArpText(f.Bytes)));
    }

    [Theory]
    [InlineData("0.0.0.0", "10.0.0.9", 3, 1)]
    [InlineData("::", "fd00::9", 1, 3)]
    public void A_neighbor_that_is_not_there_is_asked_for_three_times_and_its_packets_come_back_as_unreachable(string any, string absent, byte type, byte code)
    {
        var hosts = Settled();
        var client = TwoHosts.Open(hosts.Left, any, 0);
        client.Send("one"u8, new IpEndpoint(IpAddress.Parse(absent), 7));
        client.Send("two"u8, new IpEndpoint(IpAddress.Parse(absent), 7));
        hosts.Wire.Frames.Clear();
        hosts.Wire.Run(2.9);
        Assert.Equal(3, hosts.Wire.Frames.Count);
        Assert.False(client.TryReceive(_buffer, out _));
        hosts.Wire.Run(0.2);
        foreach (var expected in (string[])["one", "two"])
        {
            Assert.True(client.TryReceive(_buffer, out var received));
            Assert.Equal(new DeliveryError(any == "::" ? TwoHosts.LeftV6 : TwoHosts.LeftV4, type, code, 0, true), received.Error);
            Assert.Equal(expected, System.Text.Encoding.ASCII.GetString(_buffer, 0, received.Length));
        }

        Assert.Equal(ReachabilityState.Failed, Assert.Single(hosts.Left.Neighbors, n => n.Address == IpAddress.Parse(absent)).State);
        Assert.Equal(3, hosts.Wire.Frames.Count);
        Assert.Equal(0, hosts.Left.Pool.Rented);

        // Who comes later is let in: the next packet asks again.
        client.Send("three"u8, new IpEndpoint(IpAddress.Parse(absent), 7));
        hosts.Wire.Run(0.1);
        Assert.Equal(4, hosts.Wire.Frames.Count);
    }

    [Fact]
    public void Of_too_many_packets_that_wait_the_newest_are_kept()
    {
        var hosts = Settled(new NeighborSettings { WaitingPerNeighbor = 3 });
        var server = TwoHosts.Open(hosts.Right, "0.0.0.0", 7);
        var client = TwoHosts.Open(hosts.Left, "0.0.0.0", 0);
        for (byte i = 0; i < 10; i++) client.Send([i], new IpEndpoint(TwoHosts.RightV4, 7));
        hosts.Wire.Run(0.1);
        Assert.Equal([7, 8, 9], Received(server));
    }

    [Theory]
    [InlineData("0.0.0.0", "10.0.0.2")]
    [InlineData("::", "fd00::2")]
    public void A_neighbor_ages_and_is_probed_when_there_is_a_packet_for_it(string any, string right)
    {
        var hosts = Settled();
        var client = TwoHosts.Open(hosts.Left, any, 0);
        var peer = new IpEndpoint(IpAddress.Parse(right), 7);
        TwoHosts.Open(hosts.Right, any, 7);
        client.Send("x"u8, peer);
        hosts.Wire.Run(0.1);
        Assert.Equal(ReachabilityState.Reachable, State());

        // RFC 4861 §6.3.2: at most one and a half times 30 seconds.
        hosts.Wire.Run(46);
        hosts.Wire.Frames.Clear();
        client.Send("x"u8, peer);
        hosts.Wire.Run(0.1);
        Assert.Equal(ReachabilityState.Delay, State());
        Assert.Single(hosts.Wire.Frames);
        hosts.Wire.Run(4.8);
        Assert.Equal(ReachabilityState.Delay, State());
        hosts.Wire.Loses = f => f.From == hosts.LeftPort;
        hosts.Wire.Run(0.2);
        Assert.Equal(ReachabilityState.Probe, State());

        // The question went to the neighbor alone (RFC 4861 §7.3.3).
        Assert.True(EthernetFrame.TryRead(hosts.Wire.Frames[^1].Bytes, out var probe, out _));
        Assert.Equal(TwoHosts.MacOf(2), probe.Destination);
        hosts.Wire.Run(1);
        hosts.Wire.Loses = static _ => false;
        hosts.Wire.Run(1);
        Assert.Equal(ReachabilityState.Reachable, State());
        hosts.Wire.Run(46);
        client.Send("x"u8, peer);
        hosts.Wire.Loses = static _ => true;
        hosts.Wire.Run(8.1);
        Assert.Equal(ReachabilityState.Failed, State());

        ReachabilityState State() => Assert.Single(hosts.Left.Neighbors, n => n.Address == IpAddress.Parse(right)).State;
    }

    [Fact]
    public void A_changed_MAC_address_is_taken_and_looked_after()
    {
        var hosts = Settled();
        TwoHosts.Open(hosts.Right, "0.0.0.0", 7);
        var client = TwoHosts.Open(hosts.Left, "0.0.0.0", 0);
        client.Send("x"u8, new IpEndpoint(TwoHosts.RightV4, 7));
        hosts.Wire.Run(0.1);
        hosts.Wire.Inject(Frames.Arp(ArpOperation.Request, TwoHosts.MacOf(7), "10.0.0.2", default, "10.0.0.2"), hosts.RightPort);
        hosts.Wire.Run(0.1);
        var neighbor = Assert.Single(hosts.Left.Neighbors);
        Assert.Equal((ReachabilityState.Stale, TwoHosts.MacOf(7)), (neighbor.State, neighbor.HardwareAddress));
    }

    [Fact]
    public void Nobody_fills_the_cache_beyond_its_limit_nor_with_strangers()
    {
        var hosts = Settled(new NeighborSettings { Limit = 16 });
        for (var i = 0; i < 200; i++) hosts.Wire.Inject(Frames.Arp(ArpOperation.Request, TwoHosts.MacOf(9), $"10.0.0.{i + 20}", default, "10.0.0.1"), hosts.RightPort);
        hosts.Wire.Run(0.1);
        Assert.Equal(16, hosts.Left.Neighbors.Count);

        // Of another network, unasked, and the group of a broadcast.
        hosts.Wire.Inject(Frames.Arp(ArpOperation.Request, TwoHosts.MacOf(9), "192.0.2.1", default, "10.0.0.1"), hosts.RightPort);
        hosts.Wire.Inject(Frames.Arp(ArpOperation.Reply, TwoHosts.MacOf(9), "10.0.0.3", TwoHosts.MacOf(1), "10.0.0.1"), hosts.RightPort);
        hosts.Wire.Inject(Frames.Arp(ArpOperation.Request, TwoHosts.MacOf(9), "10.0.0.255", default, "10.0.0.1"), hosts.RightPort);
        hosts.Wire.Run(0.1);
        Assert.DoesNotContain(hosts.Left.Neighbors, static n => n.Address.ToString() is "192.0.2.1" or "10.0.0.3" or "10.0.0.255");
    }

    [Fact]
    public void A_solicitation_from_beyond_the_link_is_not_heard()
    {
        var hosts = Settled();
        var message = new byte[24];
        new NeighborSolicitationHeader(TwoHosts.LeftV6).WriteTo(message);
        hosts.Wire.Frames.Clear();
        hosts.Wire.Inject(Frames.Ethernet(TwoHosts.MacOf(2), TwoHosts.MacOf(1), Frames.Icmpv6("fd00::2", "fd00::1", message, hopLimit: 254)), hosts.RightPort);
        hosts.Wire.Run(0.1);
        Assert.Single(hosts.Wire.Frames);
        hosts.Wire.Inject(Frames.Ethernet(TwoHosts.MacOf(2), TwoHosts.MacOf(1), Frames.Icmpv6("fd00::2", "fd00::1", message)), hosts.RightPort);
        hosts.Wire.Run(0.1);
        Assert.Contains(hosts.Wire.Frames, static f => Frames.Icmpv6TypeOf(f.Bytes) == Icmpv6Type.NeighborAdvertisement);
    }

    [Fact]
    public void A_gateway_outside_of_every_prefix_is_found()
    {
        var hosts = Settled();
        hosts.Right.AddAddress(hosts.RightPort.Interface, IpAddress.Parse("192.0.2.1"), 32);
        hosts.Left.Routes.Add(new Route(new IpPrefix(IpAddress.AnyV4, 0), hosts.LeftPort.Interface, IpAddress.Parse("192.0.2.1")));
        hosts.Right.Routes.Add(new Route(new IpPrefix(IpAddress.Parse("198.51.100.0"), 24), hosts.RightPort.Interface));
        hosts.Wire.Run(1);
        hosts.Wire.Frames.Clear();
        TwoHosts.Open(hosts.Left, "0.0.0.0", 0).Send("x"u8, new IpEndpoint(IpAddress.Parse("198.51.100.7"), 7));
        hosts.Wire.Run(0.1);
        Assert.Contains(hosts.Wire.Frames, static f => EthernetFrame.TryRead(f.Bytes, out var frame, out _) && frame.EtherType == EtherType.Ipv4 && frame.Destination == TwoHosts.MacOf(2));
    }

    [Fact]
    public void A_neighbor_that_TCP_makes_progress_with_is_not_probed()
    {
        var hosts = Settled();
        Assert.True(hosts.Right.Tcp.TryListen(new IpEndpoint(TwoHosts.RightV4, 80), new Fathom.Stack.Transport.Tcp.TcpListenOptions(), out var listener, out _));
        Assert.True(hosts.Left.Tcp.TryConnect(new IpEndpoint(TwoHosts.RightV4, 80), new Fathom.Stack.Transport.Tcp.TcpConnectOptions(), out var client, out _));
        hosts.Wire.Run(0.1);
        Assert.True(listener.TryAccept(out var server));
        Internet.AddressCheckTests.Events(hosts.Left);
        for (var i = 0; i < 200; i++)
        {
            client.Write("more"u8);
            hosts.Wire.Run(1);
            Assert.Equal(4, server.Read(_buffer));
        }

        // Without TCP's word it would have gone stale, and been asked, every half minute.
        Assert.Empty(Internet.AddressCheckTests.Events(hosts.Left).OfType<NeighborChanged>());
    }

    [Fact]
    public void A_neighbor_set_by_hand_is_never_asked_for()
    {
        var hosts = Settled();
        hosts.Left.SetNeighbor(hosts.LeftPort.Interface, IpAddress.Parse("10.0.0.77"), TwoHosts.MacOf(2));
        hosts.Wire.Frames.Clear();
        TwoHosts.Open(hosts.Left, "0.0.0.0", 0).Send("x"u8, new IpEndpoint(IpAddress.Parse("10.0.0.77"), 7));
        hosts.Wire.Run(0.1);
        Assert.True(EthernetFrame.TryRead(Assert.Single(hosts.Wire.Frames).Bytes, out var frame, out _));
        Assert.Equal((TwoHosts.MacOf(2), EtherType.Ipv4), (frame.Destination, frame.EtherType));
        Assert.True(hosts.Left.RemoveNeighbor(hosts.LeftPort.Interface, IpAddress.Parse("10.0.0.77")));
        Assert.Empty(hosts.Left.Neighbors);
    }

    /// <summary>Two hosts on Ethernet whose addresses are in use, with nothing to say any more.</summary>
    private static TwoHosts Settled(NeighborSettings? settings = null)
    {
        var options = new StackOptions { Ip = new IpSettings { Neighbors = settings ?? new NeighborSettings() } };
        var hosts = new TwoHosts(InterfaceMedium.Ethernet, left: options);
        hosts.Wire.Run(20);
        return hosts;
    }

    private List<byte> Received(Fathom.Stack.Transport.UdpSocket socket)
    {
        var all = new List<byte>();
        while (socket.TryReceive(_buffer, out _)) all.Add(_buffer[0]);
        return all;
    }
}
