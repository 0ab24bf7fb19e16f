using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Labs.Live;
using Fathom.Cli.Labs.Sequence;
using Fathom.Cli.Labs.Shell;
using Fathom.Cli.Labs.Up;
using Fathom.Cli.Output;
using Fathom.Lab.Faults;
using Fathom.Lab.Scenarios;
using Spectre.Console;

namespace Fathom.Cli.Labs;

/// <summary><c>fathom lab</c>: the virtual internets that <c>--lab</c> puts commands into.</summary>
internal static class LabCommand
{
    public static Command Create() => new("lab", "Virtual internets in this process: what there is, what it looks like, and a file to begin one's own. Any command runs in one with --lab.")
    {
        List(), Show(), LabRunCommand.Create(), LabShellCommand.Create(), LabSequenceCommand.Create(), Faults(), New(), LabUpCommand.Create(), LabHashes.Create(),
    };

    private static Command List()
    {
        var output = CommandOptions.Output();
        var command = new Command("list", "The scenarios that are always there.") { output };
        command.SetAction(parsed =>
        {
            var run = CommandRun.From(parsed, output);
            var all = BuiltInScenarios.Names.Select(static n => (Name: n, Scenario: BuiltInScenarios.Get(n))).ToList();
            if (run.IsText)
            {
                run.Console.Write(Listing.Columns(["scenario", "hosts", "is"], all.Select(static s => new[] { s.Name, s.Scenario.Hosts.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), s.Name == BuiltInScenarios.Default ? $"{s.Scenario.Title} (where none is named)" : s.Scenario.Title })));
                return ExitStatus.Good;
            }

            foreach (var (name, scenario) in all) run.WriteJson("fathom.scenario/1", writer => ScenarioJson.Write(writer, name, scenario));
            return ExitStatus.Good;
        });
        return command;
    }

    private static Command Show()
    {
        var name = new Argument<string>("scenario") { Description = "A scenario's name, or a file.", DefaultValueFactory = static _ => BuiltInScenarios.Default };
        var format = new Option<string>("--format") { Description = "text, svg or mermaid.", DefaultValueFactory = static _ => "text", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong("text", "svg", "mermaid");
        var mermaid = new Option<bool>("--mermaid") { Description = "The same as --format mermaid." };
        var output = CommandOptions.Output();
        var command = new Command("show", "A picture of a scenario: networks, hosts, addresses, links, services.") { name, format, mermaid, output };
        command.SetAction(parsed =>
        {
            var run = CommandRun.From(parsed, output);
            var source = parsed.GetValue(name)!;
            if (!ScenarioSource.TryRead(source, out var scenario, out var reason)) return run.Refuse(reason);
            if (!run.IsText) run.WriteJson("fathom.scenario/1", writer => ScenarioJson.Write(writer, source, scenario));
            else if (parsed.GetValue(mermaid) || parsed.GetValue(format) == "mermaid") run.Output.Write(ScenarioMermaid.Draw(scenario));
            else if (parsed.GetValue(format) == "svg") run.Output.Write(ScenarioSvg.Draw(scenario));
            else ScenarioPicture.Draw(run.Console, scenario);
            return ExitStatus.Good;
        });
        return command;
    }

    private static Command Faults()
    {
        var part = new Argument<string?>("part") { Description = "Only those with this in their name: tls, dns.no.", Arity = ArgumentArity.ZeroOrOne };
        var output = CommandOptions.Output();
        var command = new Command("faults", "What can be broken in a lab with --fault CAUSE[@PLACE], and where.") { part, output };
        command.SetAction(parsed =>
        {
            var run = CommandRun.From(parsed, output);
            var faults = FaultCatalog.All.Where(f => parsed.GetValue(part) is not { } wanted || f.Cause.Contains(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
            if (faults.Count == 0) return run.Refuse($"no fault has '{parsed.GetValue(part)}' in its name; their names begin with {string.Join(", ", FaultCatalog.All.Select(static f => f.Cause.Split('.')[0]).Distinct())}");
            if (run.IsText)
            {
                run.Console.Write(Listing.Fields(faults.Select(static f => (f.Cause, $"{f.Description} At {f.Places}."))));
                return ExitStatus.Good;
            }

            foreach (var fault in faults)
            {
                run.WriteJson("fathom.fault/1", writer =>
                {
                    writer.WriteString("cause", fault.Cause);
                    writer.WriteString("places", fault.Places);
                    writer.WriteString("description", fault.Description);
                });
            }

            return ExitStatus.Good;
        });
        return command;
    }

    private static Command New()
    {
        var file = new Argument<string>("file") { Description = "The file to write (.yaml); '-' for standard output." };
        var from = new Option<string>("--like") { Description = "Begin with the text of this scenario.", DefaultValueFactory = static _ => BuiltInScenarios.Starter, HelpName = "SCENARIO" };
        var command = new Command("new", "Write a scenario file with comments, to change and to use with --lab=FILE.") { file, from };
        command.SetAction(parsed =>
        {
            var run = CommandRun.From(parsed);
            if (!BuiltInScenarios.TryGetText(parsed.GetValue(from)!, out var text)) return run.Refuse($"--like {parsed.GetValue(from)}: there is no such scenario; there are {string.Join(", ", BuiltInScenarios.Names)}");
            var path = parsed.GetValue(file)!;
            if (path == "-")
            {
                run.Output.Write(text);
                return ExitStatus.Good;
            }

            if (!ScenarioSource.IsFile(path)) return run.Refuse($"{path}: --lab takes files that end in .yaml");
            try
            {
                // Nobody's work is overwritten.
                using var created = new FileStream(path, FileMode.CreateNew);
                using var writer = new StreamWriter(created);
                writer.Write(text);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return run.Refuse($"{path}: {e.Message}");
            }

            run.Errors.WriteLine($"fathom: wrote {path}; 'fathom lab show {path}' draws it, 'fathom check --lab={path}' runs in it");
            return ExitStatus.Good;
        });
        return command;
    }
}
