using System.Globalization;
using Fathom.Diagnosis;
using Fathom.Lab.Faults;
using Fathom.Lab.Internet;
using Fathom.Lab.Scenarios;

namespace Fathom.Lab.Tests.Matrix;

/// <summary>What looks like another cause at first: silence by chance, answers that are late, a request that nobody took.</summary>
public class LookAlikeTests
{
    // The wire between the laptop and its switch loses a quarter each way: three ARP requests without an answer are one check in twenty.
    [Fact]
    public void A_link_that_loses_frames_is_no_dead_router()
    {
        for (var seed = 1ul; seed <= 120; seed++)
        {
            var report = Check(seed, "https://www.example.com/", "path.loss", "laptop/eth0");
            Assert.False(report.Verdict.Root?.Cause is Causes.NeighborUnanswered, $"seed {seed}: {MatrixRun.Describe(report)}");
        }
    }

    [Fact]
    public void A_dead_router_is_one_still()
    {
        var report = Check(1, "https://www.example.com/", "neighbor.unanswered", "home-router");
        Assert.Equal((Causes.NeighborUnanswered, Confidence.Certain), (report.Verdict.Root?.Cause, report.Verdict.Root?.Confidence));
    }

    // Round trips of one to two seconds, and no echo to measure by: TCP sends each SYN twice.
    [Fact]
    public void What_is_late_is_not_lost()
    {
        for (var seed = 1ul; seed <= 40; seed++)
        {
            var report = Check(seed, "https://www.example.com/", "path.latency", "home-router-provider-router", static world =>
            {
                foreach (var host in new[] { "home-router", "provider-router", "hosting-router", "www" }) IcmpFilter.AddTo(world.Lab.Find(host)!, IcmpFilterScope.All);
            });
            Assert.DoesNotContain(report.Findings, static f => f.Cause == Causes.PathLoss);
            Assert.NotEqual(VerdictStatus.Broken, report.Verdict.Status);
        }
    }

    // The answers are lost, not the SYNs: what a stack then measures of a handshake is a round trip of a second.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_lost_on_its_way_back_is_not_late(bool captures)
    {
        var found = 0;
        for (var seed = 1ul; seed <= 20; seed++)
        {
            using var world = LabWorld.CreateDefault(new LabOptions { Seed = seed });
            foreach (var host in new[] { "home-router", "provider-router", "hosting-router", "www" }) IcmpFilter.AddTo(world.Lab.Find(host)!, IcmpFilterScope.All);
            var link = world.Lab.FindLink("home-router-provider-router")!;
            var back = link.ToRight.Name.StartsWith("home-router", StringComparison.Ordinal) ? link.ToLeft : link.ToRight;
            back.Settings = back.Settings with { Loss = 0.33 };
            var report = MatrixRun.Check(world, "laptop", "https://www.example.com/", captures);
            Assert.NotEqual(VerdictStatus.Broken, report.Verdict.Status);
            if (report.Findings.Any(static f => f.Cause == Causes.PathLoss)) found++;
        }

        // Of answers that are lost the client sees little: a check whose own connection meets none looks for none. Called late, 3 were found.
        Assert.InRange(found, 8, 20);
    }

    [Theory]
    [InlineData("http://www.example.com/", "tcp.stalled", "www:80", Causes.TcpStalled)]
    [InlineData("http://www.example.com/", "http.timeout", "www:80", Causes.HttpTimeout)]
    [InlineData("http://192.168.1.30/", "tcp.stalled", "printer", Causes.TcpStalled)]
    public void A_request_that_nobody_takes_is_not_one_that_nobody_answers(string target, string fault, string place, string cause)
    {
        var report = Check(1, target, fault, place);
        Assert.Equal((VerdictStatus.Broken, cause), (report.Verdict.Status, report.Verdict.Root?.Cause));
    }

    // A hundred echo requests a second are more than a modem carries: what its queue then drops is no loss of the path.
    [Fact]
    public void Looking_for_loss_makes_none()
    {
        for (var seed = 1ul; seed <= 20; seed++)
        {
            using var world = LabWorld.CreateDefault(new LabOptions { Seed = seed });
            world.Lab.FindLink("home-router-provider-router")!.Change(static s => s with { Rate = 56_000, Delay = TimeSpan.FromMilliseconds(60), Loss = 0.02 });
            var report = MatrixRun.Check(world, "laptop", "https://www.example.com/", captures: true);
            Assert.All(report.Findings.Where(static f => f.Cause == Causes.PathLoss), f => Assert.True(Measured(f.Summary) <= 15, $"seed {seed}: {MatrixRun.Describe(report)}"));
            Assert.NotEqual(VerdictStatus.Broken, report.Verdict.Status);
        }

        static int Measured(string summary) => int.Parse(summary.AsSpan(summary.IndexOf('(', StringComparison.Ordinal) + 1, 2).TrimEnd(), CultureInfo.InvariantCulture);
    }

    // The route stands before the name in the walk, whoever is asked.
    [Theory]
    [InlineData("laptop")]
    [InlineData("phone")]
    public void Without_routes_and_resolvers_the_routes_are_the_cause(string from)
    {
        using var world = LabWorld.CreateDefault();
        foreach (var cause in new[] { "route.missing", "dns.no-server" })
            Assert.True(FaultPlace.TryFind(world.Lab, from, out var place, out var reason) && FaultCatalog.Find(cause)!.TryPut(place, out _, out reason), reason);
        var report = MatrixRun.Check(world, from, "https://www.example.com/", captures: true);
        Assert.True(report.Verdict.Root?.Cause == Causes.RouteMissing && report.Findings.Any(static f => f is { Cause: Causes.DnsNoServer, Follows: Causes.RouteMissing }), MatrixRun.Describe(report));
    }

    private static CheckReport Check(ulong seed, string target, string fault, string where, Action<LabWorld>? prepare = null)
    {
        using var world = LabWorld.CreateDefault(new LabOptions { Seed = seed });
        prepare?.Invoke(world);
        Assert.True(FaultPlace.TryFind(world.Lab, where, out var place, out var reason) && FaultCatalog.Find(fault)!.TryPut(place with { Targets = world.TargetAddresses }, out _, out reason), reason);
        return MatrixRun.Check(world, "laptop", target, captures: true);
    }
}
