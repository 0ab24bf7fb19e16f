using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Cli.Output;
using Fathom.Hosts;
using Fathom.Probes;
using Fathom.Probes.Application.Http;
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
        await using var agent = new HttpAgent(ProbeContext.WithoutCapture(run.Host), options);
        var status = ExitStatus.Good;
        try
        {
            foreach (var target in targets) status = ExitStatus.Worst(status, await OneAsync(agent, target, repeat, cancellation));
            if (!fromInput) return status;
            await foreach (var (number, text) in InputLines.ReadAsync(StandardInput.OpenLines(), cancellation))
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

    /// <summary>The last segment of a URL's path, as a file's name; null where it is none.</summary>
    /// <param name="target">The URL.</param>
    public static string? RemoteName(HttpTarget target)
    {
        var path = target.PathAndQuery.Split('?')[0];
        var name = path[(path.LastIndexOf('/') + 1)..];

        // The URL comes from the command line or from a list; a name that leads elsewhere, or nowhere, is none.
        return name is "" or "." or ".." || name.Contains('\\', StringComparison.Ordinal) ? null : name;
    }

    private async Task<int> OneAsync(HttpAgent agent, HttpTarget target, int repeat, CancellationToken cancellation)
    {
        if (!TryGetFile(target, repeat, out var file, out var reason)) return run.Refuse(reason);
        var journeys = new List<HttpJourney>();
        using var storage = new HttpStorage(run, file, head => !view.Fail || head.Status < 400);
        try
        {
            for (var i = 0; i < repeat; i++) journeys.Add(await agent.SendAsync(input.For(target) with { Sink = file is null ? null : storage.For }, cancellation));
        }
        catch (OperationCanceledException) when (storage.Length > 0)
        {
            return run.Complain(FormattableString.Invariant($"interrupted: {(file == "-" ? "standard output" : file)} has the first {storage.Length} octets, and not the whole"), ExitStatus.Unknown);
        }

        var last = journeys[^1];
        var status = ExitStatus.Worst(journeys.Select(StatusOf).Aggregate(ExitStatus.Worst), storage.Finish(last, view.Silent || file == "-"));
        if (!run.IsText) foreach (var journey in journeys) run.WriteJson("fathom.http/1", writer => HttpJson.Write(writer, journey, view.Audit));
        else if (repeat > 1) run.Console.Write(HttpRepeatText.Render(input.Method, journeys));
        else if (view.IsReport || run.Explain) HttpReport.Write(run, last, view);
        else WritePlain(last, status);
        foreach (var journey in journeys) Complain(journey);
        if (repeat == 1 && run.Explain && run.IsText) HttpExplanation.Write(run, last);
        if (repeat == 1) run.WriteAside(null, HttpEquivalent.Curl(input, options, target));
        if (view.WriteOut is { } format) foreach (var journey in journeys) run.Output.Write(format.Of(journey, file, Console.IsOutputRedirected ? static t => t : static t => TextSanitizer.Escape(t)));
        run.Output.Flush();
        return status;
    }

    // A program that reads a pipe gets the body as it comes, where nothing else goes there.
    private bool TryGetFile(HttpTarget target, int repeat, out string? file, out string reason)
    {
        (file, reason) = (view.File, "");
        if (view.RemoteName && (file = RemoteName(target)) is null) reason = $"-O: {target} has no file's name at the end of its path";
        else if (file is null && repeat == 1 && Console.IsOutputRedirected && run.IsText && !view.IsReport && !view.Include && !run.Explain && !run.ShowEquivalent) file = "-";
        return reason.Length == 0;
    }

    private int StatusOf(HttpJourney journey) => journey.Last.Failure?.Kind switch
    {
        null => view.Fail && journey.Last.Answer!.Head.Status >= 400 ? ExitStatus.Broken : ExitStatus.Good,
        HttpFailureKind.BadRequest => ExitStatus.Usage,
        HttpFailureKind.CannotTell or HttpFailureKind.NotStored => ExitStatus.Unknown,
        _ => ExitStatus.Broken,
    };

    private void Complain(HttpJourney journey)
    {
        if (journey.Last.Failure is { } failure)
        {
            // A request that cannot be sent is the user's own; everything else has a layer.
            run.Complain(failure.Kind switch
            {
                HttpFailureKind.BadRequest => $"not sent: {failure.Detail}",
                HttpFailureKind.NotStored => failure.Detail,
                _ => $"{journey.Last.Target}: {failure.Layer}: {failure.Detail}",
            }, ExitStatus.Broken);
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
        if (view.File is null or "-" && !view.RemoteName && journey.Last.Answer is { IsStored: false } final) WriteBody(final.Content.Content.Span);
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
            using var raw = StandardOutput.Open();
            raw.Write(body);
            return;
        }

        if (!HttpBodyText.IsText(body)) run.Complain(FormattableString.Invariant($"the body is binary, {body.Length} octets: not shown on a terminal; -o FILE or a pipe takes it"), ExitStatus.Good);
        else if (!body.IsEmpty) run.Output.WriteLine(HttpBodyText.Safe(body).TrimEnd('\n'));
    }
}
