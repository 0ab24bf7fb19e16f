using Fathom.Hosts.Internet;
using Fathom.Probes.Internet.Trace;
using Fathom.Probes.Tests.Internet.Support;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Tests.Internet;

/// <summary>Traces through a made-up path of routers, on a clock that jumps: what is waited for, what is sent when, what comes out.</summary>
public sealed class TraceProbeTests
{
    private const int Distance = 6;
    private static readonly IpAddress Target = IpAddress.Parse("192.0.2.9");
    private readonly ManualTime _time = new();

    [Fact]
    public void All_hops_take_one_round_trip()
    {
        var trace = Run(Path(), new TraceOptions());
        Assert.True(trace.Reached);
        Assert.Equal(Enumerable.Range(1, Distance).Select(static n => (byte)n), trace.Hops.Select(static h => h.HopLimit));
        Assert.All(trace.Hops, static h => Assert.Equal((3, 3), (h.Sent, h.Answers.Count)));
        Assert.Equal(TimeSpan.FromMilliseconds(20), trace.Duration);
    }

    [Fact]
    public void Silent_hops_cost_three_times_the_slowest_answer()
    {
        var trace = Run(Path(roundTrip: 50, silent: [2, 4]), new TraceOptions());
        Assert.True(trace.Reached);
        Assert.Equal([2, 4], trace.Hops.Where(static h => h.Answers.Count == 0).Select(static h => (int)h.HopLimit));
        Assert.Equal(TimeSpan.FromMilliseconds(150), trace.Duration);
        Assert.Single(TraceReading.Read(trace), static l => l is { Kind: ReadingKind.Silent, Hop: 2 } && l.Text.Contains("2 and 4", StringComparison.Ordinal));
    }

