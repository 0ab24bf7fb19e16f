using Fathom.Hosts.Os.Linux.Link;
using Fathom.Stack.Buffers;

namespace Fathom.Hosts.Os.Tests.Linux.Link;

/// <summary>The header before each packet (linux/virtio_net.h). Expected octets are written by hand from the struct, in little-endian order.</summary>
public sealed class VirtioHeaderTests
{
    private readonly PacketPool _pool = new();

    [Fact]
    public void A_finished_packet_has_an_empty_header()
    {
        var frame = Packet(version: 4, headerLength: 20, transport: 40);
        Assert.Equal("00 00 00 00 00 00 00 00 00 00", Write(frame, 0));
    }

    [Fact]
    public void An_open_checksum_says_where_it_begins_and_belongs()
    {
        var tcp = Packet(version: 4, headerLength: 20, transport: 40);
        (tcp.Checksum, tcp.TransportLength, tcp.TransportHeaderLength) = (ChecksumState.Partial, 40, 20);
        Assert.Equal("01 00 00 00 00 00 14 00 10 00", Write(tcp, 0));

        var udp = Packet(version: 6, headerLength: 40, transport: 30);
        (udp.Checksum, udp.TransportLength, udp.TransportHeaderLength) = (ChecksumState.Partial, 30, 8);
        Assert.Equal("01 00 00 00 00 00 28 00 06 00", Write(udp, 0));
    }

    [Fact]
    public void A_large_packet_says_how_it_is_to_be_cut()
    {
        var v4 = Packet(version: 4, headerLength: 20, transport: 32 + 14_480);
        (v4.Checksum, v4.TransportLength, v4.TransportHeaderLength, v4.SegmentSize) = (ChecksumState.Partial, 32 + 14_480, 32, 1448);
        Assert.Equal("01 01 34 00 A8 05 14 00 10 00", Write(v4, 0));

        // CWR goes into the first segment only (RFC 3168 §6.1.2): the kernel is told by the third flag's bit.
        v4.Span[20 + 13] = 0x80;
        Assert.Equal("01 81 34 00 A8 05 14 00 10 00", Write(v4, 0));

        var v6 = Packet(version: 6, headerLength: 40, transport: 32 + 2856, link: 14);
        (v6.Checksum, v6.TransportLength, v6.TransportHeaderLength, v6.SegmentSize) = (ChecksumState.Partial, 32 + 2856, 32, 1428);
        Assert.Equal("01 04 56 00 94 05 36 00 10 00", Write(v6, 14));
    }

    [Fact]
    public void What_fits_one_segment_is_not_cut()
    {
        var frame = Packet(version: 4, headerLength: 20, transport: 32 + 1448);
        (frame.Checksum, frame.TransportLength, frame.TransportHeaderLength, frame.SegmentSize) = (ChecksumState.Partial, 32 + 1448, 32, 1448);
        Assert.Equal("01 00 00 00 00 00 14 00 10 00", Write(frame, 0));
    }

    [Fact]
    public void The_kernels_header_says_the_same_of_what_it_hands_over()
    {
        var frame = Packet(version: 4, headerLength: 20, transport: 32 + 4000);
        frame.Span[20 + 12] = 8 << 4;
        Assert.True(VirtioHeader.TryRead(Octets("01 01 34 00 A8 05 14 00 10 00"), frame));
        Assert.Equal((ChecksumState.Partial, 4032, 32, 1448), (frame.Checksum, frame.TransportLength, frame.TransportHeaderLength, frame.SegmentSize));

        var plain = Packet(version: 4, headerLength: 20, transport: 100);
        Assert.True(VirtioHeader.TryRead(Octets("00 00 00 00 00 00 00 00 00 00"), plain));
        Assert.Equal((ChecksumState.Complete, 0), (plain.Checksum, plain.SegmentSize));
        Assert.True(VirtioHeader.TryRead(Octets("02 00 00 00 00 00 00 00 00 00"), plain));
        Assert.Equal(ChecksumState.Verified, plain.Checksum);
    }

    [Theory]
    [InlineData("00 01 34 00 A8 05 00 00 00 00")] // to be cut, and its checksum complete
    [InlineData("01 01 34 00 00 00 14 00 10 00")] // segments of nothing
    [InlineData("01 03 34 00 A8 05 14 00 10 00")] // UDP fragmentation, which is not asked for
    [InlineData("01 00 00 00 00 00 70 00 10 00")] // a checksum behind the packet's end
    [InlineData("01 00 00 00 00 00 FF FF FF FF")]
    [InlineData("01 05 34 00 A8 05 14 00 06 00")] // segments of UDP
    public void What_makes_no_sense_is_refused(string header)
        => Assert.False(VirtioHeader.TryRead(Octets(header), Packet(version: 4, headerLength: 20, transport: 100)));

    [Fact]
    public void Any_octets_are_read_without_an_exception()
    {
        var random = new Random(7);
        var header = new byte[VirtioHeader.Length];
        for (var i = 0; i < 20_000; i++)
        {
            random.NextBytes(header);
            if (i % 2 == 0) (header[0], header[1]) = (1, (byte)(header[1] & 5));
            var frame = Packet(version: 4, headerLength: 20, transport: random.Next(0, 80));
            if (VirtioHeader.TryRead(header, frame)) Assert.InRange(frame.TransportLength, 0, frame.Length);
            _pool.Return(frame);
        }
    }

    private static byte[] Octets(string text) => Convert.FromHexString(text.Replace(" ", string.Empty, StringComparison.Ordinal));

    private static string Write(PacketBuffer frame, int linkLength)
    {
        var header = new byte[VirtioHeader.Length];
        VirtioHeader.Write(header, frame, linkLength);
        return string.Join(' ', header.Select(static o => o.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private PacketBuffer Packet(byte version, int headerLength, int transport, int link = 0)
    {
        var frame = _pool.Rent(link + headerLength + transport);
        frame.Append(link + headerLength + transport).Clear();
        frame.Span[link] = (byte)(version << 4);
        return frame;
    }
}
