using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Cli.Output;
using Fathom.Diagnosis;
using Fathom.Diagnosis.Targets;
using Fathom.Hosts;
using Fathom.Probes.Evidence;
using Fathom.Wire.Application;
using Spectre.Console;

namespace Fathom.Cli.Check;

/// <summary>Runs the checks of one command line and writes their results.</summary>
internal sealed class CheckRunner(INetworkHost host, Lazy<IAnsiConsole> terminal, TextWriter output, TextWriter errors)
{
    // Each check holds about a dozen sockets at its widest: with 24 of them a process stays far below the usual 1,024 descriptors.
    private const int Concurrency = 24;

    private readonly Lock _writing = new();

    /// <summary>Runs.</summary>
    /// <param name="request">The command line.</param>
    /// <param name="input">Standard input, for "-".</param>
    /// <param name="cancellation">Ends all checks with what is known.</param>
    /// <returns>The exit status.</returns>
    public async Task<int> RunAsync(CheckRequest request, TextReader input, CancellationToken cancellation)
    {
        await using var evidence = await PacketEvidence.OpenAsync(host, request.PcapFile, cancellation);
        if (evidence.FileError is { } unwritable)
        {
            await errors.WriteLineAsync($"fathom: --pcap: {TextSanitizer.Escape(unwritable)}");
            return ExitStatus.Usage;
        }

        if (request.PcapFile is not null && evidence.Refusal is { } refusal)
            await errors.WriteLineAsync($"fathom: --pcap: nothing can be captured: {refusal.Reason}");
        if (request is { FromStandardInput: false, Targets.Count: 1 })
            return await RunOneAsync(request, request.Targets[0], evidence, cancellation);
        return await RunManyAsync(request, evidence, input, cancellation);
    }

    private async Task<int> RunOneAsync(CheckRequest request, CheckTarget target, PacketEvidence evidence, CancellationToken cancellation)
    {
        CheckReport report;
        if (request.Output == OutputFormat.Text)
        {
            if (NetworkChoice.MayDrawLive && !Console.IsOutputRedirected && terminal.Value is { Profile: { Out.IsTerminal: true, Capabilities.Interactive: true } } console)
            {
                var board = new LiveBoard(TextSanitizer.Escape(target.Text), console.Profile.Capabilities.Unicode);
                report = await console.Live(new Markup(string.Empty)).StartAsync(async live =>
                {
                    board.Attach(live);
                    return await CheckAsync(request, target, evidence, board, cancellation);
                });
                evidence.Close();
            }
            else
            {
                report = await CheckAsync(request, target, evidence, null, cancellation);
                evidence.Close();
                console = terminal.Value;
                console.Write(TextReport.Stages(target.Text, report.Stages.ToDictionary(static s => s.Stage), new HashSet<Stage>(), console.Profile.Capabilities.Unicode));
            }

            console.Write(TextReport.Verdict(report));
        }
        else
        {
            report = await CheckAsync(request, target, evidence, Observer(request, target), cancellation);
            evidence.Close();
            Write(request, report, many: false);
        }

        return ExitStatus.Of(report, request.FailOn);
    }

    private async Task<int> RunManyAsync(CheckRequest request, PacketEvidence evidence, TextReader input, CancellationToken cancellation)
    {
        var status = ExitStatus.Good;
        var running = new HashSet<Task<int>>();
        await foreach (var (target, refused) in TargetsAsync(request, input, cancellation))
        {
            if (target is null)
            {
                await errors.WriteLineAsync($"fathom: {refused}");
                status = ExitStatus.Worst(status, ExitStatus.Usage);
                continue;
            }

            if (running.Count >= Concurrency)
            {
                var done = await Task.WhenAny(running);
                running.Remove(done);
                status = ExitStatus.Worst(status, await done);
            }

            running.Add(OneOfManyAsync(request, target, evidence, cancellation));
        }

        foreach (var result in await Task.WhenAll(running)) status = ExitStatus.Worst(status, result);
        return status;
    }

    private async Task<int> OneOfManyAsync(CheckRequest request, CheckTarget target, PacketEvidence evidence, CancellationToken cancellation)
    {
        try
        {
            var report = await CheckAsync(request, target, evidence, Observer(request, target), cancellation);
            Write(request, report, many: true);
            return ExitStatus.Of(report, request.FailOn);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A defect of Fathom's own: the other targets go on.
            lock (_writing) errors.WriteLine($"fathom: {TextSanitizer.Escape(target.Text)}: internal error: {e.GetType().Name}: {TextSanitizer.Escape(e.Message)}");
            return ExitStatus.Unknown;
        }
    }

    private async Task<CheckReport> CheckAsync(CheckRequest request, CheckTarget target, PacketEvidence evidence, ICheckObserver? observer, CancellationToken cancellation)
    {
        var log = new EvidenceLog(host.Time);
        return await new Checker(host).CheckAsync(target, request.Options, log, new PacketRecorder(evidence.Store, log), observer, cancellation);
    }

    private NdjsonObserver? Observer(CheckRequest request, CheckTarget target)
        => request.Output == OutputFormat.Ndjson ? new NdjsonObserver(target.Text, Line) : null;

    private void Write(CheckRequest request, CheckReport report, bool many)
    {
        switch (request.Output)
        {
            case OutputFormat.Text when Console.IsOutputRedirected:
                Line(TextReport.PlainLine(report));
                break;
            case OutputFormat.Text:
                lock (_writing)
                {
                    terminal.Value.Write(TextReport.Line(report));
                    terminal.Value.WriteLine();
                }

                break;
            case OutputFormat.Json:
                Line(JsonReport.Write(report, indented: !many, asResult: false));
                break;
            default:
                Line(JsonReport.Write(report, indented: false, asResult: true));
                break;
        }
    }

    private void Line(string text)
    {
        lock (_writing)
        {
            output.WriteLine(text);
            output.Flush();
        }
    }

    private static async IAsyncEnumerable<(CheckTarget? Target, string Refused)> TargetsAsync(
        CheckRequest request, TextReader input, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var target in request.Targets) yield return (target, string.Empty);
        if (!request.FromStandardInput) yield break;
        await foreach (var (line, text) in InputLines.ReadAsync(input, cancellation))
        {
            yield return CheckTargetParser.TryParse(text, out var target, out var reason)
                ? (target, string.Empty)
                : (null, $"line {line}: {reason}");
        }
    }
}