    [Fact]
    public void Ten_samples_keep_the_limit_of_six_at_once_and_one_a_second()
    {
        // A router as Linux is one: a bucket of six, filled by one a second.
        var buckets = new Dictionary<int, (double Tokens, TimeSpan At)>();
        var trace = Run(Path(limit: (hop, now) =>
        {
            var (tokens, at) = buckets.GetValueOrDefault(hop, (6, now));
            tokens = Math.Min(6, tokens + (now - at).TotalSeconds);
            buckets[hop] = (tokens >= 1 ? tokens - 1 : tokens, now);
            return tokens >= 1;
        }), new TraceOptions { Samples = 10 });
        Assert.All(trace.Hops, static h => Assert.Equal((10, 10), (h.Sent, h.Answers.Count)));
        Assert.InRange(trace.Duration, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4.5));
    }

    [Fact]
    public void First_probes_that_were_held_up_on_their_way_cost_no_later_one()
    {
        // The bucket of a router begins to fill when the first probe arrives: that waited for a neighbor's address.
        var buckets = new Dictionary<int, (double Tokens, TimeSpan At, int Count)>();
        var trace = Run(Path(roundTrip: 120, limit: (hop, now) =>
        {
            var count = buckets.GetValueOrDefault(hop).Count;
            var arrival = count < 3 ? now + TimeSpan.FromMilliseconds(50) : now;
            var (tokens, at, _) = buckets.GetValueOrDefault(hop, (6, arrival, 0));
            tokens = Math.Min(6, tokens + (arrival - at).TotalSeconds);
            buckets[hop] = (tokens >= 1 ? tokens - 1 : tokens, arrival, count + 1);
            return tokens >= 1;
        }), new TraceOptions { Samples = 10 });
        Assert.All(trace.Hops, static h => Assert.Equal((10, 10), (h.Sent, h.Answers.Count)));
    }

    [Fact]
    public void Where_packets_stop_the_destination_is_tried_once_more_and_the_wait_is_short()
    {
        var network = Path(stopsAfter: 3);
        var trace = Run(network, new TraceOptions());
        Assert.False(trace.Reached);
        Assert.Equal((byte)3, trace.LastAnswer!.HopLimit);
        Assert.InRange(trace.Duration, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Single(network.Sent, static r => r.Options.HopLimit == 255);
        Assert.Single(TraceReading.Read(trace), static l => l is { Kind: ReadingKind.Stops, Hop: 3, IsProblem: true, Confidence: ReadingConfidence.Likely });
    }

    [Fact]
    public void Nothing_at_all_is_not_waited_for_long()
    {
        var trace = Run(Path(stopsAfter: 0), new TraceOptions());
        Assert.InRange(trace.Duration, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        Assert.Single(TraceReading.Read(trace), static l => l is { Kind: ReadingKind.Stops, Confidence: ReadingConfidence.Possible });
    }

    [Fact]
    public void A_loop_is_named()
    {
        var trace = Run(Path(loop: true), new TraceOptions());
        Assert.Equal(["198.51.100.3", "198.51.100.4"], trace.Loop.Select(static a => a.ToString()).Order());
        Assert.Equal(ReadingKind.Loop, Assert.Single(TraceReading.Read(trace)).Kind);
    }

    [Fact]
    public void A_refusal_ends_the_path_and_names_the_router()
    {
        var trace = Run(Path(refusesAt: 4), new TraceOptions());
        Assert.False(trace.Reached);
        Assert.Equal(4, trace.Hops.Count);
        var line = Assert.Single(TraceReading.Read(trace), static l => l.Kind == ReadingKind.Refused);
        Assert.Contains("198.51.100.4 refuses", line.Text, StringComparison.Ordinal);
        Assert.Contains("prohibited", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void All_probes_of_a_flow_have_one_checksum()
    {
        var network = Path();
        Run(network, new TraceOptions());
        // RFC 1071: sequence number and data together sum up alike. The type, code and identifier are the same anyway.
        var sums = network.Sent.Select(static r => Fold(r.Sequence + Enumerable.Range(0, r.Data.Length / 2).Sum(i => (r.Data[2 * i] << 8) | r.Data[(2 * i) + 1]))).Distinct();
        Assert.Single(sums);
        static int Fold(int sum)
        {
            while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
            return sum;
        }
    }

    [Theory]
    [InlineData(false, 1300, 1300, null, 3)] // reported
    [InlineData(true, 1300, 1300, 3, 0)] // vanishes
    public void The_path_MTU_is_found_with_who_limits_it(bool isSilent, int narrow, int expected, int? hole, int reporter)
    {
        var trace = Run(Path(narrowAfter: 3, narrow: narrow, tellsMtu: !isSilent), new TraceOptions { FindMtu = true });
        Assert.NotNull(trace.Mtu);
        Assert.InRange(trace.Mtu.Mtu ?? 0, expected - 4, expected);
        Assert.Equal(hole, (int?)trace.Mtu.HoleAfter);
        if (reporter > 0) Assert.Equal(($"198.51.100.{reporter}", narrow), (trace.Mtu.Reports[0].By.ToString(), trace.Mtu.Reports[0].Mtu));
        Assert.Contains(TraceReading.Read(trace), l => l.Kind == ReadingKind.Mtu && l.IsProblem == isSilent);
    }

    private TraceOutcome Run(EchoNetwork network, TraceOptions options) => _time.Run(() => TraceProbe.RunAsync(network, Target, options, null, default)).Value!;

    private EchoNetwork Path(
        double roundTrip = 20, int[]? silent = null, int stopsAfter = int.MaxValue, bool loop = false, int refusesAt = 0, Func<int, TimeSpan, bool>? limit = null,
        int narrowAfter = int.MaxValue, int narrow = 1500, bool tellsMtu = true)
    {
        EchoNetwork? network = null;
        var after = TimeSpan.FromMilliseconds(roundTrip);
        var given = new Dictionary<int, int>();
        network = new EchoNetwork(_time, r =>
        {
            var hop = (int)r.Options.HopLimit!;
            if (loop && hop > 3) hop = hop % 2 == 0 ? 4 : 3;
            else if (hop > Distance) hop = Distance;
            if (r.Data.Length + 28 > narrow && hop > narrowAfter)
                return tellsMtu ? [(after, new EchoEvent.Failed(r.Sequence, EchoNetwork.Icmp(3, 4, $"198.51.100.{narrowAfter}", (_time.Now + after).Ticks, narrow)))] : [];
            if (hop > stopsAfter || silent?.Contains(hop) == true) return [];
            if (refusesAt > 0 && hop >= refusesAt) return [(after, new EchoEvent.Failed(r.Sequence, EchoNetwork.Icmp(3, 13, $"198.51.100.{refusesAt}", (_time.Now + after).Ticks)))];
            if (hop == Distance && !loop) return [(after, network!.Reply(r, after))];
            return limit?.Invoke(hop, _time.Now) == false ? [] : [(after, network!.Exceeded(r, after, $"198.51.100.{hop}"))];
        });
        return network;
    }
}
