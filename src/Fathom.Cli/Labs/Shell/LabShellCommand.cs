using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Labs.Shell;

/// <summary><c>fathom lab shell</c>: be a host of a lab.</summary>
internal static class LabShellCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var name = new Argument<string?>("scenario") { Description = "A scenario's name, or a file.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("shell", "Be a host of a lab: run commands on it, break things and mend them, step, go back in time. Reads standard input; 'help' there tells more.") { name };
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed);
            var source = parsed.GetValue(name) ?? parsed.GetValue(LabFlags.Lab) ?? BuiltInScenarios.Default;
            if (!ScenarioSource.TryRead(source, out var scenario, out var reason)) return Task.FromResult(run.Refuse(reason));
            if (!LabOpening.TryFindFrom(scenario, parsed, out var from, out reason)) return Task.FromResult(run.Refuse(reason));
            var isTerminal = !Console.IsInputRedirected;
            var width = Console.IsOutputRedirected ? int.MaxValue : run.Console.Profile.Width;
            using var shell = new LabShell(run, scenario, parsed.GetValue(LabFlags.Seed), from, width);
            if (isTerminal) run.Output.WriteLine($"{scenario.Title}\nyou are {from}; 'help' tells what can be done, 'quit' or Ctrl-D ends it");
            var status = ExitStatus.Good;
            foreach (var fault in parsed.GetValue(LabFlags.Fault) ?? [])
            {
                if (!shell.Execute("break " + fault, out _)) return Task.FromResult(ExitStatus.Usage);
            }

            using var input = StandardInput.OpenLines();
            while (!cancellation.IsCancellationRequested)
            {
                if ((isTerminal ? shell.Ask(input) : input.ReadLine()) is not { } line) break;
                if (!shell.Execute(line, out var quits)) status = ExitStatus.Usage;
                if (quits) return Task.FromResult(status);
            }

            if (isTerminal) run.Output.WriteLine();
            return Task.FromResult(status);
        });
        return command;
    }
}
