using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Probes.Internet;
using Fathom.Probes.Internet.Ping;
using Fathom.Probes.Tests.Internet.Support;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Tests.Internet;

/// <summary>A series against a network that answers as told, on a clock that jumps.</summary>
public sealed class PingSeriesTests
{
    private static readonly IpAddress Target = IpAddress.Parse("192.0.2.9");
    private readonly ManualTime _time = new();
    private readonly List<PingEvent> _events = [];

    [Fact]
    public void Requests_leave_at_the_interval_and_round_trips_are_the_kernels()
    {
        var network = Network((n, r) => [(Ms(300), n.Reply(r, Ms(12.5)))]); // read late: the stamp counts
        var report = Run(network, new PingOptions { Count = 3 });
        Assert.Equal([Ms(0), Ms(1000), Ms(2000)], network.Sent.Select(static r => r.At));
        Assert.Equal((3, 3, 12.5), (report.Statistics.Sent, report.Statistics.Received, report.Statistics.Mean));
        Assert.Equal((byte)60, report.HopLimit ?? 0);
    }

    // ping(8) -A: "effectively not more than one unanswered probe is present in the network"; where nothing comes the interval counts.
    [Fact]
    public void Adaptive_requests_leave_when_the_one_before_is_settled()
    {
        var network = Network((n, r) => r.Sequence == 2 ? [] : [(Ms(r.Sequence == 1 ? 30 : 0.5), n.Reply(r, Ms(r.Sequence == 1 ? 30 : 0.5)))]);
        var report = Run(network, new PingOptions { Count = 4, IsAdaptive = true, Interval = TimeSpan.FromSeconds(1) });
        var sent = network.Sent.Select(static r => r.At.TotalMilliseconds).ToArray();
        Assert.Equal((4, 3), (report.Statistics.Sent, report.Statistics.Received));
        Assert.Equal([0, 30, 1030, 1032], sent.Select(static t => Math.Round(t)));
    }

    // ping(8) -O: "Report outstanding ICMP ECHO reply before sending next packet."
    [Fact]
    public void What_has_no_answer_yet_is_told_before_the_next_leaves()
    {
        var network = Network((n, r) => r.Sequence == 1 ? [(Ms(1200), n.Reply(r, Ms(1200)))] : [(Ms(1), n.Reply(r, Ms(1)))]);
        Run(network, new PingOptions { Count = 3, TellsOutstanding = true });
        Assert.Equal([1L], _events.OfType<PingEvent.Outstanding>().Select(static e => e.Number));
        Assert.IsType<PingEvent.Outstanding>(_events[0]);
        Assert.Empty(_events.OfType<PingEvent.TimedOut>());
    }

    [Fact]
    public void Silence_late_and_error_are_three_things()
    {
        var network = Network((n, r) => r.Sequence switch
        {
            1 => [],
            2 => [(Ms(2500), n.Reply(r, Ms(2500)))],
            3 => [(Ms(7), n.Exceeded(r, Ms(7), "198.51.100.1"))],
            _ => [(Ms(5), n.Reply(r, Ms(5)))],
        });
        var report = Run(network, new PingOptions { Count = 6 });
        var s = report.Statistics;
        Assert.Equal((6, 4, 2, 1, 1), (s.Sent, s.Received, s.Lost, s.Late, s.Errors));
        Assert.Equal([1L, 2L], _events.OfType<PingEvent.TimedOut>().Select(static e => e.Number));
        var error = Assert.Single(_events.OfType<PingEvent.Failed>());
        Assert.Equal((3L, IcmpMeaning.HopLimitExceeded, "198.51.100.1", Ms(7)), (error.Number, error.Meaning, error.Error.Reporter.ToString(), error.After));
        Assert.True(_events.OfType<PingEvent.Answered>().Single(static e => e.Number == 2).IsLate);
    }

    [Fact]
    public void Duplicates_disorder_and_damage_are_told()
    {
        var network = Network((n, r) => r.Sequence switch
        {
            1 => [(Ms(1500), n.Reply(r, Ms(1500)))],
            2 => [(Ms(1), n.Reply(r, Ms(1))), (Ms(2), n.Reply(r, Ms(2)))],
            _ => [(Ms(1), n.Reply(r, Ms(1), Damaged(r.Data)))],
        });
        var s = Run(network, new PingOptions { Count = 3 }).Statistics;
        Assert.Equal((3, 1, 1, 1), (s.Received, s.Duplicates, s.OutOfOrder, s.Damaged));
        Assert.Equal(20, Assert.Single(_events.OfType<PingEvent.Answered>(), static e => e.DamagedAt is not null).DamagedAt);
        Assert.True(Assert.Single(_events.OfType<PingEvent.Answered>(), static e => e.IsOutOfOrder).Number == 1);
    }

