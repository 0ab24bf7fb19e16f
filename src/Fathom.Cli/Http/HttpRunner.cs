using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Cli.Output;
using Fathom.Hosts;
using Fathom.Probes;
using Fathom.Probes.Application.Http;
using Fathom.Probes.Evidence;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Http;

namespace Fathom.Cli.Http;

/// <summary>Sends the requests of one command line, on connections that are used again, and shows what came.</summary>
internal sealed class HttpRunner(CommandRun run, HttpRequestInput input, HttpAgentOptions options, HttpView view)
{
    /// <summary>Runs.</summary>
    /// <param name="targets">The URLs of the command line.</param>
    /// <param name="fromInput">More URLs come from standard input.</param>
    /// <param name="repeat">How often each is sent.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The exit status: the worst of all.</returns>
    public async Task<int> RunAsync(IReadOnlyList<HttpTarget> targets, bool fromInput, int repeat, CancellationToken cancellation)
    {
        var log = new EvidenceLog(run.Host.Time);
        await using var agent = new HttpAgent(new ProbeContext(run.Host, log, new PacketRecorder(null, log)), options);
        var status = ExitStatus.Good;
        try
        {
            foreach (var target in targets) status = ExitStatus.Worst(status, await OneAsync(agent, target, repeat, cancellation));
            if (!fromInput) return status;
            await foreach (var (number, text) in InputLines.ReadAsync(Console.In, cancellation))
            {
                status = ExitStatus.Worst(status, HttpTarget.TryParse(text, out var target, out var reason)
                    ? await OneAsync(agent, target, repeat, cancellation)
                    : run.Refuse(FormattableString.Invariant($"line {number}: {reason}")));
            }

            return status;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return run.Complain("interrupted: no whole response had come", ExitStatus.Unknown);
        }
    }

    private async Task<int> OneAsync(HttpAgent agent, HttpTarget target, int repeat, CancellationToken cancellation)
    {
        var journeys = new List<HttpJourney>();
        for (var i = 0; i < repeat; i++) journeys.Add(await agent.SendAsync(input.For(target), cancellation));
        var last = journeys[^1];
        var status = journeys.Select(StatusOf).Aggregate(ExitStatus.Worst);
        if (!run.IsText) foreach (var journey in journeys) run.WriteJson("fathom.http/1", writer => HttpJson.Write(writer, journey, view.Audit));
        else if (repeat > 1) run.Console.Write(HttpRepeatText.Render(input.Method, journeys));
        else if (view.IsReport || run.Explain) HttpReport.Write(run, last, view);
        else WritePlain(last, status);
        if (view.File is { } file && last.Last.Answer is { } answer && !TrySave(file, answer.Content.Content.Span)) status = ExitStatus.Worst(status, ExitStatus.Unknown);
        foreach (var journey in journeys) Complain(journey);
        if (repeat == 1) run.WriteAside(HttpExplanation.Of(last), HttpEquivalent.Curl(input, options, target));
        return status;
    }

    private int StatusOf(HttpJourney journey) => journey.Last.Failure?.Kind switch
    {
        null => view.Fail && journey.Last.Answer!.Head.Status >= 400 ? ExitStatus.Broken : ExitStatus.Good,
        HttpFailureKind.BadRequest => ExitStatus.Usage,
        HttpFailureKind.CannotTell => ExitStatus.Unknown,
        _ => ExitStatus.Broken,
    };

    private void Complain(HttpJourney journey)
    {
        if (journey.Last.Failure is { } failure)
        {
            // A request that cannot be sent is the user's own; everything else has a layer.
            run.Complain(failure.Kind == HttpFailureKind.BadRequest ? $"not sent: {failure.Detail}" : $"{journey.Last.Target}: {failure.Layer}: {failure.Detail}", ExitStatus.Broken);
        }
        else if (view is { Fail: true, Silent: false } && journey.Last.Answer!.Head.Status >= 400)
        {
            run.Complain($"{journey.Last.Target}: {journey.Last.Answer.Head}", ExitStatus.Broken);
        }
    }

    private void WritePlain(HttpJourney journey, int status)
    {
        if (view.Verbose) HttpVerbose.Write(run.Errors, journey);
        foreach (var hop in journey.Hops)
        {
            if (hop.Answer is not { } answer) continue;
            if (view.Include && !view.Verbose) foreach (var head in answer.Informational.Append(answer.Head)) WriteHead(head);
        }

        if (view.Fail && status != ExitStatus.Good) return;
        if (view.File is null && journey.Last.Answer is { } final) WriteBody(final.Content.Content.Span);
    }

    private void WriteHead(HttpResponseHead head)
    {
        run.Output.WriteLine(head.ToString());
        foreach (var field in head.Fields) run.Output.WriteLine(field.ToString());
        run.Output.WriteLine();
    }

    private void WriteBody(ReadOnlySpan<byte> body)
    {
        if (Console.IsOutputRedirected)
        {
            // A program reads: octets as they are.
            run.Output.Flush();
            using var raw = Console.OpenStandardOutput();
            raw.Write(body);
            return;
        }

        if (!HttpBodyText.IsText(body)) run.Complain(FormattableString.Invariant($"the body is binary, {body.Length} octets: not shown on a terminal; -o FILE or a pipe takes it"), ExitStatus.Good);
        else if (!body.IsEmpty) run.Output.WriteLine(HttpBodyText.Safe(body).TrimEnd('\n'));
    }

    private bool TrySave(string file, ReadOnlySpan<byte> body)
    {
        try
        {
            File.WriteAllBytes(file, body);
            if (!view.Silent) run.Errors.WriteLine(FormattableString.Invariant($"{body.Length} octets in {TextSanitizer.Escape(file)}"));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            run.CannotTell($"-o: cannot write {file}: {e.Message}");
            return false;
        }
    }
}
