using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Fathom.Lab;
using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Labs;

/// <summary>A lab as a command line asks for it: its luck, what is broken in it, and the host where commands run.</summary>
/// <param name="world">The lab.</param>
/// <param name="host">The host.</param>
/// <param name="broken">What is broken in it.</param>
internal sealed class LabOpening(LabWorld world, LabHost host, LabBreakage broken) : IDisposable
{
    /// <summary>The lab.</summary>
    public LabWorld World => world;

    /// <summary>Where commands run.</summary>
    public LabHost Host => host;

    /// <summary>What is broken in it.</summary>
    public LabBreakage Broken => broken;

    /// <summary>Makes the lab of a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="parsed">The command line, for <c>--from</c>, <c>--seed</c> and <c>--fault</c>.</param>
    /// <param name="opened">The lab, or null.</param>
    /// <param name="reason">Why not.</param>
    public static bool TryOpen(Scenario scenario, ParseResult parsed, [NotNullWhen(true)] out LabOpening? opened, out string reason)
    {
        opened = null;
        if (!TryFindFrom(scenario, parsed, out var from, out reason)) return false;
        var world = LabWorld.Create(scenario, new LabOptions { Seed = parsed.GetValue(LabFlags.Seed) });
        var host = world.Lab.Find(from)!;
        var broken = new LabBreakage(world);
        if (broken.TryBreakAll(host, parsed.GetValue(LabFlags.Fault) ?? [], out reason)) opened = new LabOpening(world, host, broken);
        else world.Dispose();
        return opened is not null;
    }

    /// <summary>Finds the name of the host where commands run: what <c>--from</c> says, or the scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="from">The host's name.</param>
    /// <param name="reason">Why there is none.</param>
    public static bool TryFindFrom(Scenario scenario, ParseResult parsed, out string from, out string reason)
    {
        var name = from = parsed.GetValue(LabFlags.From) ?? scenario.From;
        var isThere = scenario.Hosts.Any(h => h.Name == name);
        reason = isThere ? string.Empty : $"--from {name}: there is no such host in the scenario; there are {string.Join(", ", scenario.Hosts.Select(static h => h.Name))}";
        return isThere;
    }

    /// <inheritdoc/>
    public void Dispose() => world.Dispose();
}
