using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Fathom.Cli.Commands;
using Fathom.Lab;
using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Labs;

/// <summary>A command that runs on a host of a lab which is there already.</summary>
internal static class LabInvocation
{
    /// <summary>Reads a command line.</summary>
    /// <param name="scenario">The lab's scenario, which knows what is checked where nothing is named.</param>
    /// <param name="words">The command and its options, without "fathom".</param>
    /// <param name="parsed">The command line, or null.</param>
    /// <param name="reason">Why not.</param>
    public static bool TryParse(Scenario scenario, IReadOnlyList<string> words, [NotNullWhen(true)] out ParseResult? parsed, out string reason)
    {
        parsed = null;
        reason = string.Empty;
        if (words is [("lab" or "host") and var name, ..])
        {
            reason = $"'{name}' is of this machine, and does not run in a lab";
            return false;
        }

        NetworkChoice.DefaultTarget = scenario.Target;
        var root = new RootCommand("What a host of the lab can be told to do.");
        foreach (var command in CommandSet.Create(words.Count > 0 ? words[0] : null)) root.Add(command);
        var read = root.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (read.Errors.Count > 0) reason = CommandLineFault.Describe(read);
        else parsed = read;
        return parsed is not null;
    }

    /// <summary>Lets commands ask a host of a lab from now on.</summary>
    /// <param name="world">The lab.</param>
    /// <param name="host">The host.</param>
    public static void Choose(LabWorld world, LabHost host)
    {
        NetworkChoice.Chosen = host.Network;
        NetworkChoice.DefaultTarget = world.Scenario.Target;
        NetworkChoice.Roots = world.Scenario.Roots;
    }

    /// <summary>Runs a command; on the lab's context.</summary>
    /// <param name="world">The lab.</param>
    /// <param name="host">The host.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="interruption">Ends it early.</param>
    public static Task<int> InvokeAsync(LabWorld world, LabHost host, ParseResult parsed, CancellationToken interruption)
    {
        Choose(world, host);
        return parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }, interruption);
    }
}
