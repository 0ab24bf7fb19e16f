using CsCheck;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Transport;

public class TcpStreamTests
{
    private static readonly SequenceNumber First = new(uint.MaxValue - 1000); // so that the numbers wrap inside the stream

    [Theory] // RFC 9293 §3.7.1, RFC 6691 §2.
    [InlineData(1500, IpVersion.V4, 1460)]
    [InlineData(1500, IpVersion.V6, 1440)]
    [InlineData(1280, IpVersion.V6, 1220)]
    [InlineData(30, IpVersion.V4, 0)]
    public void The_maximum_segment_size_is_the_MTU_less_the_fixed_headers(int mtu, IpVersion version, int expected)
        => Assert.Equal(expected, TcpSegmenter.MaximumSegmentSize(mtu, version));

    [Fact]
    public void Options_make_segments_smaller_and_only_the_last_is_pushed()
    {
        var template = new TcpHeader { SourcePort = 1, DestinationPort = 2, SequenceNumber = First, Flags = TcpFlags.Ack, Options = new TcpOptions { Timestamps = new(1, 2) } };
        var pieces = TcpSegmenter.Split(new byte[3000], 1460, template);
        Assert.Equal([1448, 1448, 104], pieces.Select(static p => p.Data.Length));
        Assert.Equal([false, false, true], pieces.Select(static p => (p.Header.Flags & TcpFlags.Psh) != 0));
        Assert.Equal(First + 2896, pieces[2].Header.SequenceNumber);
    }

    [Fact]
    public void Segments_in_any_order_overlapping_and_repeated_make_the_same_stream()
        => Gen.Select(Gen.Byte.Array[1, 4000], Gen.Int[20, 700], Gen.Int).Sample((message, size, seed) =>
        {
            var random = new Random(seed);
            var segments = new List<(int At, int Length)>();
            for (var at = 0; at < message.Length; at += size) segments.Add((at, Math.Min(size, message.Length - at)));
            // More of them, cut elsewhere: repacketized retransmissions.
            for (var i = 0; i < 5; i++)
            {
                var at = random.Next(message.Length);
                segments.Add((at, random.Next(1, message.Length - at + 1)));
            }

            var assembler = new TcpStreamAssembler(First);
            var read = new List<byte>();
            foreach (var (at, length) in segments.OrderBy(_ => random.Next()))
            {
                assembler.Accept(First + (uint)at, message.AsSpan(at, length), at + length == message.Length);
                if (random.Next(2) == 0) read.AddRange(assembler.Take());
            }

            read.AddRange(assembler.Take());
            Assert.Equal(message, read);
            Assert.True(assembler.IsEnded);
            Assert.Equal(First + (uint)message.Length + 1, assembler.Next);
            Assert.Empty(assembler.Gaps);
        }, iter: 2000);

    [Fact]
    public void Of_octets_that_come_twice_the_first_ones_stay()
    {
        var assembler = new TcpStreamAssembler(First);
        assembler.Accept(First + 2, "CD"u8);
        var arrival = assembler.Accept(First, "abxyef"u8);
        Assert.Equal("abCDef", System.Text.Encoding.ASCII.GetString(assembler.Take()));
        Assert.Equal(new TcpArrival(TcpArrivalKind.InOrder, 4, 2, 6), arrival);
    }

    [Fact] // RFC 2018 §4: the first block is the one that the latest segment belongs to.
    public void Gaps_and_selective_acknowledgments_say_what_is_missing()
    {
        var assembler = new TcpStreamAssembler(First);
        assembler.Accept(First + 10, new byte[10]);
        assembler.Accept(First + 40, new byte[10]);
        Assert.Equal([(First, 10), (First + 20, 20)], assembler.Gaps);
        Assert.Equal(new TcpSackBlock(First + 40, First + 50), assembler.SackBlocks[0]);
        Assert.Equal(new TcpSackBlock(First + 10, First + 20), assembler.SackBlocks[1]);
        Assert.Equal(TcpArrivalKind.Duplicate, assembler.Accept(First + 12, new byte[3]).Kind);
    }

    [Fact]
    public void What_lies_outside_the_window_is_dropped()
    {
        var assembler = new TcpStreamAssembler(First, window: 100);
        Assert.Equal(TcpArrivalKind.OutsideWindow, assembler.Accept(First + 100, new byte[10]).Kind);
        Assert.Equal(new TcpArrival(TcpArrivalKind.OutOfOrder, 10, 0, 0), assembler.Accept(First + 90, new byte[20]));
        Assert.Equal(90, assembler.Accept(First, new byte[90]).NewOctets);
        Assert.Equal(0, assembler.Window);
        Assert.Equal(TcpArrivalKind.OutsideWindow, assembler.Accept(First + 100, new byte[1]).Kind);
        assembler.Take();
        Assert.Equal(TcpArrivalKind.InOrder, assembler.Accept(First + 100, new byte[1]).Kind);
    }

    [Fact]
    public void Single_octets_behind_gaps_cannot_fill_the_memory()
    {
        var assembler = new TcpStreamAssembler(First);
        for (uint at = 1; at < 10000; at += 2) assembler.Accept(First + at, [1]);
        Assert.Equal(256, assembler.Gaps.Count);
        Assert.Equal(TcpArrivalKind.TooManyGaps, assembler.Accept(First + 20000, [1]).Kind);
        Assert.Equal(TcpArrivalKind.InOrder, assembler.Accept(First, [1]).Kind);
    }
}
