using Fathom.Stack.Sockets;
using Fathom.Stack.Tests.Support;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Tests.Internet;

public class EchoTests
{
    private readonly byte[] _buffer = new byte[65_536];

    [Theory]
    [InlineData("10.0.0.2", 56)]
    [InlineData("fd00::2", 56)]
    [InlineData("10.0.0.2", 10_000)]
    [InlineData("fd00::2", 10_000)]
    [InlineData("127.0.0.1", 0)]
    [InlineData("::1", 0)]
    public void An_echo_request_is_answered_with_its_data(string destination, int length)
    {
        var hosts = new TwoHosts();
        var address = IpAddress.Parse(destination);
        Assert.True(hosts.Left.Icmp.TryOpenEcho(address.Version, null, null, out var socket));
        var data = new byte[length];
        new Random(length).NextBytes(data);
        Assert.Equal(DatagramSendResult.Sent, socket.Send(address, 77, data));
        hosts.Wire.Run(1);
        Assert.True(socket.TryReceive(_buffer, out var reply));
        Assert.Equal((address, (ushort)77, length, (byte)64, null), (reply.Peer, reply.SequenceNumber, reply.Length, reply.HopLimit, reply.Error));
        Assert.True(data.AsSpan().SequenceEqual(_buffer.AsSpan(0, length)));
        Assert.False(socket.TryReceive(_buffer, out _));
        Assert.Equal(0, hosts.Left.Pool.Rented + hosts.Right.Pool.Rented);
    }
}
