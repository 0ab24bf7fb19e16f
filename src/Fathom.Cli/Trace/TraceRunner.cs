using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Hosts;
using Fathom.Probes;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Internet.Trace;
using Fathom.Wire.Internet;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fathom.Cli.Trace;

/// <summary>Traces and shows: a table that fills in on a terminal, the same table whole on a pipe.</summary>
internal sealed class TraceRunner(CommandRun run, TraceOptions options, IpVersion? version, bool withNames, bool asReport)
{
    private static readonly IReadOnlyDictionary<IpAddress, string> NoNames = new Dictionary<IpAddress, string>();

    /// <summary>Runs. Returns the exit status.</summary>
    public async Task<int> RunAsync(string host, CancellationToken cancellation)
    {
        var (found, status) = await HostAddress.FindAsync(run, host, version, cancellation);
        if (found is not { } address) return status;
        HostResult<TraceOutcome> result = default;
        var names = NoNames;
        if (run.IsText)
        {
            run.Console.Write(Listing.Heading(TraceText.Heading(host, address, options)));
            run.Console.WriteLine();
        }

        if (run is { IsText: true, Console.Profile.Capabilities.Interactive: true } && NetworkChoice.MayDrawLive)
        {
            await run.Console.Live(Text.Empty).StartAsync(async live =>
            {
                result = await TraceProbe.RunAsync(run.Host, address, options, outcome => live.UpdateTarget(Table(outcome)), cancellation);
                if (result.Value is not { } done) return;
                names = await NamesAsync(done, cancellation);
                live.UpdateTarget(Table(done));
            });
        }
        else
        {
            result = await TraceProbe.RunAsync(run.Host, address, options, null, cancellation);
            if (result.Value is { } done)
            {
                names = await NamesAsync(done, cancellation);
                if (run.IsText) run.Console.Write(Table(done));
            }
        }

        if (!result.TryGet(out var trace, out var refusal)) return run.CannotTell(refusal);
        // Who interrupts before anything has answered has not waited: that nothing came says nothing.
        var knowsNothing = trace is { WasInterrupted: true, Reached: false, LocalError: null } && trace.Hops.All(static h => h.Addresses.Count == 0);
        IReadOnlyList<ReadingLine> reading = knowsNothing ? [] : TraceReading.Read(trace);
        if (run.IsText) WriteReading(trace, reading);
        else TraceJson.Write(run, host, trace, names, reading);
        run.WriteAside(TraceText.Explain(trace), TraceText.Equivalent(address, trace, options, asReport, withNames));
        if (trace.Reached) return ExitStatus.Good;
        if (knowsNothing) return ExitStatus.Unknown;
        return trace.Hops.Count == 0 || trace.Hops.All(static h => h.Answers.All(static a => a.WasNotSent) && h.Answers.Count > 0) ? ExitStatus.Unknown : ExitStatus.Broken;

        // What this host's own stack said is no hop: the reading tells it once.
        IRenderable Table(TraceOutcome outcome) => outcome.LocalError is not null ? Text.Empty : asReport ? TraceText.Report(outcome, names) : TraceText.Hops(outcome, names);
    }

    private async Task<IReadOnlyDictionary<IpAddress, string>> NamesAsync(TraceOutcome trace, CancellationToken cancellation)
        => withNames ? await ReverseNames.FindAsync(ProbeContext.WithoutCapture(run.Host), trace.Hops.SelectMany(static h => h.Addresses), cancellation) : NoNames;

    private void WriteReading(TraceOutcome trace, IReadOnlyList<ReadingLine> reading)
    {
        run.Console.WriteLine();
        if (trace.WasInterrupted) run.Console.Write(new Padder(new Text(reading.Count == 0 ? "Interrupted before anything had answered." : "Interrupted: this is what was known by then."), new Padding(2, 0, 0, 0)));
        if (reading.Count > 0) run.Console.Write(Listing.Columns(["", ""], reading.Select(static l => new[] { TraceText.Word(l), l.Text })));
    }
}
