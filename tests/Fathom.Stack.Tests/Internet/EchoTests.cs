using System.Buffers.Binary;
using Fathom.Stack.Internet;
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_timestamp_request_is_answered_where_the_host_is_told_to(bool answers)
    {
        var hosts = new TwoHosts(right: new StackOptions { Ip = new IpSettings { AnswersTimestamps = answers } });

        // RFC 792: type 13, code 0, checksum, identifier 0x1234, number 7, originate 0x01020304, receive and transmit 0.
        byte[] request = [13, 0, 0, 0, 0x12, 0x34, 0, 7, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(2), InternetChecksum.Compute(request));
        hosts.Wire.Inject(Frames.V4("10.0.0.1", "10.0.0.2", IpProtocol.Icmp, request), hosts.LeftPort);
        hosts.Wire.Run(1);
        var answer = hosts.Wire.Frames.SingleOrDefault(f => f.From == hosts.RightPort);
        Assert.Equal(answers, answer is not null);
        if (answer is null) return;
        Assert.True(Ipv4Packet.TryRead(answer.Bytes, out var packet, out _));
        Assert.True(IcmpTimestamp.TryRead(packet.Payload, out var reply, out _));
        Assert.True(InternetChecksum.Verify(packet.Payload));
        Assert.Equal((true, 0x1234, 7, 0x01020304u), (reply.IsReply, reply.Identifier, reply.SequenceNumber, reply.Originate));

        // The first bit: no clock of the day.
        Assert.True(reply.Receive >> 31 == 1 && reply.Receive == reply.Transmit);
    }
}
