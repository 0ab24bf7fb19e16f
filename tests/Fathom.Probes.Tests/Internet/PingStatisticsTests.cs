using Fathom.Probes.Internet.Ping;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Tests.Internet;

/// <summary>The figures of a series, against the formulas of ping(8), RFC 3550 and Wilson computed by hand or by Python.</summary>
public sealed class PingStatisticsTests
{
    [Fact]
    public void Min_avg_max_mdev_are_those_of_ping()
    {
        // ping -c 4 printed "rtt min/avg/max/mdev = 1.000/2.500/4.000/1.118 ms" for these: sqrt((1+4+9+16)/4 - 2.5^2) = sqrt(1.25).
        var s = Of(1, 2, 3, 4);
        Assert.Equal((1.0, 2.5, 4.0), (s.Minimum, s.Mean, s.Maximum));
        Assert.Equal(1.118034, s.Deviation, 6);
    }

    [Fact]
    public void Jitter_is_that_of_RFC_3550_and_the_mean_difference()
    {
        // D = 8, 4, 4: J = 0.5, 0.71875, 0.923828125 by J += (|D| - J) / 16.
        var s = Of(10, 18, 14, 10);
        Assert.Equal(0.923828125, s.Jitter, 12);
        Assert.Equal(16 / 3.0, s.MeanDifference, 12);
    }

    [Theory]
    [InlineData(0.5, 50)]
    [InlineData(0.95, 95)]
    [InlineData(0.99, 99)]
    [InlineData(1, 100)]
    [InlineData(0, 1)]
    public void Percentiles_are_of_the_nearest_rank(double part, double expected)
        => Assert.Equal(expected, Of([.. Enumerable.Range(1, 100).Select(static n => (double)n).Reverse()]).Percentile(part), 9);

    [Theory]
    // statsmodels.stats.proportion.proportion_confint(k, n, method="wilson")
    [InlineData(0, 3, 0, 0.561497)]
    [InlineData(2, 10, 0.056682, 0.509838)]
    [InlineData(1, 100, 0.001767, 0.054488)]
    [InlineData(5, 5, 0.565518, 1)]
    public void The_interval_of_a_loss_rate_is_Wilsons(long lost, long sent, double low, double high)
    {
        var interval = RateInterval.Wilson(lost, sent);
        Assert.Equal(low, interval.Low, 5);
        Assert.Equal(high, interval.High, 5);
    }

    [Fact]
    public void Nothing_sent_says_nothing()
    {
        var s = new PingStatistics();
        Assert.Equal((0, 0.0, 0.0, 0.0), (s.Lost, s.LossRate, s.Mean, s.Percentile(0.5)));
        Assert.Equal(new RateInterval(0, 1), s.LossInterval);
    }

    [Fact]
    public void A_duplicate_is_no_second_reply()
    {
        var s = Of(5);
        s.Add(Reply(50) with { IsDuplicate = true });
        Assert.Equal((1, 1, 5.0), (s.Received, s.Duplicates, s.Maximum));
    }

    private static PingStatistics Of(params double[] milliseconds)
    {
        var s = new PingStatistics();
        foreach (var time in milliseconds)
        {
            s.AddSent();
            s.Add(Reply(time));
        }

        return s;
    }

    private static PingEvent.Answered Reply(double milliseconds) => new(1, IpAddress.LoopbackV4, TimeSpan.FromMilliseconds(milliseconds), 64, 56);
}
