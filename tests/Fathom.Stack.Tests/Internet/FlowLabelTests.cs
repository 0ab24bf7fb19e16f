using System.Buffers.Binary;
using Fathom.Stack.Tests.Support;
using Fathom.Stack.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Internet;

/// <summary>RFC 6437 §2: a flow is five values; §3: its label is the same in all its packets, from a uniform distribution, and never 0.</summary>
public class FlowLabelTests
{
    private const int Flows = 200;

    [Fact]
    public void Every_flow_has_a_label_of_its_own_and_keeps_it()
    {
        var hosts = new TwoHosts();
        var sockets = new List<UdpSocket>();
        for (var i = 0; i < Flows; i++) sockets.Add(TwoHosts.Open(hosts.Left, "::", (ushort)(5000 + i)));
        for (var round = 0; round < 3; round++)
        {
            foreach (var socket in sockets) socket.Send(new byte[10], new IpEndpoint(TwoHosts.RightV6, 7));
            hosts.Wire.Run(0.1);
        }

        var labels = Labels(hosts).GroupBy(static seen => seen.Port).Select(static of => of.Select(static seen => seen.Label).ToArray()).ToArray();
        Assert.Equal(Flows, labels.Length);
        Assert.All(labels, static of => Assert.Equal((3, 1), (of.Length, of.Distinct().Count())));
        Assert.DoesNotContain(0u, labels.SelectMany(static of => of));

        // Of 200 labels of 20 bits two are alike in one run of fifty.
        Assert.InRange(labels.Select(static of => of[0]).Distinct().Count(), Flows - 2, Flows);
    }

    [Fact]
    public void The_pieces_of_a_packet_have_the_label_of_the_whole()
    {
        var hosts = new TwoHosts();
        var socket = TwoHosts.Open(hosts.Left, "::", 5000);
        foreach (var length in (int[])[10, 4000]) socket.Send(new byte[length], new IpEndpoint(TwoHosts.RightV6, 7));
        hosts.Wire.Run(0.1);
        var labels = hosts.Wire.Frames.Where(frame => frame.From == hosts.LeftPort).Select(static frame => Label(frame.Bytes)).ToArray();
        Assert.Equal(4, labels.Length);
        Assert.Single(labels.Distinct());
    }

    [Fact]
    public void Another_host_gives_the_same_flow_another_label()
    {
        var labels = new[] { 1, 2 }.Select(static seed =>
        {
            var hosts = new TwoHosts();
            var (stack, address, to) = seed == 1 ? (hosts.Left, TwoHosts.LeftV6, TwoHosts.RightV6) : (hosts.Right, TwoHosts.RightV6, TwoHosts.LeftV6);
            var socket = TwoHosts.Open(stack, address.ToString(), 5000);
            socket.Send(new byte[10], new IpEndpoint(to, 5000));
            hosts.Wire.Run(0.1);
            return Label(hosts.Wire.Frames[0].Bytes);
        });
        Assert.Equal(2, labels.Distinct().Count());
    }

    private static IEnumerable<(ushort Port, uint Label)> Labels(TwoHosts hosts)
        => hosts.Wire.Frames.Where(frame => frame.From == hosts.LeftPort).Select(static frame => (BinaryPrimitives.ReadUInt16BigEndian(frame.Bytes.AsSpan(Ipv6Packet.HeaderLength)), Label(frame.Bytes)));

    private static uint Label(byte[] packet)
    {
        Assert.True(Ipv6Packet.TryRead(packet, out var read, out _));
        return read.FlowLabel;
    }
}