    [Fact]
    public void A_reply_to_nothing_is_nobodys()
    {
        var network = Network((n, r) => [(Ms(1), n.Reply(r with { Sequence = 77 }, Ms(1)))]);
        Assert.Equal((1, 0), (Run(network, new PingOptions { Count = 1 }).Statistics is var s ? (s.Sent, s.Received) : default));
    }

    [Fact]
    public void The_last_answer_is_waited_for_as_ping_does()
    {
        // Answers so far took 100 ms: twice that is less than an interval, which counts.
        var network = Network((n, r) => r.Sequence == 3 ? [] : [(Ms(100), n.Reply(r, Ms(100)))]);
        var report = Run(network, new PingOptions { Count = 3, Wait = TimeSpan.FromSeconds(5) });
        Assert.Equal(Ms(3000), report.Duration);
        Assert.Equal(1, report.Statistics.Lost);
    }

    // A process that was stopped finds its timers behind and its answers in the socket: these are read first, and one that was not there is lost all the same.
    [Theory]
    [InlineData(1060, 1)]
    [InlineData(1500, 0)]
    public void What_came_while_nothing_ran_is_not_lost(double read, int received)
    {
        var network = Network((n, r) => [(Ms(read), n.Reply(r, Ms(12)))]);
        _time.At(Ms(50), () => _time.HoldUp(Ms(1000)));
        var s = Run(network, new PingOptions { Count = 1, Wait = TimeSpan.FromSeconds(1) }).Statistics;
        Assert.Equal((1, received), (s.Sent, s.Received));
    }

    [Fact]
    public void A_host_that_cannot_send_is_an_error_and_one_that_may_not_a_refusal()
    {
        var refusing = new EchoNetwork(_time, static _ => []) { Refusal = new HostRefusal(HostRefusalKind.NotPermitted, "no", "sysctl") };
        Assert.Equal("sysctl", _time.Run(() => PingSeries.RunAsync(refusing, Target, new PingOptions { Count = 1 }, null, default)).Refusal?.Remedy);
        var unable = new EchoNetwork(_time, static _ => []) { Local = r => new NetworkError(NetworkErrorOrigin.Local, 0, 0, null, null, null, 101, r.At.Ticks, default) };
        var report = _time.Run(() => PingSeries.RunAsync(unable, Target, new PingOptions { Count = 1 }, null, default)).Value!;
        Assert.Equal((1, 0, 1, IcmpMeaning.NoRoute), (report.Statistics.Sent, report.Statistics.Received, report.Statistics.Errors, report.LastError!.Meaning));
        Assert.Equal(TimeSpan.Zero, report.Duration);
    }

    [Fact]
    public void An_interruption_leaves_what_is_under_way_uncounted()
    {
        using var stop = new CancellationTokenSource();
        var network = Network((n, r) => r.Sequence == 3 ? [] : [(Ms(10), n.Reply(r, Ms(10)))]);
        _time.At(Ms(2500), stop.Cancel);
        var report = _time.Run(() => PingSeries.RunAsync(network, Target, new PingOptions(), _events.Add, stop.Token)).Value!;
        Assert.True(report.WasInterrupted);
        Assert.Equal((2, 2), (report.Statistics.Sent, report.Statistics.Received));
    }

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static byte[] Damaged(byte[] data)
    {
        var copy = data.ToArray();
        copy[20] ^= 1;
        return copy;
    }

    private EchoNetwork Network(Func<EchoNetwork, EchoNetwork.Request, IEnumerable<(TimeSpan, EchoEvent)>> answer)
    {
        EchoNetwork? network = null;
        network = new EchoNetwork(_time, r => answer(network!, r));
        return network;
    }

    private PingReport Run(EchoNetwork network, PingOptions options) => _time.Run(() => PingSeries.RunAsync(network, Target, options, _events.Add, default)).Value!;
}
