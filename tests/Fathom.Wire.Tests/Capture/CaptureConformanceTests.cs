using System.Globalization;
using System.Text.Json;
using Fathom.Wire.Capture;
using Fathom.Wire.Tests.Dissection;

namespace Fathom.Wire.Tests.Capture;

/// <summary>Every capture of the conformance data, record by record, against TShark's reading.</summary>
public class CaptureConformanceTests
{
    // Cut in the middle of a record; a second section of version 2.0.
    private static readonly Dictionary<string, string> DamagedOnPurpose = new()
    {
        ["wireshark/trunc.pcap"] = "the file ends inside a record's header",
        ["gopacket-pcapng/be/test901.pcapng"] = "a section has a version that is not 1",
        ["gopacket-pcapng/le/test901.pcapng"] = "a section has a version that is not 1",
    };

    // Files of several sections: TShark 4.0 looks a later section's interface number up among the first section's names; a number
    // counts within its own section (draft-ietf-opsawg-pcapng §4.2).
    private static readonly HashSet<string> NamesOfAnotherSection = ["test201.pcapng", "test202.pcapng"];

    [Theory]
    [InlineData("gopacket-pcapng")]
    [InlineData("handmade")]
    [InlineData("packetnet")]
    [InlineData("tcpdump")]
    [InlineData("wireshark")]
    public void Records_have_the_times_lengths_interfaces_and_comments_that_tshark_sees(string set)
    {
        var differences = new List<string>();
        foreach (var (name, path, expected) in ConformancePackets.Captures(set))
        {
            using var reader = new CaptureReader(File.OpenRead(path));
            foreach (var record in expected.GetProperty("records").EnumerateArray())
            {
                if (!record.TryGetProperty("t", out _) && record.GetProperty("layers").GetArrayLength() == 0) continue;
                if (!reader.TryRead(out var packet))
                {
                    differences.Add($"{name}: ended before #{record.GetProperty("n")}: {reader.Error}");
                    break;
                }

                Compare(differences, $"{name} #{record.GetProperty("n")}", record, packet);
            }

            if (reader.TryRead(out _)) differences.Add($"{name}: more packets than TShark sees");
            var wanted = DamagedOnPurpose.GetValueOrDefault(name, "");
            if ((reader.Error.Detail ?? "") != wanted) differences.Add($"{name}: {reader.Error}, expected '{wanted}'");
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(40)));
    }

    private static void Compare(List<string> differences, string where, JsonElement record, CapturedPacket packet)
    {
        Check("len", record.GetProperty("len").GetUInt32(), packet.OriginalLength);
        Check("cap", record.GetProperty("cap").GetInt32(), packet.Bytes.Length);
        if (record.TryGetProperty("t", out var time)) Check("t", time.GetString(), Seconds(packet.UnixNanoseconds));
        if (record.TryGetProperty("interface_id", out var id)) Check("interface", id.GetInt32(), packet.InterfaceId);
        if (record.TryGetProperty("interface_name", out var name) && packet.Interface.Name is not null && !NamesOfAnotherSection.Contains(Path.GetFileName(where.Split(' ')[0])))
            Check("name", Words(name.GetString()!), Words(packet.Interface.Name));
        if (record.TryGetProperty("comments", out var comments))
            Check("comments", string.Join('|', comments.EnumerateArray().Select(c => Words(c.GetString()!))), string.Join('|', packet.Comments.Select(Words)));

        void Check<T>(string what, T expected, T actual)
        {
            if (!Equals(expected, actual)) differences.Add($"{where} {what}: expected {expected}, was {actual}");
        }
    }

    // The expectations went through XML attributes, where every line break became a space.
    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string? Seconds(long? nanoseconds) => nanoseconds is not { } value
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{value / 1_000_000_000}.{value % 1_000_000_000:d9}");
}
