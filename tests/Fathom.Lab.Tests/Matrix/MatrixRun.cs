using Fathom.Diagnosis;
using Fathom.Diagnosis.Targets;
using Fathom.Hosts.Link;
using Fathom.Lab.Faults;
using Fathom.Lab.Scenarios;
using Fathom.Probes.Evidence;

namespace Fathom.Lab.Tests.Matrix;

/// <summary>Runs one cell as the command does: the default internet, the fault, the check.</summary>
public static class MatrixRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Checks with a fault.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="seed">The lab's luck.</param>
    /// <param name="captures">The check may look at packets, as root may.</param>
    public static CheckReport Check(MatrixCell cell, ulong seed, bool captures)
    {
        using var world = LabWorld.Create(BuiltInScenarios.Get(BuiltInScenarios.Default), new LabOptions { Seed = seed });
        var fault = FaultCatalog.Find(cell.Cause) ?? throw new InvalidOperationException($"There is no fault '{cell.Cause}'.");
        if (!FaultPlace.TryFind(world.Lab, cell.Place, out var place, out var reason) || !fault.TryPut(place with { Targets = world.TargetAddresses }, out _, out reason))
            throw new InvalidOperationException($"{cell}: {reason}");
        return Check(world, cell.From, cell.Target, captures);
    }

    /// <summary>Checks.</summary>
    public static CheckReport Check(LabWorld world, string from, string target, bool captures)
    {
        if (!CheckTargetParser.TryParse(target, out var parsed, out var reason)) throw new InvalidOperationException(reason);
        return world.Lab.Run(async () =>
        {
            var host = world.Lab.Find(from)!.Network;
            var evidence = new EvidenceLog(world.Lab.Clock);
            if (!captures) return await new Checker(host).CheckAsync(parsed, new CheckOptions(), evidence, new PacketRecorder(null, evidence), null, default);
            using var stop = new CancellationTokenSource();
            await using var capture = (await host.OpenCaptureAsync(new CaptureOptions(), default)).Value!;
            var store = new PacketStore(capture);
            var pump = store.PumpAsync(host.Time, stop.Token);
            var report = await new Checker(host).CheckAsync(parsed, new CheckOptions(), evidence, new PacketRecorder(store, evidence), null, default);
            stop.Cancel();
            await pump;
            return report;
        }, Limit);
    }

    /// <summary>What is wrong with a report; null: nothing.</summary>
    public static string? Judge(MatrixCell cell, CheckReport report)
    {
        var called = report.Findings.FirstOrDefault(f => f.Cause == cell.Cause && f.Follows is null);

        // Where packets are lost by chance, a check may get through or not: either is what the contract says of it.
        var isByChance = cell.Cause == Causes.PathLoss && report.Verdict.Status == VerdictStatus.Broken;
        if (report.Verdict.Status != cell.Status && !isByChance) return $"{report.Verdict.Status} in place of {cell.Status}";
        if (called is null) return "it is not called";
        if (cell.Status is VerdictStatus.Broken or VerdictStatus.Degraded && report.Verdict.Root?.Cause != cell.Cause) return $"the root is {report.Verdict.Root?.Cause}";
        if (!ContractText.LayerOf(cell.Cause).Contains(called.Layer.ToString(), StringComparer.OrdinalIgnoreCase)) return $"the layer is {called.Layer}";
        if (called.Evidence.Count == 0) return "there is no evidence";
        if (called.Confidence != Confidence.Certain && called.Alternatives.Count == 0) return $"{called.Confidence}, and nothing says what else it could be";
        var absent = report.Findings.FirstOrDefault(f => f.Cause != cell.Cause && f.Follows is null && f.Severity > Severity.Info && !cell.Also.Contains(f.Cause));
        return absent is null ? null : $"{absent.Cause} is claimed, too";
    }

    /// <summary>A report for people.</summary>
    public static string Describe(CheckReport report) => $"{report.Verdict.Status} {report.Verdict.Root?.Cause}: {report.Verdict.Summary}\n"
        + string.Join('\n', report.Stages.Select(static s => $"  {s.Stage} {s.Status} {s.Summary}")) + "\n"
        + string.Join('\n', report.Findings.Select(static f => $"  {f.Severity} {f.Cause} {f.Confidence}{(f.Follows is null ? "" : " follows " + f.Follows)}: {f.Summary}"));
}
