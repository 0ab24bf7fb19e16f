using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Diagnosis;
using Fathom.Diagnosis.Targets;
using Fathom.Lab;
using Fathom.Lab.Scenarios;
using Fathom.Probes.Evidence;

namespace Fathom.Cli.Labs;

/// <summary><c>fathom lab hash</c>: whether two machines, two builds or two versions make the same packets of a seed.</summary>
internal static class LabHashes
{
    private const int MostSeeds = 1_000_000;

    // A check ends by its own limits long before.
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    public static Command Create()
    {
        var name = new Argument<string>("scenario") { Description = "A scenario's name, or a file.", DefaultValueFactory = static _ => BuiltInScenarios.Default };
        var seeds = new Option<int>("--seeds") { Description = $"How many seeds, from --seed on (1 to {MostSeeds:N0}).", DefaultValueFactory = static _ => 1, HelpName = "N" };
        var output = CommandOptions.Output();
        var command = new Command("hash", "Check a scenario's target and print a hash of every frame at every port: the same hash, the same packets.") { name, seeds, output };
        command.SetAction(parsed =>
        {
            var run = CommandRun.From(parsed, output);
            var source = parsed.GetValue(name)!;
            var count = parsed.GetValue(seeds);
            if (count is < 1 or > MostSeeds) return run.Refuse($"--seeds {count}: from 1 to {MostSeeds:N0}");
            if (!ScenarioSource.TryRead(source, out var scenario, out var reason)) return run.Refuse(reason);
            if (!CheckTargetParser.TryParse(scenario.Target ?? string.Empty, out var target, out _)) return run.Refuse($"{source}: the scenario names no target to check");
            return Write(run, scenario, target, parsed.GetValue(LabFlags.Seed), count);
        });
        return command;
    }

    /// <summary>The hash of a check of a scenario's target.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="target">Its target.</param>
    /// <param name="seed">The lab's luck.</param>
    public static (string Hash, VerdictStatus Verdict) Of(Scenario scenario, CheckTarget target, ulong seed)
    {
        using var world = LabWorld.Create(scenario, new LabOptions { Seed = seed, HashesLog = true });
        var evidence = new EvidenceLog(world.Lab.Clock);
        var report = world.Lab.Run(() => new Checker(world.From.Network).CheckAsync(target, new CheckOptions(), evidence, new PacketRecorder(null, evidence), null, default), Limit);
        return (world.Lab.LogHash, report.Verdict.Status);
    }

    private static int Write(CommandRun run, Scenario scenario, CheckTarget target, ulong first, int count)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < count; i++)
        {
            var seed = unchecked(first + (ulong)i);
            var (hash, verdict) = Of(scenario, target, seed);
            all.AppendData(Encoding.ASCII.GetBytes(hash));
            if (run.IsText) run.Output.WriteLine($"{seed} {hash}");
            else run.WriteJson("fathom.labHash/1", writer =>
            {
                writer.WriteString("seed", seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
                writer.WriteString("hash", hash);
                writer.WriteString("verdict", Words.Of(verdict));
            });
        }

        // One value for many, so that they can be compared at a glance.
        if (run.IsText && count > 1) run.Output.WriteLine($"all {Convert.ToHexStringLower(all.GetCurrentHash())}");
        return ExitStatus.Good;
    }
}
