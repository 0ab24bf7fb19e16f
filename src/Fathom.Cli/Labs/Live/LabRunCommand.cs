using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Lab;
using Fathom.Lab.Scenarios;
using Fathom.Lab.Time;
using Fathom.Wire.Application;
using Spectre.Console;

namespace Fathom.Cli.Labs.Live;

/// <summary><c>fathom lab run</c>: a lab at work, to look at.</summary>
internal static class LabRunCommand
{
    // Longer than anybody looks, and short enough to be added to a time.
    private static readonly TimeSpan Ever = TimeSpan.FromDays(36_500);

    // Slower, a packet that takes milliseconds takes a minute; faster, nothing is seen.
    private const double LeastSpeed = 0.0001;
    private const double MostSpeed = 1_000_000;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var words = new Argument<string[]>("scenario") { Description = "A scenario's name or file; '--' and a command that runs in it.", Arity = ArgumentArity.ZeroOrMore, HelpName = "[SCENARIO] [-- COMMAND]" };
        var speed = new Option<double>("--speed") { Description = "Seconds of the lab in a real second: 0.1 is ten times slower. 0: as fast as it goes.", DefaultValueFactory = static _ => 1, HelpName = "N" };
        var time = new Option<string?>("--for") { Description = "Stop after this much of the lab's time, as in 10s; else when the command ends, without a command with Ctrl-C.", HelpName = "TIME" };
        var command = new Command("run", "A lab at work: hosts and packets as they cross, live on a terminal, a line each on a pipe.") { words, speed, time };
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed);
            if (parsed.GetValue(speed) is not (0 or (>= LeastSpeed and <= MostSpeed))) return Task.FromResult(run.Refuse("--speed: expected a number from 0.0001 to 1000000, or 0"));
            TimeSpan? limit = null;
            if (parsed.GetValue(time) is { } text)
            {
                if (!LabTimeText.TryParse(text, out var read)) return Task.FromResult(run.Refuse($"--for {text}: expected a time with its unit, as in 10s or 500ms"));
                limit = read;
            }

            var (source, line) = LabWords.Split(parsed, parsed.GetValue(words)!);
            if (!ScenarioSource.TryRead(source, out var scenario, out var reason)) return Task.FromResult(run.Refuse(reason));
            if (!LabInvocation.TryParse(scenario, line.Count > 0 ? line : ["check"], out var inner, out reason)) return Task.FromResult(run.Refuse(reason));
            if (!LabOpening.TryOpen(scenario, parsed, out var opened, out reason)) return Task.FromResult(run.Refuse(reason));
            using var opening = opened;
            var (world, host) = (opening.World, opening.Host);
            limit ??= line.Count > 0 ? null : Ever;
            Watch(run, world, host, inner, parsed.GetValue(speed), limit, cancellation);
            return Task.FromResult(ExitStatus.Good);
        });
        return command;
    }

    private static void Watch(CommandRun run, LabWorld world, LabHost host, ParseResult inner, double speed, TimeSpan? limit, CancellationToken cancellation)
    {
        var lab = world.Lab;
        var begin = lab.Clock.Now;
        var isLive = !Console.IsOutputRedirected && run.Console.Profile.Capabilities.Ansi;
        using var ended = new CancellationTokenSource();
        var redraw = static () => { };
        if (speed > 0) lab.Pacer = new LabPacer(TimeProvider.System, new LiveWait(() => redraw(), cancellation), speed);
        lab.BetweenEvents = () =>
        {
            if (!cancellation.IsCancellationRequested || ended.IsCancellationRequested) return;
            lab.Pacer = null;
            ended.Cancel();
        };
        if (isLive)
        {
            using var board = new LiveHosts(lab, world.Scenario.Title, run.Console.Profile.Width, run.Console.Profile.Height);
            run.Console.Live(board.Draw()).Start(live =>
            {
                redraw = () => live.UpdateTarget(board.Draw());
                Run(world, host, inner, limit, ended.Token);
                redraw();
            });
        }
        else
        {
            using var lines = new EventLines(lab, begin, int.MaxValue, run.Output.WriteLine);
            Run(world, host, inner, limit, ended.Token);
        }

        run.Errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fathom: {LabTimeText.Of(lab.Clock.Now - begin)} of {TextSanitizer.Escape(world.Scenario.Title)}, {lab.Hops:N0} frames since it was switched on"));
    }

    private static void Run(LabWorld world, LabHost host, ParseResult inner, TimeSpan? limit, CancellationToken ended)
    {
        using var muted = StandardOutput.Mute(withErrors: true);
        world.Lab.Run(() => BesideAsync(world, host, inner, limit, ended), Ever);
    }

    private static async Task<bool> BesideAsync(LabWorld world, LabHost host, ParseResult inner, TimeSpan? limit, CancellationToken ended)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var command = LabInvocation.InvokeAsync(world, host, inner, stop.Token);
        try
        {
            if (limit is { } time) await Task.Delay(time, world.Lab.Clock, ended);
            else await command;
            await stop.CancelAsync();
            await command;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        return true;
    }
}
