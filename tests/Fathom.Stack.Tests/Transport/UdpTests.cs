using Fathom.Stack.Link;
using Fathom.Stack.Sockets;
using Fathom.Stack.Tests.Support;
using Fathom.Stack.Transport;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Transport;

public class UdpTests
{
    private readonly byte[] _buffer = new byte[65_536];

    [Theory]
    [InlineData("0.0.0.0", "10.0.0.2", "10.0.0.1")]
    [InlineData("::", "fd00::2", "fd00::1")]
    public void A_datagram_arrives_with_its_ends_and_can_be_answered(string any, string right, string left)
    {
        var hosts = new TwoHosts();
        var server = TwoHosts.Open(hosts.Right, any, 7);
        var client = TwoHosts.Open(hosts.Left, any, 0);
        Assert.InRange(client.Local.Port, 49_152, 65_535);
        Assert.Equal(DatagramSendResult.Sent, client.Send("ask"u8, new IpEndpoint(IpAddress.Parse(right), 7), new PacketSendOptions(HopLimit: 9, Dscp: 46, Ecn: 2)));
        hosts.Wire.Run(1);
        Assert.True(server.TryReceive(_buffer, out var received));
        Assert.Equal("ask"u8, _buffer.AsSpan(0, received.Length));
        Assert.Equal((new IpEndpoint(IpAddress.Parse(left), client.Local.Port), IpAddress.Parse(right), (byte)9, (byte)46, (byte)2),
            (received.Peer, received.Destination, received.HopLimit, received.Dscp, received.Ecn));
        Assert.Equal(DatagramSendResult.Sent, server.Send("answer"u8, received.Peer));
        hosts.Wire.Run(1);
        Assert.True(client.TryReceive(_buffer, out received));
        Assert.Equal("answer"u8, _buffer.AsSpan(0, received.Length));
        Assert.False(client.TryReceive(_buffer, out _));
        Assert.Equal(0, hosts.Left.Pool.Rented + hosts.Right.Pool.Rented);
    }

    [Theory]
    [InlineData("0.0.0.0", "10.0.0.2", 3, 3)]
    [InlineData("::", "fd00::2", 1, 4)]
    public void A_port_where_nobody_listens_is_told_to_the_sender(string any, string right, byte type, byte code)
    {
        var hosts = new TwoHosts();
        var client = TwoHosts.Open(hosts.Left, any, 0);
        client.Send("ask"u8, new IpEndpoint(IpAddress.Parse(right), 9));
        hosts.Wire.Run(1);
        Assert.True(client.TryReceive(_buffer, out var received));
        Assert.Equal(new DeliveryError(IpAddress.Parse(right), type, code, 0, false), received.Error);
        Assert.Equal(new IpEndpoint(IpAddress.Parse(right), 9), received.Peer);
        Assert.Equal("ask"u8, _buffer.AsSpan(0, received.Length));
    }

    [Fact]
    public void A_connected_socket_hears_of_its_peer_only()
    {
        var hosts = new TwoHosts();
        var one = TwoHosts.Open(hosts.Right, "0.0.0.0", 1001);
        var other = TwoHosts.Open(hosts.Right, "0.0.0.0", 1002);
        var client = TwoHosts.Open(hosts.Left, "0.0.0.0", 5000);
        Assert.Equal(UdpRefusal.None, client.Connect(new IpEndpoint(TwoHosts.RightV4, 1001)));
        Assert.Equal(new IpEndpoint(TwoHosts.LeftV4, 5000), client.Local);
        other.Send("stranger"u8, client.Local);
        one.Send("peer"u8, client.Local);
        hosts.Wire.Run(1);
        Assert.True(client.TryReceive(_buffer, out var received));
        Assert.Equal("peer"u8, _buffer.AsSpan(0, received.Length));
        Assert.False(client.TryReceive(_buffer, out _));
        Assert.True(other.TryReceive(_buffer, out received));
        Assert.Equal((byte)3, received.Error?.Type);
    }

