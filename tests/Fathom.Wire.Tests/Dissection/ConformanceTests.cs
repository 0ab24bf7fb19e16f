using System.Text.Json;
using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>Every capture of the conformance data, packet by packet and field by field, against TShark's reading.</summary>
public class ConformanceTests
{
    private static readonly HashSet<int> SupportedLinkTypes =
        [LinkType.Null, LinkType.Ethernet, LinkType.RawIp, LinkType.Loop, LinkType.LinuxCooked, LinkType.Ipv4, LinkType.Ipv6, LinkType.LinuxCookedV2];

    [Theory]
    [InlineData("gopacket-pcapng")]
    [InlineData("handmade")]
    [InlineData("packetnet")]
    [InlineData("tcpdump")]
    [InlineData("wireshark")]
    public void Layers_and_fields_are_those_that_tshark_sees(string set)
    {
        var differences = new List<string>();
        var compared = 0;
        foreach (var (name, path, expected) in ConformancePackets.Captures(set))
        {
            using var reader = new CaptureReader(File.OpenRead(path));
            foreach (var record in expected.GetProperty("records").EnumerateArray())
            {
                if (IsNoPacket(record)) continue;
                if (!reader.TryRead(out var packet))
                {
                    differences.Add($"{name} #{record.GetProperty("n")}: no such packet: {reader.Error}");
                    break;
                }

                if (!SupportedLinkTypes.Contains(packet.Interface.LinkType)) continue;
                compared++;
                var where = $"{name} #{record.GetProperty("n")}";
                differences.AddRange(Compare(record, packet).Select(difference => $"{where} {difference}").Where(difference => !KnownDifferences.Covers(difference)));
            }
        }

        Assert.True(compared > 0 && differences.Count == 0, $"{compared} packets compared, {differences.Count} differences:\n{string.Join('\n', differences.Take(60))}");
    }

    // A block that TShark lists but that is no packet has neither time nor layers.
    private static bool IsNoPacket(JsonElement record)
        => !record.TryGetProperty("t", out _) && record.GetProperty("layers").GetArrayLength() == 0;

    private static IEnumerable<string> Compare(JsonElement record, CapturedPacket packet)
    {
        var dissection = Dissector.Dissect(packet.Interface.LinkType, packet.Bytes);
        foreach (var expected in record.GetProperty("layers").EnumerateArray())
        {
            var protocol = expected.GetProperty("p").GetString()!;
            if (protocol is "raw") continue;
            if (!ExpectedLayer.Names.TryGetValue(protocol, out var name)) yield break; // another protocol, and what it may hold
            var at = expected.GetProperty("at").GetInt32();
            var layer = dissection.Layers.FirstOrDefault(candidate => candidate.Protocol == name && candidate.Offset == at);
            if (layer is null)
            {
                yield return $"{protocol}@{at}: not found in {string.Join(", ", dissection.Layers.Select(l => $"{l.Protocol}@{l.Offset}"))}: {dissection.Fault}";
                yield break;
            }

            foreach (var difference in ExpectedLayer.Differences(expected, layer, packet.Bytes)) yield return $"{protocol}@{at} {difference}";
        }
    }
}
