using System.CommandLine;
using Fathom.Cli.Commands;

namespace Fathom.Cli.Labs.Live;

/// <summary><c>fathom lab run</c>: a lab at work, to look at.</summary>
internal static class LabRunCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var words = new Argument<string[]>("scenario") { Description = "A scenario's name or file; '--' and a command that runs in it.", Arity = ArgumentArity.ZeroOrMore, HelpName = "[SCENARIO] [-- COMMAND]" };
        var speed = new Option<double>("--speed") { Description = "Seconds of the lab in a real second: 0.1 is ten times slower. 0: as fast as it goes.", DefaultValueFactory = static _ => 1, HelpName = "N" };
        var time = new Option<string?>("--for") { Description = "Stop after this much of the lab's time, as in 10s; else when the command ends, without a command with Ctrl-C.", HelpName = "TIME" };
        var command = new Command("run", "A lab at work: hosts and packets as they cross, live on a terminal, a line each on a pipe. It can be broken, mended, paused and stepped meanwhile.") { words, speed, time };
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed);
            if (parsed.GetValue(speed) is not (0 or (>= LiveWords.LeastSpeed and <= LiveWords.MostSpeed))) return Task.FromResult(run.Refuse("--speed: expected a number from 0.0001 to 1000000, or 0"));
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
            return Task.FromResult(new LabRun(run, opening, inner, line).Run(parsed.GetValue(speed), limit, cancellation));
        });
        return command;
    }
}
