using Fathom.Cli.Dissect;
using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;

namespace Fathom.Cli.Tests;

/// <summary>Two threads in turns write what one writes.</summary>
public class DissectTurnsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_output_is_that_of_one_thread(bool isDocument)
    {
        var packets = Packets();
        var alone = new MemoryStream();
        var json = new DissectJson(alone, "a schema", isIndented: isDocument, isDocument);
        var dissector = new CaptureDissector();
        foreach (var packet in packets) json.Add(packet, dissector.Dissect(packet.LinkType, packet.Bytes, packet.Number, null));
        json.End(default);

        var turns = new MemoryStream();
        json = new DissectJson(turns, "a schema", isIndented: isDocument, isDocument);
        var lender = new CaptureDissector();
        new DissectTurns(json, Lent(lender, packets).GetEnumerator(), lender, static () => false).Run();
        json.End(default);
        Assert.True(alone.ToArray().AsSpan().SequenceEqual(turns.ToArray()), "not the same octets");
    }

    [Fact]
    public void What_comes_slowly_is_written_at_once()
    {
        var packets = Packets()[..3];
        var output = new MemoryStream();
        var json = new DissectJson(output, "a schema", isIndented: false, isDocument: false);
        var lender = new CaptureDissector();
        var written = new List<long>();
        new DissectTurns(json, Watched().GetEnumerator(), lender, static () => true).Run();
        Assert.Equal(4, written.Count);
        Assert.Equal(written.Distinct().Order(), written);

        IEnumerable<(SourcePacket, Wire.Dissection.Dissection)> Watched()
        {
            foreach (var pair in Lent(lender, packets))
            {
                written.Add(output.Length);
                yield return pair;
            }

            written.Add(output.Length);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public void An_output_that_breaks_ends_both(int after)
    {
        var packets = Packets();
        var json = new DissectJson(new BreakingStream(after), "a schema", isIndented: false, isDocument: false);
        var lender = new CaptureDissector();
        var read = 0;
        var counted = Lent(lender, packets).Select(pair =>
        {
            read++;
            return pair;
        });
        Assert.Throws<IOException>(() => new DissectTurns(json, counted.GetEnumerator(), lender, static () => false).Run());
        Assert.InRange(read, 1, packets.Count - 1);
    }

    [Fact]
    public void An_input_that_breaks_ends_both()
    {
        var packets = Packets();
        var json = new DissectJson(Stream.Null, "a schema", isIndented: false, isDocument: false);
        var lender = new CaptureDissector();
        var broken = Lent(lender, packets).Select(static (pair, at) => at < 1000 ? pair : throw new IOException("no more"));
        Assert.Throws<IOException>(() => new DissectTurns(json, broken.GetEnumerator(), lender, static () => false).Run());
    }

    private static IEnumerable<(SourcePacket Packet, Wire.Dissection.Dissection Dissection)> Lent(CaptureDissector dissector, IEnumerable<SourcePacket> packets)
        => packets.Select(packet => (packet, dissector.Lend(packet.LinkType, packet.Bytes, packet.Number, null)));

    private static List<SourcePacket> Packets()
    {
        var packets = new List<SourcePacket>();
        foreach (var path in ConformanceCaptures.Paths())
        {
            using var reader = new CaptureReader(File.OpenRead(path));
            while (reader.TryRead(out var packet))
                packets.Add(new SourcePacket(packets.Count + 1, packet.UnixNanoseconds, packet.Interface.LinkType, packet.Bytes, packet.OriginalLength, packet.Interface.Name, packet.Comments));
        }

        Assert.True(packets.Count > 3000, $"only {packets.Count} packets");
        return packets;
    }

    private sealed class BreakingStream(int after) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length + buffer.Length > after) throw new IOException("broken pipe");
            base.Write(buffer);
        }
    }
}
