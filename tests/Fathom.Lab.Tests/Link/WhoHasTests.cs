using Fathom.Hosts.Link;
using Fathom.Lab.Tests.Support;
using Fathom.Probes;
using Fathom.Probes.Evidence;
using Fathom.Probes.Link;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Tests.Link;

/// <summary>Who has an address: what was heard on the link, each packet under a number of its own.</summary>
public class WhoHasTests
{
    [Fact]
    public void Two_questions_of_one_log_never_share_an_id()
    {
        using var sites = new Sites();
        var log = new EvidenceLog(sites.Lab.Clock);
        var context = new ProbeContext(sites.A.Network, log, new PacketRecorder(null, log));
        var outcomes = sites.Lab.Run(
            async () =>
            {
                var first = await AskAsync(context, "10.0.0.12");
                var both = await Task.WhenAll(AskAsync(context, "10.0.0.1"), AskAsync(context, "10.0.0.99"));
                return new[] { first, both[0], both[1] };
            },
            TimeSpan.FromMinutes(1));

        Assert.IsType<WhoHasOutcome.Answered>(outcomes[0]);
        Assert.IsType<WhoHasOutcome.Answered>(outcomes[1]);
        Assert.IsType<WhoHasOutcome.Unanswered>(outcomes[2]);
        AssertEachNamesItsOwn(log, outcomes);
    }

    [Fact]
    public void Where_a_store_serves_the_log_its_numbers_are_the_ids()
    {
        using var sites = new Sites();
        var log = new EvidenceLog(sites.Lab.Clock);
        var (outcomes, resolution) = sites.Lab.Run(
            async () =>
            {
                await using var capture = (await sites.A.Network.OpenCaptureAsync(new CaptureOptions(), default)).Value!;
                var recorder = new PacketRecorder(new PacketStore(capture), log);
                var context = new ProbeContext(sites.A.Network, log, recorder);
                var first = await AskAsync(context, "10.0.0.12");
                var second = await AskAsync(context, "10.0.0.12");
                return (new[] { first, second }, recorder.FindResolution(IpAddress.Parse("10.0.0.12")));
            },
            TimeSpan.FromMinutes(1));

        Assert.All(outcomes, static o => Assert.IsType<WhoHasOutcome.Answered>(o));
        AssertEachNamesItsOwn(log, outcomes);
        Assert.Equal(["packet:1", "packet:2", "packet:3", "packet:4"], resolution);
        Assert.Equal(resolution, outcomes.SelectMany(static o => o.Evidence));
    }

    [Fact]
    public void A_log_refuses_another_packet_under_a_number_that_is_taken()
    {
        using var sites = new Sites();
        var log = new EvidenceLog(sites.Lab.Clock);
        var frame = new CapturedFrame(1, "lan", 1, FrameDirection.Sent, log.StartedAt, 14, new byte[14]);
        Assert.Equal("packet:7", log.AddPacket(7, "one", frame));
        Assert.Equal("packet:7", log.AddPacket(7, "one", frame));
        Assert.Throws<ArgumentException>(() => log.AddPacket(7, "other", frame with { OriginalLength = 15 }));
    }

    private static void AssertEachNamesItsOwn(EvidenceLog log, IReadOnlyList<WhoHasOutcome> outcomes)
    {
        var ids = outcomes.SelectMany(static o => o.Evidence).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(ids.Order(), log.Items.Select(static i => i.Id).Order());
        foreach (var outcome in outcomes)
        {
            Assert.NotEmpty(outcome.Evidence);
            foreach (var id in outcome.Evidence) Assert.Contains(outcome.Target.ToString(), log.Items.Single(i => i.Id == id).Summary, StringComparison.Ordinal);
        }
    }

    private static async Task<WhoHasOutcome> AskAsync(ProbeContext context, string target)
    {
        var interfaces = (await context.Host.GetInterfacesAsync(default)).Value!;
        var link = interfaces.First(static i => i.HardwareAddress is not null);
        return await WhoHasProbe.RunAsync(context, link, IpAddress.Parse("10.0.0.11"), IpAddress.Parse(target), 2, TimeSpan.FromMilliseconds(500), default);
    }
}
