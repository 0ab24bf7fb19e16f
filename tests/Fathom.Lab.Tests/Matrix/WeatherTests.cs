using System.Globalization;
using System.Text;
using Fathom.Diagnosis;
using Fathom.Lab.Internet;
using Fathom.Lab.Scenarios;

namespace Fathom.Lab.Tests.Matrix;

/// <summary>Ordinary weather is no fault: where 2 % of packets are lost, round trips vary by a tenth of a second, and nobody answers ICMP, nothing is called broken.</summary>
public class WeatherTests
{
    // All of it by FATHOM_LAB_WEATHER=SEEDS; here a sample.
    private const string Variable = "FATHOM_LAB_WEATHER";
    private const int Sample = 8;

    private static readonly string[] Targets = ["https://www.example.com/", "http://www.example.com/", "tcp://www.example.com:7", "https://www.example.com/bytes/50000"];

    [Theory]
    [InlineData(0.02, 0, false)]
    [InlineData(0, 100, false)]
    [InlineData(0, 0, true)]
    [InlineData(0.02, 100, false)]
    [InlineData(0.02, 100, true)]
    public void Nothing_is_called_broken(double loss, int jitter, bool filtersIcmp)
    {
        var seeds = int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var many) ? many : Sample;
        var wrong = new StringBuilder();
        for (var seed = 1; seed <= seeds; seed++)
        {
            foreach (var target in Targets)
            {
                var report = Check((ulong)seed, target, loss, jitter, filtersIcmp);
                if (report.Verdict.Status == VerdictStatus.Works || (report.Verdict.Status == VerdictStatus.Degraded && loss > 0 && report.Verdict.Root!.Cause == Causes.PathLoss)) continue;
                wrong.AppendLine(CultureInfo.InvariantCulture, $"seed {seed}: {target}\n{MatrixRun.Describe(report)}");
            }
        }

        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    [Theory]
    [InlineData("home-router-provider-router")]
    [InlineData("www")]
    public void What_a_link_damages_breaks_nothing(string link)
    {
        for (var seed = 1ul; seed <= 50; seed++)
        {
            using var world = LabWorld.Create(BuiltInScenarios.Get(BuiltInScenarios.Default), new LabOptions { Seed = seed });
            (world.Lab.FindLink(link) ?? world.Lab.Find(link)!.Ports[0].Link!).Change(static s => s with { Corrupt = 0.01 });
            var report = MatrixRun.Check(world, "laptop", Targets[seed % 2 == 0 ? 0 : 3], captures: seed % 3 != 0);
            Assert.True(report.Verdict.Status == VerdictStatus.Works || report.Verdict is { Status: VerdictStatus.Degraded, Root.Cause: Causes.PathLoss }, $"seed {seed}: {MatrixRun.Describe(report)}");
        }
    }

    private static CheckReport Check(ulong seed, string target, double loss, int jitter, bool filtersIcmp)
    {
        using var world = LabWorld.Create(BuiltInScenarios.Get(BuiltInScenarios.Default), new LabOptions { Seed = seed });
        world.Lab.FindLink("home-router-provider-router")!.Change(s => s with { Loss = loss, Jitter = TimeSpan.FromMilliseconds(jitter) });
        if (filtersIcmp)
        {
            foreach (var host in new[] { "home-router", "provider-router", "hosting-router", "www" }) IcmpFilter.AddTo(world.Lab.Find(host)!, IcmpFilterScope.All);
        }

        return MatrixRun.Check(world, "laptop", target, captures: seed % 2 == 0);
    }
}
