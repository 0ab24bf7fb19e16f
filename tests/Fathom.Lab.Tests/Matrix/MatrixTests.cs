using System.Globalization;
using System.Text;
using Fathom.Diagnosis;
using Fathom.Lab.Faults;
using Fathom.Lab.Scenarios;

namespace Fathom.Lab.Tests.Matrix;

/// <summary>
/// Each fault at each place is called by its name, at its layer, and no other is. Here with one seed; with FATHOM_LAB_MATRIX=SEEDS in the environment with as many, with and
/// without packets to look at, and docs/lab-matrix.md is written.
/// </summary>
public class MatrixTests
{
    private const string Variable = "FATHOM_LAB_MATRIX";

    public static TheoryData<string, string> Cells() => [.. MatrixCells.All.GroupBy(static c => c.Cause).Select(static g => (g.Key, "1"))];

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_check_names_the_fault(string cause, string seed)
    {
        var wrong = new StringBuilder();
        foreach (var cell in MatrixCells.All.Where(c => c.Cause == cause))
        {
            var report = MatrixRun.Check(cell, ulong.Parse(seed, CultureInfo.InvariantCulture), captures: true);
            if (MatrixRun.Judge(cell, report) is { } why) wrong.AppendLine(CultureInfo.InvariantCulture, $"{why}: {cell.ToCommand(1)}\n{MatrixRun.Describe(report)}");
        }

        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    /// <summary>Put, seen by a check, and mended: after what hosts have learned of it is forgotten, the same check finds nothing.</summary>
    [Theory]
    [MemberData(nameof(Cells))]
    public void Mended_nothing_is_left_of_it(string cause, string seed)
    {
        var cell = MatrixCells.All.First(c => c.Cause == cause);
        using var world = LabWorld.Create(BuiltInScenarios.Get(BuiltInScenarios.Default), new LabOptions { Seed = ulong.Parse(seed, CultureInfo.InvariantCulture) });
        Assert.True(FaultPlace.TryFind(world.Lab, cell.Place, out var place, out var reason), reason);
        var whole = MatrixRun.Check(world, cell.From, cell.Target, captures: true);
        Assert.True(FaultCatalog.Find(cause)!.TryPut(place with { Targets = world.TargetAddresses }, out var active, out reason), reason);
        MatrixRun.Check(world, cell.From, cell.Target, captures: true);
        active.Mend();
        world.Lab.Run(TimeSpan.FromMinutes(11));
        var mended = MatrixRun.Check(world, cell.From, cell.Target, captures: true);
        Assert.True(mended.Verdict.Status == whole.Verdict.Status && mended.Verdict.Root?.Cause == whole.Verdict.Root?.Cause && mended.Findings.All(f => f.Cause != cause), MatrixRun.Describe(mended));
    }

    [Fact]
    public void Every_cause_of_the_contract_that_a_network_can_have_has_a_fault()
        => Assert.Equal(ContractText.Layers.Keys.Order(StringComparer.Ordinal), FaultCatalog.All.Select(static f => f.Cause).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_fault_is_in_the_matrix_three_times()
        => Assert.All(FaultCatalog.All, static f => Assert.Equal(3, MatrixCells.All.Where(c => c.Cause == f.Cause).Distinct().Count()));

    [Fact]
    public void The_whole_matrix_has_nothing_off_the_diagonal()
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var seeds)) return;
        var table = new MatrixTable(seeds);
        foreach (var cell in MatrixCells.All)
        {
            for (var seed = 1; seed <= seeds; seed++)
            {
                foreach (var captures in cell.NeedsPackets ? new[] { true } : [true, false])
                {
                    var report = MatrixRun.Check(cell, (ulong)seed, captures);
                    table.Enter(cell, (ulong)seed, captures, report, MatrixRun.Judge(cell, report));
                }
            }
        }

        table.Write(Path.Combine(ContractText.Repository, "docs", "lab-matrix.md"));
        Assert.True(table.Wrong.Count == 0, string.Join('\n', table.Wrong));
    }
}
