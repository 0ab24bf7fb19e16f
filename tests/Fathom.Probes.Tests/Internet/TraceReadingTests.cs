using Fathom.Hosts.Internet;
using Fathom.Probes.Internet;
using Fathom.Probes.Internet.Path;
using Fathom.Probes.Internet.Trace;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Tests.Internet;

/// <summary>What a trace is taken to mean, and what not.</summary>
public sealed class TraceReadingTests
{
    [Fact]
    public void Loss_that_does_not_persist_is_rate_limiting_and_no_problem()
    {
        var lines = Read(Hop(1, 10), Hop(2, 4), Hop(3, 10));
        Assert.Single(lines, static l => l is { Kind: ReadingKind.RateLimited, Hop: 2, IsProblem: false });
        Assert.DoesNotContain(lines, static l => l.Kind == ReadingKind.Loss);
    }

    [Fact]
    public void Loss_that_persists_begins_where_it_is_first_seen()
    {
        var lines = Read(Hop(1, 10), Hop(2, 6), Hop(3, 7), Hop(4, 6));
        Assert.Single(lines, static l => l is { Kind: ReadingKind.Loss, Hop: 2, IsProblem: true, Confidence: ReadingConfidence.Likely });
        Assert.DoesNotContain(lines, static l => l.Kind == ReadingKind.RateLimited);
    }

    [Fact]
    public void Loss_and_rate_limiting_are_told_apart_on_one_path()
    {
        var lines = Read(Hop(1, 10), Hop(2, 2), Hop(3, 10), Hop(4, 7), Hop(5, 7));
        Assert.Single(lines, static l => l is { Kind: ReadingKind.RateLimited, Hop: 2 });
        Assert.Single(lines, static l => l is { Kind: ReadingKind.Loss, Hop: 4 });
    }

    [Fact]
    public void One_lost_probe_is_no_loss() => Assert.DoesNotContain(Read(Hop(1, 10), Hop(2, 9)), static l => l.IsProblem);

    [Fact]
    public void A_slow_answer_that_does_not_persist_is_a_slow_control_plane()
    {
        var lines = Read(Hop(1, 10, 1), Hop(2, 10, 80), Hop(3, 10, 3));
        Assert.Single(lines, static l => l is { Kind: ReadingKind.SlowControlPlane, Hop: 2, IsProblem: false });
        Assert.DoesNotContain(lines, static l => l.Kind == ReadingKind.LongLink);
    }

    [Fact]
    public void Time_that_stays_is_the_links()
        => Assert.Single(Read(Hop(1, 10, 1), Hop(2, 10, 90), Hop(3, 10, 91)), static l => l is { Kind: ReadingKind.LongLink, Hop: 2 });

    [Fact]
    public void Several_routers_at_a_hop_are_said()
    {
        var both = Hop(2, 5) with { Answers = [.. Hop(2, 5).Answers, .. Hop(9, 5).Answers.Select(static a => a with { HopLimit = 2, IsDestination = false })] };
        Assert.Single(Read(Hop(1, 10), new TraceHop(2, 10, both.Answers), Hop(3, 10)), static l => l is { Kind: ReadingKind.SeveralWays, Hop: 2 });
    }

    [Fact]
    public void Labels_are_read_as_RFC_4950_draws_them()
    {
        // Version 2, no checksum; an object of 12 octets, class 1, type 1; label 16,000 with more to come, label 3 as the bottom.
        byte[] extensions = [0x20, 0, 0, 0, 0, 12, 1, 1, 0x03, 0xE8, 0x00, 0x01, 0x00, 0x00, 0x3B, 0xFF];
        Assert.Equal([new MplsLabel(16000, 0, false, 1), new MplsLabel(3, 5, true, 255)], MplsLabel.Read(extensions));
        extensions[3] = 1; // a checksum that does not verify
        Assert.Empty(MplsLabel.Read(extensions));
        Assert.Empty(MplsLabel.Read([0x20, 0]));
    }

    [Fact]
    public void The_samples_schedule_keeps_a_bucket_of_six_from_running_dry()
    {
        var tokens = 6.0;
        var at = TimeSpan.Zero;
        for (var sample = 0; sample < 50; sample++)
        {
            tokens = Math.Min(6, tokens + (SampleSchedule.At(sample) - at).TotalSeconds) - 1;
            at = SampleSchedule.At(sample);
            Assert.True(tokens >= 0, $"sample {sample}");
        }
    }

    // The last hop given is the destination.
    private static IReadOnlyList<ReadingLine> Read(params TraceHop[] hops)
    {
        var last = hops[^1];
        hops[^1] = last with { Answers = [.. last.Answers.Select(static a => a with { IsDestination = true, Meaning = IcmpMeaning.Other, Error = null })] };
        return TraceReading.Read(new TraceOutcome(IpAddress.Parse("192.0.2.9"), "ICMP echo", "one flow", hops, TimeSpan.FromSeconds(4), false));
    }

    private static TraceHop Hop(byte number, int answered, double milliseconds = 1)
    {
        var from = IpAddress.Parse($"198.51.100.{number}");
        var error = new NetworkError(NetworkErrorOrigin.Icmp, 11, 0, from, null, null, 0, 0, default);
        return new TraceHop(number, 10, [.. Enumerable.Repeat(new PathHop(number, from, TimeSpan.FromMilliseconds(milliseconds), IcmpMeaning.HopLimitExceeded, error, false), answered)]);
    }
}
