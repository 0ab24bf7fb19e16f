using System.Text.Json;
using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>The applications' layers in every capture of the conformance data, against TShark's reading of the same packet alone.</summary>
public class ApplicationConformanceTests
{
    [Theory]
    [InlineData("gopacket-pcapng")]
    [InlineData("handmade")]
    [InlineData("packetnet")]
    [InlineData("tcpdump")]
    [InlineData("wireshark")]
    public void Applications_are_those_that_tshark_sees(string set)
    {
        var differences = new List<string>();
        var compared = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, path, expected) in ConformancePackets.Captures(set))
        {
            using var reader = new CaptureReader(File.OpenRead(path));
            foreach (var record in expected.GetProperty("records").EnumerateArray())
            {
                if (!record.TryGetProperty("t", out _) && record.GetProperty("layers").GetArrayLength() == 0) continue;
                if (!reader.TryRead(out var packet)) break;
                var where = $"{name} #{record.GetProperty("n")}";
                differences.AddRange(Compare(record, packet, compared).Select(difference => $"{where} {difference}").Where(static difference => !ApplicationDifferences.Covers(difference)));
            }
        }

        var counts = string.Join(", ", compared.Select(static pair => $"{pair.Key} {pair.Value}"));
        Assert.True(compared.Count > 0 && differences.Count == 0, $"compared: {counts}; {differences.Count} differences:\n{string.Join('\n', differences.Take(80))}");
        TestContext.Current.TestOutputHelper?.WriteLine(counts);
    }

    private static IEnumerable<string> Compare(JsonElement record, CapturedPacket packet, SortedDictionary<string, int> compared)
    {
        var dissection = Dissector.Dissect(packet.Interface.LinkType, packet.Bytes);
        var ours = dissection.Layers.Where(static layer => ExpectedApplication.Protocols.Contains(layer.Protocol)).ToList();
        foreach (var expected in record.GetProperty("layers").EnumerateArray())
        {
            var protocol = expected.GetProperty("p").GetString()!;
            if (!ExpectedApplication.Protocols.Contains(protocol)) continue;
            var at = expected.GetProperty("at").GetInt32();
            var layer = ours.FirstOrDefault(candidate => candidate.Protocol == protocol && candidate.Offset == at);
            if (layer is null)
            {
                if (ExpectedApplication.MustBeFound(expected)) yield return $"{protocol}@{at}: not found in {string.Join(", ", dissection.Layers.Select(l => $"{l.Protocol}@{l.Offset}"))}: {dissection.Fault}";
                continue;
            }

            compared[protocol] = compared.GetValueOrDefault(protocol) + 1;
            ours.Remove(layer);
            foreach (var difference in ExpectedApplication.Differences(expected, layer, packet.Bytes)) yield return $"{protocol}@{at} {difference}";
        }

        // A wrong claim is worse than none: whatever is left, TShark does not see.
        foreach (var layer in ours) yield return $"{layer.Protocol}@{layer.Offset} claimed; TShark sees {record.GetProperty("protocols")}";
    }
}
