using System.Text.RegularExpressions;
using Packetdrill.Playing;

namespace Packetdrill.Tests;

/// <summary>Scripts of our own: their packets are those of the RFCs that they name; no tolerance of times.</summary>
public partial class OwnScriptTests
{
    public static IEnumerable<TheoryDataRow<string>> All() => Scripts.Below(Scripts.Own).Select(static f => new TheoryDataRow<string>(f));

    [Theory]
    [MemberData(nameof(All))]
    public void A_script_passes_to_the_microsecond(string script)
    {
        var outcome = Play.File(Path.Combine(Scripts.Own, script));
        Assert.Equal((Verdict.Pass, 0, ""), (outcome.Verdict, outcome.Line, outcome.Detail));
        Assert.Null(outcome.Largest);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_script_names_its_RFC(string script) => Assert.Matches(@"RFC \d{3,4}", File.ReadLines(Path.Combine(Scripts.Own, script)).First());

    // The runner can fail: each number of each packet that is expected, changed by one, is found at its line.
    [Theory]
    [MemberData(nameof(All))]
    public void A_wrong_number_fails_at_its_line(string script)
    {
        var lines = File.ReadAllLines(Path.Combine(Scripts.Own, script));
        var changed = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            if (!OutboundPacket().IsMatch(lines[i])) continue;
            foreach (var pattern in (Regex[])[Acknowledgment(), Window(), SegmentSize(), Echo(), Sack()])
            {
                if (!pattern.IsMatch(lines[i])) continue;
                var wrong = lines.ToArray();
                wrong[i] = pattern.Replace(lines[i], static m => m.Groups[1].Value + (long.Parse(m.Groups[2].Value) + 1), 1);
                var outcome = Play.Text(string.Join('\n', wrong));
                Assert.Equal((Verdict.Fail, i + 1), (outcome.Verdict, outcome.Line));
                changed++;
            }

            if (!Moment().IsMatch(lines[i]) || lines[i].Contains('~')) continue;
            var late = lines.ToArray();
            late[i] = Moment().Replace(lines[i], " +7.001 > ", 1);
            var delayed = Play.Text(string.Join('\n', late));
            Assert.Equal((Verdict.Fail, i + 1), (delayed.Verdict, delayed.Line));
            changed++;
        }

        Assert.NotEqual(0, changed);
    }

    [GeneratedRegex(@"^\s*\+?[\d.]+(~\+?[\d.]+)? > (?!icmp|udp)")]
    private static partial Regex OutboundPacket();

    [GeneratedRegex(@"( ack )(\d+)")]
    private static partial Regex Acknowledgment();

    [GeneratedRegex(@"( win )(\d+)")]
    private static partial Regex Window();

    [GeneratedRegex(@"(mss )(\d+)")]
    private static partial Regex SegmentSize();

    [GeneratedRegex(@"( ecr )(\d+)")]
    private static partial Regex Echo();

    [GeneratedRegex(@"(sack )(\d+)")]
    private static partial Regex Sack();

    [GeneratedRegex(@"^\s*\+[\d.]+ > ")]
    private static partial Regex Moment();
}
