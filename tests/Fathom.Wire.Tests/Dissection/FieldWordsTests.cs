using System.Buffers;
using System.Text;
using Fathom.Wire.Dissection;

namespace Fathom.Wire.Tests.Dissection;

public class FieldWordsTests
{
    private static readonly SearchValues<byte> Plain = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .,:()"u8);

    [Fact]
    public void A_field_says_what_its_number_means()
    {
        // RFC 791 §3.1, RFC 9293 §3.1: the header of a SYN from 192.0.2.1 to 192.0.2.2, typed in by hand. Its checksums were worked out by Python.
        var frame = Convert.FromHexString("4500002c1c4640004006" + "9a7f" + "c0000201c0000202" + "d43101bb000000010000000060" + "02faf0" + "0c1f" + "0000" + "020405b4");
        var layers = Dissector.Dissect(LinkType.RawIp, frame).Layers;
        var words = layers.SelectMany(static l => l.Fields).ToDictionary(static f => f.Name + "@" + f.BitOffset, static f => f.Text);
        Assert.Equal("20 octets", words["headerLength@4"]);
        Assert.Equal("0", words["dscp@8"]);
        Assert.Equal("44 octets", words["totalLength@16"]);
        Assert.Equal("0x1c46", words["identification@32"]);
        Assert.Equal("set", words["dontFragment@49"]);
        Assert.Equal("not set", words["moreFragments@50"]);
        Assert.Equal("TCP (6)", words["protocol@72"]);
        Assert.StartsWith("0x9a7f, ", words["headerChecksum@80"], StringComparison.Ordinal);
        Assert.Equal("192.0.2.1", words["source@96"]);
        Assert.Equal("443", words["destinationPort@176"]);
        Assert.Equal("1460 octets", words["maximumSegmentSize@320"]);
    }

    [Fact]
    public void Words_are_written_as_they_are_said_and_never_beyond_their_room()
    {
        var fields = 0;
        var room = new byte[64 * 1024];
        foreach (var (where, linkType, bytes) in ConformanceFrames.All())
        {
            foreach (var field in Dissector.Dissect(linkType, bytes).Layers.SelectMany(static l => l.Fields))
            {
                fields++;
                var expected = Encoding.UTF8.GetBytes(field.Text);
                Assert.True(field.Words.TryFormat(room, out var written), where);
                Assert.True(expected.AsSpan().SequenceEqual(room.AsSpan(0, written)), $"{where}: {field.Name}");
                Assert.True(field.Words.TryFormat(new byte[written], out _), $"{where}: {field.Name}");
                if (written == 0) continue;
                Assert.False(field.Words.TryFormat(new byte[written - 1], out var none), $"{where}: {field.Name}");
                Assert.Equal(0, none);
                if (!field.Words.HasText) Assert.False(expected.AsSpan().ContainsAnyExcept(Plain), $"{where}: {field.Text}");
            }
        }

        Assert.True(fields > 50_000, $"only {fields} fields");
    }
}
