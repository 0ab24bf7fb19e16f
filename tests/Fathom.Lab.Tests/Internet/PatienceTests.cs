using Fathom.Lab.Scenarios;
using Fathom.Probes.Internet.Ping;
using Fathom.Probes.Internet.Trace;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Tests.Internet;

/// <summary>Probes wait for what is left of a time, down to parts of a millisecond, on a clock that stands still while anybody has work: each wait must let it go on.</summary>
public class PatienceTests
{
    private const string Way = """
        title: T
        target: http://198.51.100.9/
        from: a
        routes: auto
        networks:
          far: { rate: 20mbit, delay: 10ms, loss: 10%, jitter: 2ms }
        links:
          - { between: [a.eth0, r1.lan], delay: 1ms, jitter: 1ms }
          - { between: [r1.wan, r2.wan], rate: 10mbit, delay: 20ms }
        hosts:
          a:
            interfaces:
              eth0: { addresses: [192.0.2.1/24] }
          r1:
            forwards: true
            interfaces:
              lan: { addresses: [192.0.2.254/24] }
              wan: { addresses: [203.0.113.1/30] }
          r2:
            forwards: true
            interfaces:
              wan: { addresses: [203.0.113.2/30] }
              lan: { network: far, addresses: [198.51.100.254/24] }
          b:
            interfaces:
              eth0: { network: far, addresses: [198.51.100.9/24] }
        """;

    private static readonly IpAddress Target = IpAddress.Parse("198.51.100.9");

    // A defect here is a loop without an end, so the lab has a thread of its own, and this test does not wait for it for ever.
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_trace_that_loses_probes_ends()
    {
        var hops = await Task.Run(() => InLabs(lab => lab.Lab.Run(() => TraceProbe.RunAsync(lab.From.Network, Target, new TraceOptions(), null, default), TimeSpan.FromMinutes(5)).Value!.Hops.Count))
            .WaitAsync(AtMost, TestContext.Current.CancellationToken);
        Assert.All(hops, static count => Assert.InRange(count, 3, 30));
    }

    [Fact]
    public async Task A_ping_that_loses_its_last_requests_ends()
    {
        var options = new PingOptions { Count = 20, Interval = TimeSpan.FromMilliseconds(10), Wait = TimeSpan.FromSeconds(2) };
        var answered = await Task.Run(() => InLabs(lab => lab.Lab.Run(() => PingSeries.RunAsync(lab.From.Network, Target, options, static _ => { }, default), TimeSpan.FromMinutes(5)).Value!.Statistics.Received))
            .WaitAsync(AtMost, TestContext.Current.CancellationToken);
        Assert.All(answered, static count => Assert.InRange(count, 1, 20));
    }

    private static List<T> InLabs<T>(Func<LabWorld, T> run)
    {
        Assert.True(ScenarioReader.TryRead(Way, out var scenario, out var error), error?.ToString());
        var results = new List<T>();
        for (var seed = 1ul; seed <= 20; seed++)
        {
            using var world = LabWorld.Create(scenario, new LabOptions { Seed = seed });
            results.Add(run(world));
        }

        return results;
    }
}
