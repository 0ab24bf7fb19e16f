using System.Globalization;
using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Tests.Dissection;

namespace Fathom.Wire.Tests.Capture;

/// <summary>The kinds of capture file that are rare, and the three ways to read.</summary>
public class CaptureFormsTests
{
    private static readonly string[] Sets = ["gopacket-pcapng", "handmade", "packetnet", "tcpdump", "wireshark"];

    private static readonly byte[] Frame = Samples.Ethernet(EtherType.Ipv4, Samples.Ipv4(IpProtocol.Udp, Samples.Udp(Samples.V4A, Samples.V4B, Samples.Data)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_block_and_option_in_either_byte_order(bool isBigEndian)
    {
        var file = Everything(isBigEndian, hasCustomBlock: true);
        using var reader = new CaptureReader(new MemoryStream(file));
        var packets = new List<CapturedPacket>();
        while (reader.TryRead(out var packet)) packets.Add(packet);
        Assert.False(reader.Error.IsError, reader.Error.ToString());
        Assert.Equal([1_500_000_000L, 10_000_000_000 + 250_000_000, null, 1_500_000_000L], packets.Select(static p => p.UnixNanoseconds));
        Assert.Equal([0, 1, 0, 0], packets.Select(static p => p.InterfaceId));
        Assert.Equal([3ul, null, null, 9ul], packets.Select(static p => p.DroppedBefore));
        Assert.Equal([PacketDirection.Inbound, PacketDirection.Unknown, PacketDirection.Unknown, PacketDirection.Unknown], packets.Select(static p => p.Direction));
        Assert.Equal(["one", "two"], packets[0].Comments);
        Assert.Equal(
            new CaptureInterface(LinkType.Ethernet, 0, "tap0", "power of two") { TimestampResolution = 0x82, TimestampOffsetSeconds = 10, FrameCheckLength = 4, OperatingSystem = "an OS", Hardware = "a card", Filter = "udp" },
            packets[1].Interface);
        Assert.Equal(
            [new CaptureStatistics { InterfaceId = 0, UnixNanoseconds = 2_000_000_000, Received = 100, Dropped = 7, FilterAccepted = 90, OsDropped = 5, Delivered = 88 }],
            reader.Statistics);
        Assert.Equal([new CapturedName(Samples.V4A, "a.example"), new CapturedName(Samples.V4A, "alias.example"), new CapturedName(Samples.V6A, "six.example")], reader.Names);
        Assert.Equal(new PcapngSection { Application = "a test" }, reader.Section);
        Assert.All(packets, static p => Assert.Equal(Frame, p.Bytes.ToArray()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Tshark_reads_the_same_of_it(bool isBigEndian) => CompareWithTsharkAsync(Everything(isBigEndian, hasCustomBlock: false)); // TShark lists a custom block as if it were a packet

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Modified_pcap_is_read_as_tshark_reads_it(bool isBigEndian)
    {
        var pcapng = new PcapngFile(isBigEndian);
        byte[] file =
        [
            .. pcapng.U32(0xA1B2CD34), .. pcapng.U16(2), .. pcapng.U16(4), .. new byte[8], .. pcapng.U32(65535), .. pcapng.U32(LinkType.Ethernet),
            .. Record(1_700_000_000, 5, Frame.Length), .. Frame, .. Record(1_700_000_001, 999_999, Frame.Length + 30), .. Frame,
        ];
        await CompareWithTsharkAsync(file);

        byte[] Record(uint seconds, uint fraction, int original)
            => [.. pcapng.U32(seconds), .. pcapng.U32(fraction), .. pcapng.U32((uint)Frame.Length), .. pcapng.U32((uint)original), .. pcapng.U32(2), .. pcapng.U16(0x0800), 4, 0];
    }

    [Theory]
    [InlineData("a1b234cd", "Mesquita")]
    [InlineData("4d3c2ba1", "Navtel")]
    [InlineData("1c0001ac", "Ixia")]
    [InlineData("ab01001c", "Ixia")]
    [InlineData("736e6f6f70000000", "snoop")]
    public void A_format_that_is_not_read_is_named(string hex, string name)
    {
        var start = Convert.FromHexString(hex);
        Assert.True(CaptureReader.IsCapture(start));
        using var reader = new CaptureReader(new MemoryStream(start));
        Assert.False(reader.TryReadRecord(out _));
        Assert.Equal((WireErrorKind.BadValue, 0), (reader.Error.Kind, reader.Error.FileOffset));
        Assert.Contains(name, reader.Error.Detail, StringComparison.Ordinal);
    }

    [Theory] // libpcap's sf-pcap.c: until 2.3 the lengths stood the other way round; the link type's upper bits count check sequences
    [InlineData("00020002", "00000001", "00000009", "00000002", null)]
    [InlineData("00020003", "00000001", "00000009", "00000002", null)]
    [InlineData("00020003", "00000001", "00000002", "00000009", null)]
    [InlineData("021f0000", "00000001", "00000009", "00000002", null)]
    [InlineData("00020004", "24000001", "00000002", "00000009", 4)]
    public void Old_versions_and_check_sequences(string version, string network, string first, string second, int? frameCheckLength)
    {
        using var reader = new CaptureReader(new MemoryStream(Convert.FromHexString($"a1b2c3d4{version}000000000000000000000040{network}6500000000000001{first}{second}aabb")));
        Assert.True(reader.TryRead(out var packet), reader.Error.ToString());
        Assert.Equal((9u, 2, LinkType.Ethernet, frameCheckLength), (packet.OriginalLength, packet.Bytes.Length, packet.Interface.LinkType, packet.Interface.FrameCheckLength));
    }

    [Fact]
    public void Batches_and_trickling_streams_hold_the_same_packets()
    {
        var files = 0;
        foreach (var (name, path, _) in Sets.SelectMany(ConformancePackets.Captures))
        {
            files++;
            var bytes = File.ReadAllBytes(path);
            var expected = Describe(new CaptureReader(new MemoryStream(bytes)), inBatches: false);
            Assert.Equal(expected, Describe(new CaptureReader(new MemoryStream(bytes)), inBatches: true));
            Assert.Equal(expected, Describe(new CaptureReader(new TricklingStream(bytes)), inBatches: false));
            Assert.Equal(expected, Describe(new CaptureReader(new TricklingStream(bytes)), inBatches: true));
        }

        Assert.True(files > 200, $"only {files} files");
    }

    [Fact]
    public void Memory_does_not_grow_with_the_file()
    {
        // 200 MB of packets, made as they are read.
        using var reader = new CaptureReader(new EndlessCapture(Frame, 200_000_000));
        // Once only, so there is room for what the run-time adds to the count at a background collection (see Allocations).
        const int Most = 50_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        long packets = 0, octets = 0;
        while (reader.TryReadRecord(out var record)) (packets, octets) = (packets + 1, octets + 16 + record.Bytes.Length);
        Assert.False(reader.Error.IsError, reader.Error.ToString());
        Assert.InRange(octets, 199_999_000, 200_000_000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Most);
    }

    [Fact]
    public async Task A_file_that_is_cut_ends_where_tshark_ends()
    {
        var random = new Random(11);
        foreach (var name in (string[])["wireshark/dhcp.pcap", "handmade/ethernet-be-nsec.pcap", "gopacket-pcapng/be/test010.pcapng", "gopacket-pcapng/le/test101.pcapng", "tcpdump/dns_udp.pcap"])
        {
            var bytes = File.ReadAllBytes(Path.Combine(ConformancePackets.Require(), name));
            for (var i = 0; i < 3; i++) await CompareWithTsharkAsync(bytes[..random.Next(40, bytes.Length)]);
        }
    }

    private static byte[] Everything(bool isBigEndian, bool hasCustomBlock)
    {
        var file = new PcapngFile(isBigEndian);
        return file.Section((4, PcapngFile.Text("a test")))
            .Interface(LinkType.Ethernet, 0, (2, PcapngFile.Text("eth0")))
            .Interface(LinkType.Ethernet, 0, (2, PcapngFile.Text("tap0")), (3, PcapngFile.Text("power of two")), (9, [0x82]), (11, PcapngFile.Text("\0udp")), (12, PcapngFile.Text("an OS")), (13, [4]), (14, file.U64(10)), (15, PcapngFile.Text("a card")))
            .Enhanced(0, 1_500_000, Frame, (uint)Frame.Length, (1, PcapngFile.Text("one")), (2, file.U32(1)), (4, file.U64(3)), (1, PcapngFile.Text("two")))
            .Block(0x0000000A, [.. file.U32(0x544C534B), .. file.U32(4), 1, 2, 3, 4]) // decryption secrets
            .Block(hasCustomBlock ? 0x00000BADu : 0x7FFF_FFFFu, [.. file.U32(32473), 9, 9, 9, 9]) // a type that nobody knows
            .Enhanced(1, 1, Frame, (uint)Frame.Length)
            .Simple(Frame, (uint)Frame.Length)
            .Block(4, [.. file.Record(1, [.. Samples.V4A.ToBytes(), .. PcapngFile.Text("a.example\0alias.example\0")]), .. file.Record(2, [.. Samples.V6A.ToBytes(), .. PcapngFile.Text("six.example\0")]), .. file.U32(0)])
            .Obsolete(0, 9, 1_500_000, Frame, (uint)Frame.Length)
            .Statistics(0, 1_000_000, (4, 1))
            .Statistics(0, 2_000_000, (4, 100), (5, 7), (6, 90), (7, 5), (8, 88))
            .ToArray();
    }

    private static List<string> Describe(CaptureReader reader, bool inBatches)
    {
        var lines = new List<string>();
        using (reader)
        {
            var batch = new CaptureBatch();
            while (inBatches && reader.TryReadBatch(batch))
            {
                for (var i = 0; i < batch.Count; i++) lines.Add(Line(batch[i]));
            }

            while (!inBatches && reader.TryReadRecord(out var record)) lines.Add(Line(record));
            lines.Add($"{reader.Error} {reader.Statistics.Count} {reader.Names.Count}");
        }

        return lines;
    }

    private static string Line(CaptureRecord record) => string.Create(
        CultureInfo.InvariantCulture,
        $"{record.FileOffset} {record.UnixNanoseconds} {record.InterfaceId} {record.Interface} {record.OriginalLength} {record.Direction} {record.DroppedBefore} {string.Join('|', record.Comments)} {Convert.ToHexString(record.Bytes)}");

    private static async Task CompareWithTsharkAsync(byte[] file)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".cap");
        try
        {
            File.WriteAllBytes(path, file);
            using var reader = new CaptureReader(File.OpenRead(path));
            var own = new List<string>();
            while (reader.TryRead(out var packet))
            {
                var time = packet.UnixNanoseconds is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at / 1_000_000_000}.{at % 1_000_000_000:d9}") : "";
                own.Add(string.Create(CultureInfo.InvariantCulture, $"{time}|{packet.OriginalLength}|{packet.Bytes.Length}"));
            }

            var (lines, errors, _) = await TSharkProcess.RunAsync(["-n", "-r", path, "-T", "fields", "-E", "separator=|", "-e", "frame.time_epoch", "-e", "frame.len", "-e", "frame.cap_len"]);
            Assert.Equal(lines.Where(static line => line.Length > 0), own);
            Assert.Equal(errors.Contains("cut short", StringComparison.Ordinal) || errors.Contains("damaged", StringComparison.Ordinal), reader.Error.IsError);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A pipe whose writer is slow: a few octets at a time.</summary>
    private sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes, false)
    {
        private int _turn;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1 + (_turn++ % 97)));
    }

    /// <summary>A pcap file of the same packet over and over.</summary>
    private sealed class EndlessCapture : Stream
    {
        private readonly byte[] _record;
        private readonly byte[] _header = Convert.FromHexString("d4c3b2a102000400000000000000000000000400" + "01000000");
        private readonly long _octets;
        private long _position;

        internal EndlessCapture(byte[] frame, long octets)
        {
            _record = [1, 0, 0, 0, 0, 0, 0, 0, (byte)frame.Length, 0, 0, 0, (byte)frame.Length, 0, 0, 0, .. frame];
            _octets = octets / _record.Length * _record.Length;
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var written = 0;
            while (written < count && _position < _header.Length + _octets)
            {
                var source = _position < _header.Length ? _header.AsSpan((int)_position) : _record.AsSpan((int)((_position - _header.Length) % _record.Length));
                var length = Math.Min(source.Length, count - written);
                source[..length].CopyTo(buffer.AsSpan(offset + written));
                written += length;
                _position += length;
            }

            return written;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
