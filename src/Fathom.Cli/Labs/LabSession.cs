using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Lab;
using Fathom.Lab.Time;
using Fathom.Wire.Application;

namespace Fathom.Cli.Labs;

/// <summary>Runs a command on a host of a lab: the command is the same, its network is not.</summary>
internal static class LabSession
{
    // A command that waits for more than this of the lab's time waits for nothing.
    private static readonly TimeSpan Limit = TimeSpan.FromDays(30);

    /// <summary>Runs the command.</summary>
    /// <param name="parsed">The command line; it has <c>--lab</c>.</param>
    /// <param name="configuration">How commands are run.</param>
    /// <param name="interruption">The signal that asks the process to end.</param>
    public static int Run(ParseResult parsed, InvocationConfiguration configuration, CancellationToken interruption)
    {
        if (LabFlags.IsOfThisMachine(parsed)) return Refuse("this command is of this machine's devices, and has no --lab; 'fathom lab up' puts a lab on one");
        if (!ScenarioSource.TryRead(parsed.GetValue(LabFlags.Lab)!, out var scenario, out var reason)) return Refuse("--lab=" + reason);
        if (!LabOpening.TryOpen(scenario, parsed, out var opened, out reason)) return Refuse(reason);
        using var opening = opened;
        var (world, host) = (opening.World, opening.Host);
        if (!LabSave.TryStart(world.Lab, host, ref parsed, out var save, out reason)) return Refuse(reason);
        using var saving = save;
        LabInvocation.Choose(world, host);
        NetworkChoice.IsAlone = true;

        // A signal comes on a thread of its own; the lab has one thread only, which passes it on between two events.
        using var interrupted = new CancellationTokenSource();
        StandardInput.Interruption = interrupted.Token;
        world.Lab.BetweenEvents = () =>
        {
            if (!interruption.IsCancellationRequested || interrupted.IsCancellationRequested) return;

            // Nobody wants to wait any more.
            world.Lab.Pacer = null;
            interrupted.Cancel();
        };
        NetworkChoice.KeepPace = () => world.Lab.Pacer ??= new LabPacer(TimeProvider.System, new SignalWait(interruption));
        try
        {
            return world.Lab.Run(() => parsed.InvokeAsync(configuration, interrupted.Token), Limit);
        }
        catch (LabStillException)
        {
            Console.Error.WriteLine("fathom: nothing is left that could happen in the lab: the command waits for something outside of it");
            return ExitStatus.Unknown;
        }
    }

    private static int Refuse(string reason)
    {
        Console.Error.WriteLine("fathom: " + TextSanitizer.Escape(reason));
        return ExitStatus.Usage;
    }
}
