using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Tests.Dissection;

namespace Fathom.Wire.Tests.Capture;

public class PcapngWriterTests
{
    private const long Time = 1_700_000_000_123_456_789;

    private static readonly byte[] Frame = Samples.Ethernet(EtherType.Ipv4, Samples.Ipv4(IpProtocol.Udp, Samples.Udp(Samples.V4A, Samples.V4B, Samples.Data)));
    private static readonly byte[] Packet = Samples.Ipv6(IpProtocol.Udp, Samples.Udp(Samples.V6A, Samples.V6B, Samples.Data));

    private static byte[] Write()
    {
        var stream = new MemoryStream();
        using (var writer = new PcapngWriter(stream, new PcapngSection { Hardware = "a machine", OperatingSystem = "an OS", Application = "Fathom", Comment = "a test" }))
        {
            var eth = writer.AddInterface("eth0", LinkType.Ethernet, 65535, "the first");
            var tun = writer.AddInterface("tun0", LinkType.RawIp, 50);
            writer.WritePacket(eth, Time, Frame, Frame.Length, PacketDirection.Outbound, "asked → here");
            writer.WritePacket(tun, Time + 1, Packet, Packet.Length + 100, PacketDirection.Inbound);
            writer.WritePacket(eth, 0, [], 0);
        }

        return stream.ToArray();
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        using var reader = new CaptureReader(new MemoryStream(Write()));
        Assert.True(reader.TryRead(out var first));
        Assert.Equal(CaptureFormat.Pcapng, reader.Format);
        Assert.Equal((Time, 0, (uint)Frame.Length, PacketDirection.Outbound), (first.UnixNanoseconds, first.InterfaceId, first.OriginalLength, first.Direction));
        Assert.Equal(new CaptureInterface(LinkType.Ethernet, 65535, "eth0", "the first") { TimestampResolution = 9 }, first.Interface);
        Assert.Equal(Frame, first.Bytes.ToArray());
        Assert.Equal(["asked → here"], first.Comments);
        Assert.True(reader.TryRead(out var second));
        Assert.Equal((Time + 1, 1, (uint)Packet.Length + 100, PacketDirection.Inbound), (second.UnixNanoseconds, second.InterfaceId, second.OriginalLength, second.Direction));
        Assert.Equal(Packet[..50], second.Bytes.ToArray()); // the interface's snap length
        Assert.True(reader.TryRead(out var third));
        Assert.Equal((0L, 0), (third.UnixNanoseconds, third.Bytes.Length));
        Assert.False(reader.TryRead(out _));
        Assert.False(reader.Error.IsError);
    }

    [Fact]
    public async Task Tshark_reads_the_same_packets_without_complaint()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pcapng");
        try
        {
            File.WriteAllBytes(path, Write());
            var (lines, errors, exitCode) = await TSharkProcess.RunAsync(["-r", path, "-T", "fields", "-E", "separator=|", "-e", "frame.time_epoch", "-e", "frame.len", "-e", "frame.cap_len", "-e", "frame.interface_name",
                "-e", "frame.comment", "-e", "udp.dstport", "-e", "frame.packet_flags_direction"]);
            Assert.Equal(0, exitCode);
            Assert.DoesNotContain(errors.Split('\n'), static line => line.StartsWith("tshark:", StringComparison.Ordinal));
            string[] expected =
            [
                $"1700000000.123456789|{Frame.Length}|{Frame.Length}|eth0|asked → here|53|0x00000002",
                $"1700000000.123456790|{Packet.Length + 100}|50|tun0||53|0x00000001",
                "0.000000000|0|0|eth0|||",
            ];
            Assert.Equal(expected, lines.Where(static line => line.Length > 0));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Every_cut_of_the_file_is_read_up_to_the_damage()
    {
        var file = Write();
        var ends = BlockEnds(file);
        for (var length = 0; length <= file.Length; length++)
        {
            using var reader = new CaptureReader(new MemoryStream(file, 0, length));
            var packets = 0;
            while (reader.TryRead(out _)) packets++;
            Assert.Equal(!ends.Contains(length), reader.Error.IsError);

            // Blocks: section, two interfaces, three packets. The error names the block that is cut.
            Assert.Equal(Math.Max(0, ends.Count(end => end <= length) - 3), packets);
            if (reader.Error.IsError) Assert.Equal(ends.Where(end => end <= length).DefaultIfEmpty(0).Max(), reader.Error.FileOffset);
        }
    }

    [Fact]
    public void Text_longer_than_an_option_is_cut_at_a_character()
    {
        var stream = new MemoryStream();
        using (var writer = new PcapngWriter(stream, leaveOpen: true))
        {
            writer.AddInterface(null, LinkType.Ethernet);
            writer.WritePacket(0, 1, [], 0, comment: new string('→', 30_000)); // three octets each
        }

        stream.Position = 0;
        using var reader = new CaptureReader(stream);
        Assert.True(reader.TryRead(out var packet), reader.Error.ToString());
        Assert.Equal(new string('→', 65_535 / 3), packet.Comments.Single());
    }

    [Fact]
    public void Misuse_throws()
    {
        using var writer = new PcapngWriter(new MemoryStream());
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.WritePacket(0, 1, [], 0));
        writer.AddInterface("a", LinkType.Ethernet);
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.WritePacket(0, -1, [], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.WritePacket(0, 1, [1, 2], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.AddInterface("b", 65_536));
        writer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => writer.WritePacket(0, 1, [], 0));
    }

    [Fact]
    public void Ticks_become_nanoseconds()
        => Assert.Equal(Time / 100 * 100, PcapngWriter.ToUnixNanoseconds(DateTimeOffset.UnixEpoch.AddTicks(Time / 100)));

    private static HashSet<int> BlockEnds(byte[] file)
    {
        var ends = new HashSet<int>();
        for (var at = 0; at < file.Length;)
        {
            at += (int)BitConverter.ToUInt32(file, at + 4);
            ends.Add(at);
        }

        return ends;
    }
}