    [Fact]
    public void An_address_and_port_have_one_socket()
    {
        var hosts = new TwoHosts();
        TwoHosts.Open(hosts.Left, "0.0.0.0", 53);
        Assert.False(hosts.Left.Udp.TryOpen(new IpEndpoint(TwoHosts.LeftV4, 53), out _, out var refusal));
        Assert.Equal(UdpRefusal.AddressInUse, refusal);
        Assert.False(hosts.Left.Udp.TryOpen(new IpEndpoint(TwoHosts.RightV4, 54), out _, out refusal));
        Assert.Equal(UdpRefusal.NotLocal, refusal);
        Assert.True(hosts.Left.Udp.TryOpen(new IpEndpoint(IpAddress.AnyV6, 53), out _, out _));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.0.0.1")]
    [InlineData("fd00::1")]
    public void A_host_reaches_itself(string self)
    {
        var hosts = new TwoHosts();
        var server = TwoHosts.Open(hosts.Left, self, 7);
        var client = TwoHosts.Open(hosts.Left, self, 0);
        client.Send(new byte[40_000], server.Local);
        hosts.Wire.Run(1);
        Assert.True(server.TryReceive(_buffer, out var received));
        Assert.Equal((client.Local, 40_000), (received.Peer, received.Length));
        Assert.Empty(hosts.Wire.Frames);
    }

    [Theory]
    [InlineData("0.0.0.0", "10.0.0.2", 65_507)]
    [InlineData("::", "fd00::2", 65_527)]
    public void The_largest_datagram_is_cut_and_put_together(string any, string right, int largest)
    {
        var hosts = new TwoHosts();
        var server = TwoHosts.Open(hosts.Right, any, 7);
        var client = TwoHosts.Open(hosts.Left, any, 0);
        var payload = new byte[largest + 1];
        new Random(7).NextBytes(payload);
        var to = new IpEndpoint(IpAddress.Parse(right), 7);
        Assert.Equal(DatagramSendResult.TooLong, client.Send(payload, to));
        Assert.Equal(DatagramSendResult.ExceedsPathMtu, client.Send(payload.AsSpan(0, largest), to, new PacketSendOptions(DontFragment: true)));
        Assert.Equal(DatagramSendResult.Sent, client.Send(payload.AsSpan(0, largest), to));
        hosts.Wire.Run(1);
        Assert.All(hosts.Wire.Frames, static f => Assert.InRange(f.Bytes.Length, 1, 1500));
        Assert.True(server.TryReceive(_buffer, out var received));
        Assert.True(payload.AsSpan(0, largest).SequenceEqual(_buffer.AsSpan(0, received.Length)));
    }

    [Fact]
    public void Over_IPv6_a_datagram_without_a_checksum_is_refused_and_over_IPv4_taken()
    {
        var hosts = new TwoHosts();
        var v4 = TwoHosts.Open(hosts.Right, "0.0.0.0", 7);
        var v6 = TwoHosts.Open(hosts.Right, "::", 7);
        var packet = new byte[20 + 9];
        new UdpHeader(1, 7).WriteTo(packet.AsSpan(20));
        new Ipv4Header { TimeToLive = 64, Protocol = IpProtocol.Udp, Source = TwoHosts.LeftV4, Destination = TwoHosts.RightV4 }.WriteTo(packet);
        hosts.Wire.Inject(packet, hosts.LeftPort);
        packet = new byte[40 + 9];
        new UdpHeader(1, 7).WriteTo(packet.AsSpan(40));
        new Ipv6Header { HopLimit = 64, NextHeader = IpProtocol.Udp, Source = TwoHosts.LeftV6, Destination = TwoHosts.RightV6 }.WriteTo(packet);
        hosts.Wire.Inject(packet, hosts.LeftPort);
        hosts.Wire.Run(1);
        Assert.True(v4.TryReceive(_buffer, out _));
        Assert.False(v6.TryReceive(_buffer, out _));
        Assert.Equal(1, hosts.Right.Udp.GetStatistics().InErrors);
    }

    [Fact]
    public void A_socket_whose_owner_does_not_read_keeps_so_much_and_no_more()
    {
        var hosts = new TwoHosts(right: new StackOptions { Udp = new UdpSettings { ReceiveLimit = 10_000 } });
        var server = TwoHosts.Open(hosts.Right, "0.0.0.0", 7);
        var client = TwoHosts.Open(hosts.Left, "0.0.0.0", 0);
        for (var i = 0; i < 100; i++) client.Send(new byte[744], new IpEndpoint(TwoHosts.RightV4, 7));
        hosts.Wire.Run(1);
        Assert.Equal((90, 10), (server.Dropped, hosts.Right.Pool.Rented));
        Assert.Equal(new UdpStatistics(10, 0, 90, 0), hosts.Right.Udp.GetStatistics());
        Assert.Contains(AddressEvents(hosts.Right), static e => e is UdpDropped { Reason: UdpDropReason.QueueFull });
        server.Close();
        Assert.Equal(0, hosts.Right.Pool.Rented);
        Assert.Equal(DatagramSendResult.Closed, server.Send("x"u8, client.Local));
    }

    [Fact]
    public void A_socket_that_is_full_says_when_it_is_not()
    {
        var hosts = new TwoHosts(left: new StackOptions { Udp = new UdpSettings { SendLimit = 3000 } });
        var client = TwoHosts.Open(hosts.Left, "0.0.0.0", 0);
        client.Owner = this;
        var to = new IpEndpoint(TwoHosts.RightV4, 7);
        for (var i = 0; i < 3; i++) Assert.Equal(DatagramSendResult.Sent, client.Send(new byte[1000], to));
        Assert.Equal((DatagramSendResult.WouldBlock, SocketReadiness.None), (client.Send(new byte[1000], to), client.Readiness));
        Assert.False(hosts.Left.TryTakeReady(out _));
        Assert.True(hosts.Left.TryTransmit(hosts.LeftPort.Interface, hosts.Wire.Now, out var frame));
        hosts.Left.Pool.Return(frame);
        Assert.True(hosts.Left.TryTakeReady(out var ready));
        Assert.Equal((client, SocketReadiness.Writable), (ready, client.Readiness));
        Assert.False(hosts.Left.TryTakeReady(out _));
    }

    [Fact]
    public void A_queue_that_no_driver_empties_is_bounded_and_keeps_what_it_has()
    {
        var stack = new NetworkStack(new StackOptions(), new SeededRandom(1));
        var port = stack.AddInterface(new InterfaceOptions { Name = "slow", OutputQueueLimit = 5 });
        stack.AddAddress(port, TwoHosts.LeftV4, 24);
        var other = stack.AddInterface(new InterfaceOptions { Name = "fast" });
        var socket = TwoHosts.Open(stack, "0.0.0.0", 0);
        for (var i = 0; i < 20; i++) socket.Send([(byte)i], new IpEndpoint(TwoHosts.RightV4, 7));

        // Asked for the other interface, the stack fills this one's queue and then waits for its driver: nothing is dropped.
        Assert.False(stack.TryTransmit(other, TimeSpan.Zero, out _));
        Assert.Equal(5, port.Waiting);
        var sent = 0;
        while (stack.TryTransmit(TimeSpan.Zero, out var through, out var frame))
        {
            Assert.Equal((port, (byte)sent++), (through, frame.Span[^1]));
            stack.Pool.Return(frame);
        }

        Assert.Equal((20, 0L), (sent, port.GetStatistics().OutDiscards));
    }

    private static List<Fathom.Stack.Events.StackEvent> AddressEvents(NetworkStack stack) => Internet.AddressCheckTests.Events(stack);

    [Fact]
    public void Datagrams_without_end_leave_TCP_its_turns()
    {
        var stack = new NetworkStack(new StackOptions(), new SeededRandom(1));
        var port = stack.AddInterface(new InterfaceOptions { Name = "wire0", Medium = InterfaceMedium.PointToPoint });
        stack.AddAddress(port, TwoHosts.LeftV4, 24);
        var flood = TwoHosts.Open(stack, "0.0.0.0", 0);
        for (var i = 0; i < 10; i++) Assert.True(stack.Tcp.TryConnect(new IpEndpoint(TwoHosts.RightV4, 80), new TcpConnectOptions(), out _, out _));

        var protocols = new List<IpProtocol>();
        while (protocols.Count < 50)
        {
            while (flood.Send(new byte[1000], new IpEndpoint(TwoHosts.RightV4, 9)) == DatagramSendResult.Sent)
            {
            }

            Assert.True(stack.TryTransmit(port, TimeSpan.Zero, out var frame));
            protocols.Add((IpProtocol)frame.Span[9]);
            stack.Pool.Return(frame);
        }

        Assert.Equal(10, protocols.Count(static p => p == IpProtocol.Tcp));
        Assert.InRange(protocols.IndexOf(IpProtocol.Tcp), 1, 20);
        Assert.InRange(protocols.LastIndexOf(IpProtocol.Tcp), 20, 40); // turn by turn: neither has to wait for the other's end
    }
}
