using Packetdrill.Playing;

namespace Packetdrill.Tests;

/// <summary>The scripts of the conformance pack, which were written for Linux, as the language defines their tolerance; what stands apart is listed with its reason.</summary>
public class ConformanceTests
{
    // What does not pass, and why. The line is that of the first difference.
    private static readonly Dictionary<string, (string Verdict, int Line, string Reason)> Apart = new(StringComparer.Ordinal)
    {
        ["eor/no-coalesce-retrans.pkt"] = ("Fail", 64, "Linux's reordering timer, which its comment waits for, runs although three segments are sacked; RFC 8985 §6.2 step 4 sets no wait then, and RFC 6937 counts octets, not segments"),
        ["fast_retransmit/fr-4pkt-fack-last-mss.pkt"] = ("Fail", 27, "40 ms are Linux's: 25 ms by RFC 8985 §6.2 step 4 (a quarter of the smallest round trip), and what its timers add"),
        ["mtu_probe/basic-v4.pkt"] = ("NotApplicable", 13, "routes have no MTU of their own here, and the sizes of probes are Linux's choice (RFC 4821 §7.2 leaves it open)"),
        ["mtu_probe/basic-v6.pkt"] = ("NotApplicable", 15, "as basic-v4"),
        ["notsent_lowat/notsent-lowat-default.pkt"] = ("Fail", 31, "when poll() tells of room depends on what Linux counts for its own records; nothing of TCP"),
    };

    // Those that need some of the language's tolerance: the packet is right, its time is Linux's.
    private static readonly Dictionary<string, string> Tolerated = new(StringComparer.Ordinal)
    {
        ["close/close-local-close-then-remote-fin.pkt"] = "a call's own duration of 1 ms",
        ["eor/no-coalesce-large.pkt"] = "the congestion window has room a millisecond earlier",
        ["fast_retransmit/fr-4pkt-sack.pkt"] = "Linux acknowledges a FIN 1 ms late",
        ["fast_retransmit/fr-4pkt.pkt"] = "Linux acknowledges a FIN 1 ms late",
        ["shutdown/shutdown-rdwr-send-queue-ack-close.pkt"] = "Linux's tail loss probe is 3 ms late",
    };

    public static IEnumerable<TheoryDataRow<string>> All() => Scripts.Conformance is { } folder
        ? Scripts.Below(folder).Select(static f => new TheoryDataRow<string>(f))
        : [new TheoryDataRow<string>("") { Skip = "../shared/conformance is not there" }];

    [Theory]
    [MemberData(nameof(All))]
    public void A_script_passes_or_stands_apart_with_its_reason(string script)
    {
        var outcome = Play.File(Path.Combine(Scripts.Conformance!, script), isExact: !Tolerated.ContainsKey(script));
        if (Apart.TryGetValue(script, out var expected))
        {
            Assert.Equal((expected.Verdict, expected.Line), (outcome.Verdict.ToString(), outcome.Line));
            return;
        }

        Assert.Equal((Verdict.Pass, ""), (outcome.Verdict, outcome.Detail));
    }

    [Fact]
    public void What_stands_apart_is_in_the_pack()
    {
        Assert.SkipUnless(Scripts.Conformance is not null, "../shared/conformance is not there");
        var present = Scripts.Below(Scripts.Conformance!).ToHashSet();
        Assert.Equal(47, present.Count);
        Assert.All(Apart.Keys.Concat(Tolerated.Keys), name => Assert.Contains(name, present));
    }
}
