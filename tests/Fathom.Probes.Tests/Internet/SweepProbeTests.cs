using Fathom.Hosts.Internet;
using Fathom.Probes.Internet.Sweep;
using Fathom.Probes.Tests.Internet.Support;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Tests.Internet;

/// <summary>A sweep against a network that answers as told.</summary>
public sealed class SweepProbeTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData("192.0.2.0/24", 254)]
    [InlineData("192.0.2.0/31", 2)]
    [InlineData("192.0.2.7/32", 1)]
    [InlineData("2001:db8::/120", 256)]
    public void Every_address_that_answers_is_found(string prefix, int count)
    {
        var report = Run(prefix, new SweepOptions(), static (n, r) => [(Ms(3), n.Reply(r, Ms(3)))]);
        Assert.Equal((count, count, (long)count), (report.Asked, report.Alive.Count, report.Sent));
        Assert.All(report.Alive, static a => Assert.Equal(Ms(3), a.RoundTrip));
        Assert.Equal(report.Alive.Select(static a => a.Address).Order(), report.Alive.Select(static a => a.Address));
    }

    [Fact]
    public void A_silent_address_is_asked_again()
    {
        var asked = new Dictionary<IpAddress, int>();
        var report = Run("192.0.2.0/28", new SweepOptions(), (n, r) =>
        {
            var before = asked.GetValueOrDefault(r.Destination);
            asked[r.Destination] = before + 1;
            return before == 0 && r.Sequence % 2 == 0 ? [] : [(Ms(3), n.Reply(r, Ms(3)))];
        });
        Assert.Equal((14, 21L), (report.Alive.Count, report.Sent));
    }

    [Fact]
    public void Foreign_replies_count_for_nobody()
    {
        var report = Run("192.0.2.0/28", new SweepOptions { Retries = 0 }, static (n, r) =>
        [
            (Ms(1), n.Reply(r, Ms(1), from: "203.0.113.1")), // another sender
            (Ms(1), n.Reply(r, Ms(1), data: new byte[8])), // other data
            (Ms(1), n.Reply(r with { Sequence = (ushort)(r.Sequence + 1) }, Ms(1))), // another's number
        ]);
        Assert.Empty(report.Alive);
    }

    [Fact]
    public void Errors_are_counted_and_no_answer_is_waited_for_in_vain()
    {
        var report = Run("192.0.2.0/29", new SweepOptions { Retries = 0 }, (n, r) =>
            [(Ms(2), new EchoEvent.Failed(r.Sequence, EchoNetwork.Icmp(3, 1, "198.51.100.1", 0) with { Destination = new(r.Destination, 0) }))]);
        Assert.Equal((0, 6), (report.Alive.Count, report.Unreachable));
        Assert.InRange(report.Duration, TimeSpan.Zero, Ms(600));
    }

    [Fact]
    public void A_rate_is_kept()
    {
        var report = Run("192.0.2.0/24", new SweepOptions { Rate = 100, Retries = 0 }, static (n, r) => [(Ms(1), n.Reply(r, Ms(1)))]);
        Assert.Equal(254, report.Alive.Count);
        Assert.InRange(report.Duration, TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Too_many_addresses_are_a_misuse()
        => Assert.ThrowsAny<ArgumentOutOfRangeException>(() => Run("10.0.0.0/8", new SweepOptions(), static (_, _) => []));

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private SweepReport Run(string prefix, SweepOptions options, Func<EchoNetwork, EchoNetwork.Request, IEnumerable<(TimeSpan, EchoEvent)>> answer)
    {
        _ = IpPrefix.TryParse(prefix, out var parsed);
        EchoNetwork? network = null;
        network = new EchoNetwork(_time, r => answer(network!, r));
        return _time.Run(() => SweepProbe.RunAsync(network, parsed, options, default)).Value!;
    }
}
