using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;

namespace Fathom.Wire.Tests.Capture;

public class CaptureReaderTests
{
    [Theory] // both byte orders, microseconds and nanoseconds
    [InlineData("a1b2c3d4000200040000000000000000000000400000000165000000000f42400000000200000009aabb", 1_694_498_816_000_000_000 + 1_000_000_000)]
    [InlineData("d4c3b2a102000400000000000000000040000000010000000000006540420f000200000009000000aabb", 1_694_498_816_000_000_000 + 1_000_000_000)]
    [InlineData("a1b23c4d000200040000000000000000000000400000000165000000000f42400000000200000009aabb", 1_694_498_816_000_000_000 + 1_000_000)]
    [InlineData("4d3cb2a102000400000000000000000040000000010000000000006540420f000200000009000000aabb", 1_694_498_816_000_000_000 + 1_000_000)]
    public void Classic_pcap_is_read_by_its_magic(string hex, long time)
    {
        using var reader = new CaptureReader(new MemoryStream(Convert.FromHexString(hex)));
        Assert.True(reader.TryRead(out var packet), reader.Error.ToString());
        Assert.Equal(CaptureFormat.Pcap, reader.Format);
        Assert.Equal((time, 9u, LinkType.Ethernet), (packet.UnixNanoseconds, packet.OriginalLength, packet.Interface.LinkType));
        Assert.Equal([0xAA, 0xBB], packet.Bytes.ToArray());
        Assert.False(reader.TryRead(out _));
        Assert.False(reader.Error.IsError);
    }

    [Fact]
    public void Every_cut_of_a_classic_file_is_told()
    {
        var file = Convert.FromHexString("a1b2c3d4000200040000000000000000000000400000000165000000000f42400000000200000009aabb");
        for (var length = 0; length < file.Length; length++)
        {
            using var reader = new CaptureReader(new MemoryStream(file, 0, length));
            Assert.False(reader.TryRead(out _));
            Assert.Equal(length != 24, reader.Error.IsError); // the end of the file header is an end
            if (length > 24) Assert.Equal(24, reader.Error.FileOffset);
        }
    }

    [Fact]
    public void A_length_that_only_claims_does_not_take_memory()
    {
        var file = Convert.FromHexString("a1b2c3d40002000400000000000000000000004000000001" + "650000000000000000ffffff00ffffff" + "aabb");
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var reader = new CaptureReader(new MemoryStream(file));
        Assert.False(reader.TryRead(out _));
        Assert.Equal(WireErrorKind.TooShort, reader.Error.Kind);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400_000);
    }

    [Fact]
    public void A_length_beyond_any_capture_is_refused()
    {
        using var reader = new CaptureReader(new MemoryStream(Convert.FromHexString("a1b2c3d40002000400000000000000000000004000000001" + "65000000000000007fffffff7fffffff")));
        Assert.False(reader.TryRead(out _));
        Assert.Equal((WireErrorKind.LimitExceeded, 24), (reader.Error.Kind, reader.Error.FileOffset));
    }

    [Theory]
    [InlineData("", WireErrorKind.TooShort)]
    [InlineData("a1b2c3", WireErrorKind.TooShort)]
    [InlineData("1f8b0800", WireErrorKind.BadValue)] // gzip
    public void What_is_no_capture_is_told(string hex, WireErrorKind kind)
    {
        using var reader = new CaptureReader(new MemoryStream(Convert.FromHexString(hex)));
        Assert.False(reader.TryRead(out _));
        Assert.Equal((kind, CaptureFormat.Unknown), (reader.Error.Kind, reader.Format));
    }

    [Theory] // if_tsresol and if_tsoffset of draft-ietf-opsawg-pcapng §4.2
    [InlineData(6, 0, 0, 1_500_000, 1_500_000_000)]
    [InlineData(9, 0, 0, 1_500_000, 1_500_000)]
    [InlineData(0, 0, 0, 3, 3_000_000_000)]
    [InlineData(0x80, 0, 0, 3, 3_000_000_000)]
    [InlineData(0x81, 0, 0, 3, 1_500_000_000)]
    [InlineData(0xA0, 0, 1, 0x8000_0000, 1_500_000_000)]
    [InlineData(6, -1, 0, 1_500_000, 500_000_000)]
    [InlineData(12, 0, 0, 5_000, 5)]
    public void Time_units_become_nanoseconds(byte resolution, long offset, uint high, uint low, long expected)
        => Assert.Equal(expected, new PcapngTime(resolution, offset).ToUnixNanoseconds(high, low));

    [Theory]
    [InlineData(0, 0)] // 2^64 seconds
    [InlineData(20, 0)]
    [InlineData(0xFF, 0)]
    [InlineData(9, long.MaxValue)]
    public void A_time_that_does_not_fit_is_none(byte resolution, long offset)
        => Assert.Null(new PcapngTime(resolution, offset).ToUnixNanoseconds(uint.MaxValue, uint.MaxValue));
}
