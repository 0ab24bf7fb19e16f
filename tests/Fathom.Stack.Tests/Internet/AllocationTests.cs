using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Stack.Tests.Support;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Internet;

/// <summary>In the steady state a packet costs no memory, whether it is delivered, answered, sent or passed on.</summary>
public class AllocationTests
{
    private readonly NetworkStack _stack;
    private readonly NetworkInterface _left;
    private readonly NetworkInterface _right;
    private TimeSpan _now = TimeSpan.FromSeconds(1);

    public AllocationTests()
    {
        _stack = new NetworkStack(new StackOptions { Ip = new IpSettings { Forwarding = true } }, new SeededRandom(1));
        _left = Make("left", "10.1.0.1", "fd01::1");
        _right = Make("right", "10.2.0.1", "fd02::1");
    }

    [Theory]
    [InlineData("10.1.0.9", "10.2.0.9")]
    [InlineData("fd01::9", "fd02::9")]
    public void Passing_on_allocates_nothing(string source, string destination)
    {
        var packet = Udp(source, destination, 1000);
        AssertNothing(() =>
        {
            Give(packet);
            MustBeOne(Take(_right));
        });
    }

    [Theory]
    [InlineData("10.1.0.9", "10.1.0.1", "0.0.0.0")]
    [InlineData("fd01::9", "fd01::1", "::")]
    public void A_datagram_delivered_and_answered_allocates_nothing(string source, string destination, string any)
    {
        var packet = Udp(source, destination, 1000);
        var socket = TwoHosts.Open(_stack, any, 7);
        var buffer = new byte[2048];
        AssertNothing(() =>
        {
            Give(packet);
            if (!socket.TryReceive(buffer, out var received)) Assert.Fail("no datagram");
            socket.Send(buffer.AsSpan(0, received.Length), received.Peer);
            MustBeOne(Take(_left));
        });
    }

    [Theory]
    [InlineData("10.1.0.9", "10.1.0.1")]
    [InlineData("fd01::9", "fd01::1")]
    public void An_echo_reply_allocates_nothing(string source, string destination)
    {
        var (from, to) = (IpAddress.Parse(source), IpAddress.Parse(destination));
        var message = new byte[64];
        if (from.IsV4) IcmpHeader.EchoRequest(1, 1).WriteTo(message);
        else Icmpv6Header.EchoRequest(1, 1).WriteTo(message, from, to);
        var packet = from.IsV4 ? Frames.V4(source, destination, IpProtocol.Icmp, message) : Frames.V6(source, destination, IpProtocol.Icmpv6, message);
        AssertNothing(() =>
        {
            Give(packet);
            MustBeOne(Take(_left));
        });
    }

    private static byte[] Udp(string source, string destination, int length)
    {
        var datagram = new byte[8 + length];
        var (from, to) = (IpAddress.Parse(source), IpAddress.Parse(destination));
        new UdpHeader(5000, 7).WriteTo(datagram, from, to);
        return from.IsV4 ? Frames.V4(source, destination, IpProtocol.Udp, datagram) : Frames.V6(source, destination, IpProtocol.Udp, datagram);
    }

    // xunit's own assertions allocate.
    private static void MustBeOne(int count)
    {
        if (count != 1) Assert.Fail($"{count} frames");
    }

    private static void AssertNothing(Action round)
    {
        for (var i = 0; i < 200; i++) round();
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (var i = 0; i < 100; i++) round();
        }));
    }

    private NetworkInterface Make(string name, string v4, string v6)
    {
        // Ethernet, so that the neighbor and the link header are in it.
        var made = _stack.AddInterface(new InterfaceOptions { Name = name, Medium = InterfaceMedium.Ethernet, HardwareAddress = TwoHosts.MacOf((byte)_stack.Interfaces.Count) });
        _stack.AddAddress(made, IpAddress.Parse(v4), 24);
        _stack.AddAddress(made, IpAddress.Parse(v6), 64);
        for (var end = _now + TimeSpan.FromSeconds(20); _stack.Deadline is { } at && at < end;)
        {
            _now = at > _now ? at : _now;
            _stack.HandleDeadline(_now);
            Take(made);
        }

        _stack.SetNeighbor(made, IpAddress.Parse(v4[..^1] + "9"), TwoHosts.MacOf(9));
        _stack.SetNeighbor(made, IpAddress.Parse(v6[..^1] + "9"), TwoHosts.MacOf(9));
        return made;
    }

    private void Give(byte[] packet)
    {
        var frame = _stack.Pool.Rent(packet.Length);
        packet.CopyTo(frame.Append(packet.Length));
        new Fathom.Wire.Link.EthernetHeader(_left.HardwareAddress!.Value, TwoHosts.MacOf(9), packet[0] >> 4 == 6 ? Fathom.Wire.Link.EtherType.Ipv6 : Fathom.Wire.Link.EtherType.Ipv4).WriteTo(frame.Prepend(14));
        _stack.Receive(_left, frame, _now);
    }

    private int Take(NetworkInterface through)
    {
        var count = 0;
        while (_stack.TryTransmit(through, _now, out var frame))
        {
            count++;
            _stack.Pool.Return(frame);
        }

        return count;
    }
}
