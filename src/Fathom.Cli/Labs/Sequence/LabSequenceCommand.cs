using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Lab;
using Fathom.Lab.Capture;
using Fathom.Lab.Scenarios;
using Fathom.Wire.Application;

namespace Fathom.Cli.Labs.Sequence;

/// <summary><c>fathom lab sequence</c>: a sequence diagram of what a command causes.</summary>
internal static class LabSequenceCommand
{
    // What a command may take of the lab's time.
    private static readonly TimeSpan Limit = TimeSpan.FromDays(1);

    // What is under way when the command has its answer still arrives: a last acknowledgment, a FIN.
    private static readonly TimeSpan Afterwards = TimeSpan.FromMilliseconds(100);

    // A readable line has this many columns, whatever the terminal has.
    private const int LeastWidth = 60;
    private const int MostWidth = 120;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var words = new Argument<string[]>("scenario") { Description = "A scenario's name or file, '--', and the command with its options.", Arity = ArgumentArity.OneOrMore, HelpName = "[SCENARIO] -- COMMAND" };
        var format = new Option<string>("--format") { Description = "text, svg or mermaid.", DefaultValueFactory = static _ => "text", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong("text", "svg", "mermaid");
        var hosts = new Option<string?>("--hosts") { Description = "The columns, by commas, from the left; else those who have most to do with it.", HelpName = "HOSTS" };
        var limit = new Option<int?>("--limit") { Description = "Packets at the most; 40 for text, 200 for pictures.", HelpName = "N" };
        var byHop = new Option<bool>("--hops") { Description = "An arrow for each link that a packet crosses." };
        var command = new Command("sequence", "A sequence diagram of what a command causes: fathom lab sequence -- dns www.example.com") { words, format, hosts, limit, byHop };
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed);
            if (parsed.GetValue(limit) is < 1) return Task.FromResult(run.Refuse($"--limit {parsed.GetValue(limit)}: expected a number from 1"));
            var (source, line) = LabWords.Split(parsed, parsed.GetValue(words)!);
            if (!ScenarioSource.TryRead(source, out var scenario, out var reason)) return Task.FromResult(run.Refuse(reason));
            if (line.Count == 0) return Task.FromResult(run.Refuse("expected a command behind '--', as in 'fathom lab sequence -- check'"));
            if (!LabInvocation.TryParse(scenario, line, out var inner, out reason)) return Task.FromResult(run.Refuse(reason));
            if (!LabOpening.TryOpen(scenario, parsed, out var opened, out reason)) return Task.FromResult(run.Refuse(reason));
            using var opening = opened;
            var (world, host) = (opening.World, opening.Host);
            IReadOnlyList<string> columns = parsed.GetValue(hosts)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
            if (columns.FirstOrDefault(c => world.Lab.Find(c) is null) is { } unknown) return Task.FromResult(run.Refuse($"--hosts: there is no host '{unknown}' in the scenario; there are {string.Join(", ", scenario.Hosts.Select(static h => h.Name))}"));

            var begin = world.Lab.Clock.Now;
            using var recorder = new JourneyRecorder(world.Lab);
            var status = Record(world, host, inner, cancellation);
            var kind = parsed.GetValue(format)!;
            var builder = new SequenceBuilder(world, host)
            {
                Hosts = columns,
                HostLimit = kind == "text" ? 6 : 8,
                ArrowLimit = parsed.GetValue(limit) ?? (kind == "text" ? 40 : 200),
                ByHop = parsed.GetValue(byHop),
            };
            var title = TextSanitizer.Escape($"{string.Join(' ', line)}, on {host.Name}");
            var chart = builder.Build(title, recorder.Journeys, begin);
            run.Output.Write(kind switch
            {
                "svg" => SequenceSvg.Draw(chart),
                "mermaid" => SequenceMermaid.Draw(chart),
                _ => SequenceText.Draw(chart, Math.Clamp(run.Console.Profile.Width, LeastWidth, MostWidth), run.Console.Profile.Capabilities.Unicode),
            });
            run.Output.Flush();
            run.Errors.WriteLine($"fathom: {TextSanitizer.Escape(line[0])} ended with status {status}, {recorder.Journeys.Count} packets");
            return Task.FromResult(ExitStatus.Good);
        });
        return command;
    }

    private static int Record(LabWorld world, LabHost host, ParseResult inner, CancellationToken cancellation)
    {
        using var muted = StandardOutput.Mute();
        using var interrupted = new CancellationTokenSource();
        world.Lab.BetweenEvents = () =>
        {
            if (cancellation.IsCancellationRequested && !interrupted.IsCancellationRequested) interrupted.Cancel();
        };
        var status = world.Lab.Run(() => LabInvocation.InvokeAsync(world, host, inner, interrupted.Token), Limit);
        world.Lab.Run(Afterwards);
        return status;
    }
}
