using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Probes;
using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Wire.Application.Dns;
using Spectre.Console;

namespace Fathom.Cli.Dns;

/// <summary>The walk from the root, once or twice.</summary>
internal sealed class DnsTraceRun(CommandRun run, DnsRequest request, ProbeContext context)
{
    // Root hints are some kilobytes; a file of megabytes is something else.
    private const long MaximumHintsLength = 1 << 20;

    /// <summary>Walks.</summary>
    /// <returns>The exit status.</returns>
    public async Task<int> RunAsync(DnsName name, CancellationToken cancellation)
    {
        if (request.Server is not null) return run.Refuse("a walk begins at the root and asks no @SERVER; give other root servers with --root FILE");
        if (request.Class != DnsClass.Internet) return run.Refuse($"class {request.Class.ToText()} has no root to walk from");
        var hints = NetworkChoice.Roots ?? RootHints.Internet;
        if (request.RootFile is { } file)
        {
            if (!TryRead(file, out var text, out var reason) || !RootHints.TryParse(text, file, out var read, out reason)) return run.Refuse($"--root {file}: {reason}");
            hints = read;
        }

        var query = new IterativeOptions().Query with { OverTcp = request.Query.OverTcp, UseEdns = request.Query.UseEdns, UdpPayloadSize = request.Query.UdpPayloadSize };
        if (request.Query.Timeout < query.Timeout) query = query with { Timeout = request.Query.Timeout };
        var options = new IterativeOptions { MinimizeNames = request.Minimize, ServerPort = request.ServerPort, Version = request.Version, Query = query };
        var resolver = new IterativeResolver(context, hints, new DnsCache(run.Host.Time), options);
        var question = new DnsQuestion(name, request.TypeOrUsual);
        var status = await WalkAsync(resolver, question, $"from the root ({hints.Source})", cancellation);
        if (!request.Twice) return status;
        if (run.IsText && !request.Short) await run.Output.WriteLineAsync();
        return await WalkAsync(resolver, question, string.Create(CultureInfo.InvariantCulture, $"again, with what the cache holds now ({resolver.Cache.Count} entries)"), cancellation);
    }

    private async Task<int> WalkAsync(IterativeResolver resolver, DnsQuestion question, string how, CancellationToken cancellation)
    {
        var live = run.IsText && !request.Short;
        if (live) run.Console.Write(Listing.Heading($"{question.Name.ToAbsoluteString()} {question.Type.ToText()}, {how}"));
        if (live) run.Console.WriteLine();
        var text = new DnsTraceText(run.Output, question);
        var resolution = await resolver.ResolveAsync(question, live ? text.Write : null, cancellation);
        if (!run.IsText) run.WriteJson("fathom.dns-trace/1", writer => DnsJson.Resolution(writer, resolution));
        else if (request.Short) Short(resolution);
        else Summary(resolution);
        run.WriteAside(Explanation(resolution), $"dig +trace {question.Name.ToAbsoluteString()} {question.Type.ToText()}");
        return resolution.Outcome switch
        {
            IterativeOutcome.Answered => ExitStatus.Good,
            IterativeOutcome.Failed { Why: ResolutionFailure.NotAsked } => ExitStatus.Unknown,
            _ => ExitStatus.Broken,
        };
    }

    private void Short(IterativeResolution resolution)
    {
        foreach (var record in resolution.Outcome.Aliases.Where(static r => r.Type == DnsType.CName)) run.Output.WriteLine(record.Data.ToPresentation());
        if (resolution.Outcome is IterativeOutcome.Answered answered) foreach (var record in answered.Records) run.Output.WriteLine(record.Data.ToPresentation());
        else run.Complain($"{resolution.Question.Name.ToAbsoluteString()} {resolution.Question.Type.ToText()}: {Reason(resolution.Outcome)}", ExitStatus.Broken);
    }

    private void Summary(IterativeResolution resolution)
    {
        var console = run.Console;
        console.WriteLine();
        var asked = string.Create(CultureInfo.InvariantCulture, $"{resolution.Queries} {(resolution.Queries == 1 ? "question" : "questions")} to servers, {resolution.Duration.TotalMilliseconds:0.0} ms");
        console.Write(Listing.Heading($"{DnsTraceText.Status(resolution.Outcome)}: {asked}"));
        console.WriteLine();
        if (resolution.Outcome is IterativeOutcome.Answered answered)
            console.Write(DnsRecordTable.Of([.. resolution.Outcome.Aliases, .. answered.Records], run.Host.Time.GetUtcNow(), run.Explain));
        else
            console.Write(Listing.Fields([("reason", Reason(resolution.Outcome))]));
    }

    private string Reason(IterativeOutcome outcome) => outcome switch
    {
        IterativeOutcome.NoSuchName none => $"{none.Name.ToAbsoluteString()} does not exist{Soa(none.Soa)}.",
        IterativeOutcome.NoSuchData none => $"{none.Name.ToAbsoluteString()} exists, and has no {request.TypeOrUsual.ToText()} record{Soa(none.Soa)}.",
        IterativeOutcome.Failed failed => failed.Why.Text,
        _ => "",
    };

    private static string Soa(DnsRecord? soa) => soa?.Data is DnsData.Soa data
        ? string.Create(CultureInfo.InvariantCulture, $", says the SOA of {soa.Name.ToAbsoluteString()} (serial {data.Serial}), and that may be remembered for {Math.Min(soa.TimeToLive, data.Minimum)} s")
        : "";

    private string Explanation(IterativeResolution resolution)
    {
        var referrals = resolution.Steps.Count(static s => s is ResolutionStep.Asked { Reply: ServerReply.Referral });
        var cached = resolution.Steps.Count(static s => s is ResolutionStep.FoundInCache or ResolutionStep.BeganAt);
        var text = string.Create(CultureInfo.InvariantCulture,
            $"No server knows every name. Each was asked {(request.Minimize ? "for one label more than it was known to hold" : "the whole question")}, and {referrals} of {resolution.Queries} questions were answered with a referral: the names of the servers of a zone closer to the answer, and as glue the addresses of those whose names lie inside that very zone, which nobody could find otherwise. ");
        if (resolution.Steps.Any(static s => s is ResolutionStep.NeedsAddress)) text += "A server without glue cost a walk of its own for its address. ";
        if (cached > 0) text += string.Create(CultureInfo.InvariantCulture, $"{cached} of the steps came from the cache, where each record's TTL counts down; at 0 it is asked for again. ");
        return text + "Your resolver does this for you, and remembers what it learned; that is why it mostly answers at once.";
    }

    private static bool TryRead(string file, out string text, out string reason)
    {
        (text, reason) = ("", "");
        try
        {
            var info = new FileInfo(file);
            if (info.Exists && info.Length > MaximumHintsLength) reason = "the file is larger than 1 MiB, and no list of root servers";
            else text = File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = e.Message;
        }

        return reason.Length == 0;
    }
}
