using System.Buffers.Binary;
using Fathom.Stack.Tests.Support;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Tests.Internet;

/// <summary>Options that collect who passed a packet on (RFC 791 §3.1): routers fill them in (RFC 1812 §5.3.13.5, §5.3.13.6), and an echo's answer brings them back (RFC 1122 §3.2.2.6).</summary>
public class PathRecordTests
{
    // Record route, 11 octets: room for two addresses, none used (the pointer is 4).
    private static readonly byte[] RecordRoute = [7, 11, 4, 0, 0, 0, 0, 0, 0, 0, 0];

    [Fact]
    public void An_echo_reply_brings_back_the_route_with_this_host_in_it()
    {
        var reply = Ask([7, 11, 8, 10, 0, 0, 1, 0, 0, 0, 0]);
        Assert.Equal([7, 11, 12, 10, 0, 0, 1, 10, 0, 0, 2, 0], reply.Options.ToArray());
        Assert.True(reply.ChecksumIsValid && InternetChecksum.Verify(reply.Payload));
    }

    [Fact]
    public void A_route_that_is_full_comes_back_as_it_was()
        => Assert.Equal([7, 7, 8, 10, 0, 0, 1, 0], Ask([7, 7, 8, 10, 0, 0, 1]).Options.ToArray());

    [Fact]
    public void A_pointer_into_the_option_s_own_head_changes_nothing()
        => Assert.Equal([7, 7, 1, 0, 0, 0, 0, 0], Ask([7, 7, 1, 0, 0, 0, 0]).Options.ToArray());

    [Fact]
    public void A_timestamp_alone_is_added()
    {
        // Type 68, 8 octets, pointer 5, no overflow, flag 0: timestamps only. The first bit: no time of day.
        var options = Ask([68, 8, 5, 0, 0, 0, 0, 0]).Options.ToArray();
        Assert.Equal((68, 8, 9, 0), (options[0], options[1], options[2], options[3]));
        Assert.Equal(1u, BinaryPrimitives.ReadUInt32BigEndian(options.AsSpan(4)) >> 31);
    }

    [Fact]
    public void A_timestamp_with_the_address_is_added()
    {
        var options = Ask([68, 12, 5, 1, 0, 0, 0, 0, 0, 0, 0, 0]).Options.ToArray();
        Assert.Equal([68, 12, 13, 1, 10, 0, 0, 2], options[..8]);
        Assert.Equal(1u, BinaryPrimitives.ReadUInt32BigEndian(options.AsSpan(8)) >> 31);
    }

    [Theory]
    [InlineData(2, 13)]
    [InlineData(3, 5)]
    public void A_timestamp_is_added_where_its_place_names_this_host(byte last, byte pointer)
    {
        var options = Ask([68, 12, 5, 3, 10, 0, 0, last, 0, 0, 0, 0]).Options.ToArray();
        Assert.Equal([68, 12, pointer, 3, 10, 0, 0, last], options[..8]);
    }

    [Theory]
    [InlineData(0x00, 0x10)]
    [InlineData(0xF0, 0xF0)]
    public void A_timestamp_without_room_is_counted(byte before, byte after)
        => Assert.Equal([68, 8, 9, after, 1, 2, 3, 4], Ask([68, 8, 9, before, 1, 2, 3, 4]).Options.ToArray());

    [Fact]
    public void Other_options_are_not_sent_back()
        => Assert.Equal(0, Ask([148, 4, 0, 0]).Options.Length); // router alert, RFC 2113

    [Fact]
    public void A_large_reply_has_the_route_in_its_first_fragment_alone()
    {
        var hosts = new TwoHosts();
        var packet = Packet("10.0.0.1", "10.0.0.2", RecordRoute, 3000);
        Assert.True(Ipv4Fragmenter.TryFragment(packet, 1500, out var pieces, out _));
        foreach (var piece in pieces) hosts.Wire.Inject(piece, hosts.LeftPort);
        hosts.Wire.Run(1);
        var lengths = hosts.Wire.Frames.Where(f => f.From == hosts.RightPort).Select(static f => Ipv4Packet.TryRead(f.Bytes, out var p, out _) ? p.Options.Length : -1);
        Assert.Equal([12, 0, 0], lengths);
        Assert.Equal(0, hosts.Right.Pool.Rented);
    }

    [Fact]
    public void A_router_notes_the_address_on_the_side_to_which_it_passes_the_packet_on()
    {
        var hosts = new RoutedHosts();
        hosts.LeftWire.Inject(Packet("10.1.0.1", "10.2.0.1", RecordRoute, 8), hosts.LeftPort);
        hosts.Run(0.1);
        var request = hosts.RightWire.Frames.Select(static f => f.Bytes).First(static b => Ipv4Packet.TryRead(b, out var p, out _) && p.Protocol == IpProtocol.Icmp);
        Assert.True(Ipv4Packet.TryRead(request, out var passed, out _));
        Assert.Equal([7, 11, 8, 10, 2, 0, 254, 0, 0, 0, 0, 0], passed.Options.ToArray());
        Assert.True(passed.ChecksumIsValid);
    }

    private static Ipv4Packet Ask(byte[] options)
    {
        var hosts = new TwoHosts();
        hosts.Wire.Inject(Packet("10.0.0.1", "10.0.0.2", options, 8), hosts.LeftPort);
        hosts.Wire.Run(1);
        Assert.True(Ipv4Packet.TryRead(Assert.Single(hosts.Wire.Frames, f => f.From == hosts.RightPort).Bytes, out var reply, out _));
        return reply;
    }

    private static byte[] Packet(string source, string destination, byte[] options, int length)
    {
        var header = new Ipv4Header { TimeToLive = 64, Protocol = IpProtocol.Icmp, Source = IpAddress.Parse(source), Destination = IpAddress.Parse(destination), Options = options };
        var packet = new byte[header.Length + IcmpMessage.HeaderLength + length];
        IcmpHeader.EchoRequest(1, 2).WriteTo(packet.AsSpan(header.Length));
        header.WriteTo(packet);
        return packet;
    }
}
