using System.Globalization;
using System.Text;
using Fathom.Diagnosis;
using Fathom.Lab.Faults;
using Fathom.Lab.Scenarios;

namespace Fathom.Lab.Tests.Matrix;

/// <summary>A path that loses a quarter of its packets is called so by nearly every check, whatever luck its few packets have; one that loses 2 %, as ordinary ones do, is never called broken.</summary>
public class LossTests
{
    // All of it by FATHOM_LAB_LOSS=SEEDS; here a sample.
    private const string Variable = "FATHOM_LAB_LOSS";
    private const int Sample = 12;
    private const double Heavy = 0.25;
    private const double Ordinary = 0.02;

    // Measured: 59 of 1,000 checks at 25 % see nothing that points at loss, or call another cause; and a sample's own luck.
    private const double MayMiss = 0.1;

    private static readonly (string Link, string From, string Target)[] Places =
    [
        ("home-router-provider-router", "laptop", "https://www.example.com/"), ("www/eth0", "phone", "https://www.example.com/"), ("home-router/wan", "laptop", "http://www.example.com/"),
        ("home-router-provider-router", "laptop", "tcp://www.example.com:7"), ("www/eth0", "laptop", "tcp://203.0.113.80:443"),
    ];

    private static int Seeds => int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var many) ? many : Sample;

    [Fact]
    public void Heavy_loss_is_seen_in_nearly_every_check()
    {
        var missed = new StringBuilder();
        var count = 0;
        foreach (var (place, seed, report) in Checks(Heavy))
        {
            if (report.Findings.Any(static f => f is { Cause: Causes.PathLoss, Follows: null, Severity: > Severity.Info })) continue;
            count++;
            missed.AppendLine(CultureInfo.InvariantCulture, $"{place} seed {seed}: {MatrixRun.Describe(report)}");
        }

        TestContext.Current.SendDiagnosticMessage($"25 % loss: {count} of {Seeds * Places.Length} checks do not see it");
        Assert.True(count <= Math.Ceiling(MayMiss * Seeds * Places.Length), $"{count} of {Seeds * Places.Length}\n{missed}");
    }

    [Fact]
    public void Ordinary_loss_breaks_nothing()
    {
        var called = new StringBuilder();
        foreach (var (place, seed, report) in Checks(Ordinary))
        {
            // 2 % each way are 4 % of the round trips, and that is more than the contract's threshold of 3 %: now and then it is measured.
            if (report.Verdict.Status == VerdictStatus.Works || report.Verdict is { Status: VerdictStatus.Degraded, Root.Cause: Causes.PathLoss }) continue;
            called.AppendLine(CultureInfo.InvariantCulture, $"{place} seed {seed}: {MatrixRun.Describe(report)}");
        }

        Assert.True(called.Length == 0, called.ToString());
    }

    private static IEnumerable<(string Place, int Seed, CheckReport Report)> Checks(double loss)
    {
        foreach (var (link, from, target) in Places)
        {
            for (var seed = 1; seed <= Seeds; seed++)
            {
                using var world = LabWorld.Create(BuiltInScenarios.Get(BuiltInScenarios.Default), new LabOptions { Seed = (ulong)seed });
                Assert.True(FaultPlace.TryFind(world.Lab, link, out var place, out var reason), reason);
                place.Link!.Change(s => s with { Loss = loss });
                yield return ($"{link} {target}", seed, MatrixRun.Check(world, from, target, captures: seed % 2 == 0));
            }
        }
    }
}
