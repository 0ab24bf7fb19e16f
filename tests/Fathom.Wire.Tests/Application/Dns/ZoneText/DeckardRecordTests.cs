using System.Globalization;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Dns.ZoneText;

namespace Fathom.Wire.Tests.Application.Dns.ZoneText;

/// <summary>Every record of every entry of the deckard scenarios: text to value, to wire, back, to text, and back again.</summary>
public sealed class DeckardRecordTests(ITestOutputHelper output)
{
    // Deckard's own keywords; the lines between a SECTION and the next keyword are records.
    private static readonly string[] Keywords = ["SECTION", "ENTRY_", "RANGE_", "MATCH", "ADJUST", "REPLY", "STEP", "SCENARIO", "RAW"];

    [Fact]
    public void Every_record_is_read_and_survives_the_wire()
    {
        var (read, failed) = (0, new List<string>());
        var types = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(Conformance.Require("dns", "deckard"), "*.rpl").Order(StringComparer.Ordinal))
        {
            foreach (var line in RecordLines(File.ReadAllLines(file)))
            {
                if (Survives(line, out var type, out var reason))
                {
                    read++;
                    types[type] = types.GetValueOrDefault(type) + 1;
                }
                else
                {
                    failed.Add($"{Path.GetFileName(file)}: {line}: {reason}");
                }
            }
        }

        output.WriteLine($"{read} records passed, {failed.Count} failed; {string.Join(", ", types.Select(static t => string.Create(CultureInfo.InvariantCulture, $"{t.Key} {t.Value}")))}");

        // "UNUSABLE==" has two padding characters after whole quanta: no base 64 (RFC 4648 §4), whatever lenient decoders make of it.
        Assert.Equal(6, failed.Count(static f => f.Contains("UNUSABLE==", StringComparison.Ordinal)));
        Assert.Equal(6, failed.Count);
        Assert.True(read > 5000, $"only {read} records were found");
    }

    private static IEnumerable<string> RecordLines(string[] lines)
    {
        var inside = false;
        foreach (var raw in lines)
        {
            var line = raw.Trim();
            if (line.StartsWith("SECTION", StringComparison.Ordinal)) inside = !line.EndsWith("QUESTION", StringComparison.Ordinal);
            else if (Keywords.Any(k => line.StartsWith(k, StringComparison.Ordinal))) inside = false;
            else if (inside && line.Length > 0 && line[0] is not (';' or '#')) yield return line;
        }
    }

    private static bool Survives(string line, out string type, out string reason)
    {
        (type, reason) = ("", "");
        if (!DnsZoneText.TryParseRecord(line, DnsName.Root, out var record, out var error, defaultTimeToLive: 3600))
        {
            reason = error.ToString();
            return false;
        }

        type = record.Type.ToText();
        var bytes = new DnsMessage { IsResponse = true, Answers = [record] }.ToBytes();
        if (!DnsMessage.TryRead(bytes, out var message, out var wireError)) reason = wireError.ToString();
        else if (message.Answers[0] != record) reason = $"came back from the wire as {message.Answers[0]}";
        else if (!DnsZoneText.TryParseRecord(record.ToString(), DnsName.Root, out var again, out error)) reason = $"its own text {record}: {error}";
        else if (again != record) reason = $"came back from text as {again}";
        return reason.Length == 0;
    }
}
