using System.Xml.Linq;
using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>
/// Every field that TShark shows of the samples' link, internet and transport layers is one of Fathom's: the same octets, the same number.
/// </summary>
public class TsharkFieldTests
{
    /// <summary>The protocols that are compared, by TShark's names.</summary>
    private static readonly HashSet<string> Protocols =
        ["eth", "vlan", "ieee8021ad", "llc", "sll", "null", "ip", "ipv6", "tcp", "udp", "icmp", "icmpv6", "igmp", "esp", "ah", "mipv6", "hip", "shim6"];

    [Fact]
    public async Task Every_field_that_tshark_shows_is_one_of_ours()
    {
        var samples = LayerSamples.All().ToList();
        var packets = await ReadAsync(samples);
        Assert.Equal(samples.Count, packets.Count);
        var differences = new List<string>();
        var compared = 0;
        foreach (var (sample, packet) in samples.Zip(packets))
        {
            var fields = Dissector.Dissect(sample.LinkType, sample.Frame).Layers.SelectMany(layer => layer.Fields).ToList();
            foreach (var field in Leaves(packet))
            {
                compared++;
                if (field.IsIn(fields) || TsharkDifferences.Covers(sample.Name, field.Name)) continue;
                differences.Add($"{sample.Name}: {field}");
            }
        }

        Assert.True(compared > 1000 && differences.Count == 0, $"{compared} compared, {differences.Count} differences:\n{string.Join('\n', differences)}");
    }

    /// <summary>The fields without fields of their own that stand in the frame.</summary>
    private static IEnumerable<TsharkField> Leaves(XElement packet)
        => from protocol in packet.Elements("proto")
           where Protocols.Contains((string)protocol.Attribute("name")!)
           from field in protocol.Descendants("field")
           where field.Attribute("value") is not null && (string?)field.Attribute("hide") != "yes" && (int)field.Attribute("size")! > 0 && !field.Elements("field").Any()
           select new TsharkField(
               (string)field.Attribute("name")!, (int)field.Attribute("pos")!, (int)field.Attribute("size")!, (string)field.Attribute("value")!,
               (string?)field.Attribute("showname") ?? (string?)field.Attribute("show") ?? "");

    private static async Task<List<XElement>> ReadAsync(List<LayerSample> samples)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pcapng");
        try
        {
            using (var writer = new PcapngWriter(File.Create(path)))
            {
                var interfaces = samples.Select(s => s.LinkType).Distinct().ToDictionary(type => type, type => writer.AddInterface(null, type));
                foreach (var sample in samples) writer.WritePacket(interfaces[sample.LinkType], 0, sample.Frame, sample.Frame.Length);
            }

            var (lines, errors, _) = await TSharkProcess.RunAsync(["-n", "-r", path, "-T", "pdml", "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE"]);
            Assert.True(lines.Count > 0, errors);
            return [.. XDocument.Parse(string.Join('\n', lines)).Root!.Elements("packet")];
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed record TsharkField(string Name, int Offset, int Length, string Value, string Text)
    {
        internal bool IsIn(List<DissectedField> fields)
        {
            var (first, count, number) = Bits(out var length);
            // A part of a word that is wider than the octets named stands at the word's beginning, or at its end.
            int[] starts = [(8 * Offset) + first, (8 * (Offset + Length)) - length + first];
            return fields.Any(f => starts.Contains(f.BitOffset) && f.BitLength == count && (number is null || f.Number == number));
        }

        // TShark draws which bits of its octets a field takes: "0100 .... = Version: 4". Whole octets are the same wherever they are read.
        private (int First, int Count, ulong? Number) Bits(out int length)
        {
            length = 8 * Length;
            var end = Text.IndexOf(" = ", StringComparison.Ordinal);
            var pattern = end < 0 ? "" : Text[..end].Replace(" ", "", StringComparison.Ordinal);
            var bits = pattern.Trim('.');
            if (bits.Length == 0 || bits.Any(c => c is not '0' and not '1')) return (0, length, null);
            length = pattern.Length;
            return (pattern.IndexOf(bits[0], StringComparison.Ordinal), bits.Length, Convert.ToUInt64(bits, 2));
        }

        public override string ToString() => $"{Name} at {Offset}, {Length} octets = {Value}: {Text}";
    }
}
