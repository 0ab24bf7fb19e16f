using Fathom.Stack.Internet;
using Fathom.Stack.Tests.Support;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Internet;

/// <summary>Fragments as attackers and bad networks send them (RFC 791 §3.2, RFC 815, RFC 5722, RFC 6946, RFC 7112, RFC 8200 §4.5).</summary>
public class FragmentTests
{
    private readonly byte[] _buffer = new byte[65_536];
    private readonly byte[] _payload = new byte[6000];

    public FragmentTests() => new Random(1).NextBytes(_payload);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fragments_in_any_order_and_twice_make_one_packet(bool isV6)
    {
        var hosts = new TwoHosts();
        var socket = TwoHosts.Open(hosts.Left, isV6 ? "::" : "0.0.0.0", 7);
        var fragments = Fragments(isV6);
        new Random(2).Shuffle(fragments);
        foreach (var fragment in fragments)
        {
            hosts.Wire.Inject(fragment, hosts.RightPort);
            hosts.Wire.Inject(fragment, hosts.RightPort);
        }

        hosts.Wire.Run(0.1);
        Assert.True(socket.TryReceive(_buffer, out var received));
        Assert.True(_payload.AsSpan().SequenceEqual(_buffer.AsSpan(0, received.Length)));
        Assert.False(socket.TryReceive(_buffer, out _));
        var counted = hosts.Left.GetIpStatistics(isV6 ? IpVersion.V6 : IpVersion.V4);
        Assert.Equal((2 * fragments.Length, 1), (counted.ReasmReqds, counted.ReasmOKs));
        Assert.Contains(AddressCheckTests.Events(hosts.Left), e => e is PacketReassembled p && p.Fragments == fragments.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fragments_that_overlap_and_differ_make_none(bool isV6)
    {
        var hosts = new TwoHosts();
        var socket = TwoHosts.Open(hosts.Left, isV6 ? "::" : "0.0.0.0", 7);
        var fragments = Fragments(isV6);
        var forged = fragments[1].ToArray();
        forged[^1] ^= 1;
        foreach (var fragment in (byte[][])[fragments[0], forged, .. fragments[1..]]) hosts.Wire.Inject(fragment, hosts.RightPort);
        hosts.Wire.Run(0.1);
        Assert.False(socket.TryReceive(_buffer, out _));
        Assert.Contains(AddressCheckTests.Events(hosts.Left), static e => e is FragmentDropped { Fault: ReassemblyFault.Overlap });

        // What is given up is forgotten without a word to anybody.
        hosts.Wire.Frames.Clear();
        hosts.Wire.Run(120);
        Assert.Empty(hosts.Wire.Frames);
        Assert.Null(hosts.Left.Deadline);
    }

    [Fact]
    public void A_fragment_that_is_a_whole_packet_is_taken_by_itself()
    {
        var hosts = new TwoHosts();
        var socket = TwoHosts.Open(hosts.Left, "::", 7);
        var datagram = new byte[8 + 5];
        new UdpHeader(1, 7).WriteTo(datagram, TwoHosts.RightV6, TwoHosts.LeftV6);
        var payload = new byte[8 + datagram.Length];
        new Ipv6FragmentHeader(IpProtocol.Udp, 0, false, 1).WriteTo(payload);
        datagram.CopyTo(payload, 8);
        hosts.Wire.Inject(Frames.V6("fd00::2", "fd00::1", IpProtocol.Fragment, payload), hosts.RightPort);
        hosts.Wire.Run(0.1);
        Assert.True(socket.TryReceive(_buffer, out _));
    }

    [Fact]
    public void An_IPv6_fragment_of_an_uneven_length_is_pointed_at()
    {
        var hosts = new TwoHosts();
        var payload = new byte[8 + 13];
        new Ipv6FragmentHeader(IpProtocol.Udp, 0, true, 1).WriteTo(payload);
        hosts.Wire.Inject(Frames.V6("fd00::2", "fd00::1", IpProtocol.Fragment, payload), hosts.RightPort);
        hosts.Wire.Run(0.1);
        Assert.True(Ipv6Packet.TryRead(hosts.Wire.Frames[^1].Bytes, out var v6, out _));
        Assert.True(Icmpv6Message.TryRead(v6.Payload, out var message, out _));
        Assert.Equal((Icmpv6Type.ParameterProblem, (byte)0, 4u), (message.Type, message.Code, message.Pointer)); // RFC 8200 §4.5: at the payload length
    }

    [Theory]
    [InlineData(IpProtocol.Udp)]
    [InlineData(IpProtocol.Icmpv6)]
    public void An_IPv6_fragment_that_reaches_beyond_the_longest_packet_is_pointed_at(IpProtocol protocol)
    {
        var hosts = new TwoHosts();
        var payload = new byte[8 + 16];
        new Ipv6FragmentHeader(protocol, 65_528, false, 1).WriteTo(payload);
        hosts.Wire.Inject(Frames.V6("fd00::2", "fd00::1", IpProtocol.Fragment, payload), hosts.RightPort);
        hosts.Wire.Run(0.1);
        Assert.True(Ipv6Packet.TryRead(hosts.Wire.Frames[^1].Bytes, out var v6, out _));
        Assert.True(Icmpv6Message.TryRead(v6.Payload, out var message, out _));
        Assert.Equal((Icmpv6Type.ParameterProblem, (byte)0, 42u), (message.Type, message.Code, message.Pointer)); // RFC 8200 §4.5: at the fragment offset
    }

    // RFC 6980 §5: discovery is not believed where it came with a fragment header, whole (the atomic fragment of RFC 6946) or not.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_solicitation_in_fragments_is_not_answered(int pieces)
    {
        var hosts = new TwoHosts(Fathom.Stack.Link.InterfaceMedium.Ethernet);
        hosts.Wire.Run(20);
        hosts.Wire.Frames.Clear();
        var message = new byte[32];
        NdOptionWriter.WriteLinkLayerAddress(message.AsSpan(24), NdOptionType.SourceLinkLayerAddress, TwoHosts.MacOf(9));
        new NeighborSolicitationHeader(TwoHosts.LeftV6).WriteTo(message, IpAddress.Parse("fd00::9"), TwoHosts.LeftV6);
        for (var i = 0; i < Math.Max(1, pieces); i++)
        {
            var part = pieces < 2 ? message : message[(16 * i)..(16 * (i + 1))];
            var fragment = new byte[8 + part.Length];
            new Ipv6FragmentHeader(IpProtocol.Icmpv6, 16 * i, i + 1 < pieces, 1).WriteTo(fragment);
            part.CopyTo(fragment, 8);
            var packet = pieces == 0 ? Frames.V6("fd00::9", "fd00::1", IpProtocol.Icmpv6, message, 255) : Frames.V6("fd00::9", "fd00::1", IpProtocol.Fragment, fragment, 255);
            hosts.Wire.Inject(Frames.Ethernet(TwoHosts.MacOf(9), TwoHosts.MacOf(1), packet));
        }

        hosts.Wire.Run(1);
        Assert.Equal(pieces == 0, hosts.Wire.Frames.Exists(f => f.From == hosts.LeftPort && Frames.Icmpv6TypeOf(f.Bytes) == Icmpv6Type.NeighborAdvertisement));
    }

    [Fact]
    public void Fragments_of_two_links_never_belong_together()
    {
        var stack = new NetworkStack(new StackOptions { Ip = new IpSettings { Forwarding = true } }, new SeededRandom(1));
        var ports = Enumerable.Range(1, 2).Select(i => stack.AddInterface(new Fathom.Stack.Link.InterfaceOptions { Name = $"wire{i}" })).ToArray();
        stack.AddAddress(ports[0], TwoHosts.LeftV4, 24);
        var socket = TwoHosts.Open(stack, "0.0.0.0", 7);
        var fragments = Fragments(isV6: false);
        for (var i = 0; i < fragments.Length; i++)
        {
            var buffer = stack.Pool.Rent(fragments[i].Length);
            fragments[i].CopyTo(buffer.Append(fragments[i].Length));
            stack.Receive(ports[i % 2], buffer, TimeSpan.FromSeconds(1));
        }

        Assert.False(socket.TryReceive(_buffer, out _));
    }

    [Fact]
    public void Memory_for_fragments_is_bounded()
    {
        var hosts = new TwoHosts(left: new StackOptions { Ip = new IpSettings { Reassembly = new IpReassemblerOptions { MaximumDatagrams = 8 } } });
        var socket = TwoHosts.Open(hosts.Left, "0.0.0.0", 7);
        for (ushort i = 0; i < 500; i++) hosts.Wire.Inject(Fragments(isV6: false, identification: i)[0], hosts.RightPort);
        foreach (var fragment in Fragments(isV6: false, identification: 9999)) hosts.Wire.Inject(fragment, hosts.RightPort);
        hosts.Wire.Run(0.1);
        Assert.True(socket.TryReceive(_buffer, out _));
        hosts.Wire.Run(100);

        // Eight were waiting; six errors go out at once.
        Assert.InRange(hosts.Left.GetIpStatistics(IpVersion.V4).Drops[(int)DropReason.ReassemblyTimeout], 7, 8);
    }

    private byte[][] Fragments(bool isV6, ushort identification = 77)
    {
        var datagram = new byte[8 + _payload.Length];
        _payload.CopyTo(datagram, 8);
        if (isV6)
        {
            new UdpHeader(1, 7).WriteTo(datagram, TwoHosts.RightV6, TwoHosts.LeftV6);
            Assert.True(Ipv6Fragmenter.TryFragment(Frames.V6("fd00::2", "fd00::1", IpProtocol.Udp, datagram), 1400, identification, out var fragments, out _));
            return [.. fragments];
        }

        new UdpHeader(1, 7).WriteTo(datagram, TwoHosts.RightV4, TwoHosts.LeftV4);
        var packet = new byte[20 + datagram.Length];
        datagram.CopyTo(packet, 20);
        new Ipv4Header { TimeToLive = 64, Protocol = IpProtocol.Udp, Source = TwoHosts.RightV4, Destination = TwoHosts.LeftV4, Identification = identification }.WriteTo(packet);
        Assert.True(Ipv4Fragmenter.TryFragment(packet, 1400, out var pieces, out _));
        return [.. pieces];
    }
}
