using CsCheck;
using Fathom.Wire.Encapsulation;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Tests.Internet;

public class FragmentationTests
{
    private static readonly IpAddress A4 = IpAddress.FromV4(0xC0000201);
    private static readonly IpAddress B4 = IpAddress.FromV4(0xC0000202);
    private static readonly IpAddress A6 = IpAddress.FromV6(new UInt128(0x20010DB800000000, 1));
    private static readonly IpAddress B6 = IpAddress.FromV6(new UInt128(0x20010DB800000000, 2));

    private static byte[] V4(byte[] payload, byte[]? options = null, bool dontFragment = false) => FrameBuilder.Packet(
        new Ipv4Header { Identification = 9, TimeToLive = 64, Protocol = IpProtocol.Udp, Source = A4, Destination = B4, Options = options ?? [], DontFragment = dontFragment }, payload);

    private static byte[] V6(byte[] payload, IpProtocol next = IpProtocol.Udp)
        => FrameBuilder.Packet(new Ipv6Header { NextHeader = next, HopLimit = 64, Source = A6, Destination = B6 }, payload);

    private static byte[] Octets(int count) => [.. Enumerable.Range(0, count).Select(static i => (byte)(i * 7))];

    private static ReassemblyOutcome Feed(IpReassembler reassembler, IEnumerable<byte[]> fragments)
    {
        ReassemblyOutcome last = new ReassemblyOutcome.Whole();
        foreach (var fragment in fragments)
        {
            last = reassembler.Accept(fragment, TimeSpan.Zero);
            if (last is ReassemblyOutcome.Completed) return last;
        }

        return last;
    }

    [Fact] // RFC 791 §3.2, the example procedure: 8-octet units, MF on all but the last, the same identification, header checksums anew.
    public void Fragments_have_the_fields_of_RFC_791()
    {
        Assert.True(Ipv4Fragmenter.TryFragment(V4(Octets(4000)), 1500, out var fragments, out _));
        Assert.Equal(3, fragments.Count);
        (int Offset, int Length, bool More)[] expected = [(0, 1480, true), (1480, 1480, true), (2960, 1040, false)];
        for (var i = 0; i < 3; i++)
        {
            Assert.True(Ipv4Packet.TryRead(fragments[i], out var piece, out _));
            Assert.Equal(expected[i], (piece.FragmentOffset, piece.Payload.Length, piece.MoreFragments));
            Assert.True(piece.ChecksumIsValid);
            Assert.Equal(9, piece.Identification);
        }
    }

    [Fact] // RFC 791 §3.1: record route (7) is not copied, loose source route (131) is.
    public void Options_go_into_later_fragments_only_with_the_copied_flag()
    {
        byte[] route = [7, 7, 4, 0, 0, 0, 0, 1], source = [131, 7, 8, 192, 0, 2, 9, 0];
        Assert.True(Ipv4Fragmenter.TryFragment(V4(Octets(500), [.. route, .. source]), 200, out var fragments, out _));
        Assert.True(Ipv4Packet.TryRead(fragments[0], out var first, out _));
        Assert.True(Ipv4Packet.TryRead(fragments[1], out var second, out _));
        Assert.Equal(16, first.Options.Length);
        Assert.Equal([131, 7, 8, 192, 0, 2, 9, 0], second.Options.ToArray());
        var whole = Assert.IsType<ReassemblyOutcome.Completed>(Feed(new IpReassembler(), fragments));
        Assert.Equal(V4(Octets(500), [.. route, .. source]), whole.Packet.ToArray());
    }

    [Theory]
    [InlineData(67, false, FragmentationRefusal.MtuTooSmall)]
    [InlineData(1000, true, FragmentationRefusal.DontFragment)]
    public void What_may_not_be_cut_is_refused(int mtu, bool dontFragment, FragmentationRefusal expected)
    {
        Assert.False(Ipv4Fragmenter.TryFragment(V4(Octets(3000), dontFragment: dontFragment), mtu, out var fragments, out var refusal));
        Assert.Equal(expected, refusal);
        Assert.Empty(fragments);
    }

    [Fact] // RFC 8200 §5: 1,280 is the smallest MTU; §4.5: 40 + 8 octets of headers in each.
    public void IPv6_is_cut_by_its_sender_with_a_fragment_header()
    {
        Assert.False(Ipv6Fragmenter.TryFragment(V6(Octets(3000)), 1279, 5, out _, out var refusal));
        Assert.Equal(FragmentationRefusal.MtuTooSmall, refusal);
        Assert.True(Ipv6Fragmenter.TryFragment(V6(Octets(3000)), 1280, 5, out var fragments, out _));
        Assert.All(fragments, static f => Assert.True(f.Length <= 1280));
        Assert.True(Ipv6Packet.TryRead(fragments[1], out var packet, out _));
        Assert.True(packet.TryReadUpperLayer(out var upper, out _));
        Assert.Equal((1232, 5u, IpProtocol.Udp), (upper.FragmentOffset, upper.FragmentIdentification, upper.Protocol));
    }

    [Fact]
    public void Hop_by_hop_options_stand_in_every_IPv6_fragment_before_the_fragment_header()
    {
        byte[] hop = [(byte)IpProtocol.Udp, 0, 5, 2, 0, 0, 1, 0];
        var packet = V6([.. hop, .. Octets(3000)], IpProtocol.HopByHop);
        Assert.True(Ipv6Fragmenter.TryFragment(packet, 1280, 5, out var fragments, out _));
        foreach (var fragment in fragments)
        {
            Assert.Equal((byte)IpProtocol.HopByHop, fragment[6]);
            Assert.Equal((byte)IpProtocol.Fragment, fragment[40]);
            Assert.Equal((byte)IpProtocol.Udp, fragment[48]);
        }

        Assert.Equal(packet, Assert.IsType<ReassemblyOutcome.Completed>(Feed(new IpReassembler(), fragments)).Packet.ToArray());
    }

    [Fact]
    public void Reassembly_undoes_fragmentation_in_any_order_with_any_copies()
        => Gen.Select(Gen.Byte.Array[1, 6000], Gen.Int[68, 2000], Gen.Bool, Gen.Int).Sample((payload, size, isV6, seed) =>
        {
            var mtu = isV6 ? Math.Max(size, 1280) : size;
            var packet = isV6 ? V6(payload) : V4(payload);
            var refusal = FragmentationRefusal.None;
            var cut = isV6 ? Ipv6Fragmenter.TryFragment(packet, mtu, 77, out var fragments, out refusal) : Ipv4Fragmenter.TryFragment(packet, mtu, out fragments, out refusal);
            Assert.True(cut, refusal.ToString());
            Assert.All(fragments, f => Assert.True(f.Length <= mtu));
            if (fragments.Count == 1) return;
            var random = new Random(seed);
            var shuffled = fragments.Concat(fragments.Where(_ => random.Next(3) == 0)).OrderBy(_ => random.Next()).ToArray();
            var outcome = Feed(new IpReassembler(), shuffled);
            Assert.Equal(packet, Assert.IsType<ReassemblyOutcome.Completed>(outcome).Packet.ToArray());
        });

    [Fact]
    public void A_router_cuts_fragments_again_and_the_receiver_does_not_notice()
    {
        var packet = V4(Octets(5000));
        Assert.True(Ipv4Fragmenter.TryFragment(packet, 1500, out var outer, out _));
        var inner = new List<byte[]>();
        foreach (var piece in outer)
        {
            Assert.True(Ipv4Fragmenter.TryFragment(piece, 576, out var smaller, out _));
            inner.AddRange(smaller);
        }

        Assert.Equal(packet, Assert.IsType<ReassemblyOutcome.Completed>(Feed(new IpReassembler(), inner)).Packet.ToArray());
    }

    private static byte[] Piece(bool isV6, int offset, byte[] bytes, bool more, uint id = 1) => isV6
        ? V6([(byte)IpProtocol.Udp, 0, (byte)(offset >> 8), (byte)(offset | (more ? 1 : 0)), (byte)(id >> 24), (byte)(id >> 16), (byte)(id >> 8), (byte)id, .. bytes], IpProtocol.Fragment)
        : FrameBuilder.Packet(new Ipv4Header { Identification = (ushort)id, TimeToLive = 64, Protocol = IpProtocol.Udp, Source = A4, Destination = B4, FragmentOffset = offset, MoreFragments = more }, bytes);

    [Theory] // RFC 5722 §4, RFC 8200 §4.5: the packet and all that still comes of it are discarded.
    [InlineData(false)]
    [InlineData(true)]
    public void An_overlap_discards_the_packet_and_what_still_comes_of_it(bool isV6)
    {
        var reassembler = new IpReassembler();
        Assert.IsType<ReassemblyOutcome.Kept>(reassembler.Accept(Piece(isV6, 0, Octets(24), true), TimeSpan.Zero));
        var overlap = Assert.IsType<ReassemblyOutcome.Dropped>(reassembler.Accept(Piece(isV6, 16, Octets(16), true), TimeSpan.Zero));
        Assert.Equal(ReassemblyFault.Overlap, overlap.Fault);
        var rest = Assert.IsType<ReassemblyOutcome.Dropped>(reassembler.Accept(Piece(isV6, 24, Octets(8), false), TimeSpan.Zero));
        Assert.Equal(ReassemblyFault.GivenUp, rest.Fault);
        Assert.Empty(reassembler.HandleDeadline(TimeSpan.FromSeconds(60)));
        Assert.Equal(0, reassembler.Unfinished);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_same_place_with_other_octets_is_an_overlap(bool isV6)
    {
        var reassembler = new IpReassembler();
        reassembler.Accept(Piece(isV6, 0, Octets(16), true), TimeSpan.Zero);
        var forged = Octets(16);
        forged[3] ^= 1;
        Assert.Equal(ReassemblyFault.Overlap, Assert.IsType<ReassemblyOutcome.Dropped>(reassembler.Accept(Piece(isV6, 0, forged, true), TimeSpan.Zero)).Fault);
    }

    [Fact]
    public void Impossible_fragments_are_dropped_by_name()
    {
        Assert.Equal(ReassemblyFault.UnevenLength, Fault(Piece(true, 0, Octets(15), true)));
        Assert.Equal(ReassemblyFault.TooLong, Fault(Piece(false, 65528, Octets(16), false)));
        Assert.Equal(ReassemblyFault.TooLong, Fault(Piece(true, 65528, Octets(16), false)));
        Assert.Equal(ReassemblyFault.Empty, Fault(Piece(false, 8, [], true)));
        Assert.Equal(ReassemblyFault.Unreadable, Fault([0x45, 0]));

        static ReassemblyFault Fault(byte[] packet) => Assert.IsType<ReassemblyOutcome.Dropped>(new IpReassembler().Accept(packet, TimeSpan.Zero)).Fault;
    }

    [Fact]
    public void A_second_end_gives_the_packet_up()
    {
        var reassembler = new IpReassembler();
        reassembler.Accept(Piece(false, 32, Octets(8), false), TimeSpan.Zero);
        Assert.Equal(ReassemblyFault.OtherEnd, Assert.IsType<ReassemblyOutcome.Dropped>(reassembler.Accept(Piece(false, 48, Octets(8), false), TimeSpan.Zero)).Fault);
    }

    [Fact] // RFC 6946 §4.
    public void An_atomic_fragment_is_whole_by_itself_even_among_others_of_its_identification()
    {
        var reassembler = new IpReassembler();
        reassembler.Accept(Piece(true, 0, Octets(16), true), TimeSpan.Zero);
        var atomic = Assert.IsType<ReassemblyOutcome.Completed>(reassembler.Accept(Piece(true, 0, Octets(40), false), TimeSpan.Zero));
        Assert.Equal(V6(Octets(40)), atomic.Packet.ToArray());
        Assert.Equal(1, reassembler.Unfinished);
    }

    [Fact] // RFC 792, RFC 8200 §4.5: time exceeded is sent only if the first fragment came.
    public void What_waits_too_long_is_given_up_with_its_first_fragment_if_that_came()
    {
        var reassembler = new IpReassembler();
        reassembler.Accept(Piece(false, 0, Octets(16), true, 1), TimeSpan.Zero);
        reassembler.Accept(Piece(false, 16, Octets(16), true, 2), TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(60), reassembler.Deadline);
        Assert.Empty(reassembler.HandleDeadline(TimeSpan.FromSeconds(59.9)));
        var abandoned = Assert.Single(reassembler.HandleDeadline(TimeSpan.FromSeconds(60)));
        Assert.NotNull(abandoned.FirstFragment);
        Assert.Equal("16 to the end", Assert.Single(abandoned.Missing).ToString());
        Assert.Null(Assert.Single(reassembler.HandleDeadline(TimeSpan.FromSeconds(61))).FirstFragment);
        Assert.Null(reassembler.Deadline);
    }

    [Fact]
    public void Strangers_cannot_make_it_keep_more_than_its_limits()
    {
        var reassembler = new IpReassembler(new IpReassemblerOptions { MaximumDatagrams = 10, MaximumOctets = 1000 });
        for (uint id = 1; id <= 500; id++) reassembler.Accept(Piece(true, 0, Octets(160), true, id), TimeSpan.Zero);
        Assert.InRange(reassembler.Unfinished, 1, 6);
        Assert.True(reassembler.Evicted >= 490);
    }
}
