using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Hosts.Link;
using Fathom.Probes.Evidence;
using Fathom.Probes.Link;

namespace Fathom.Cli.Neighbors;

/// <summary>The outcome of <c>--who-has</c> as a document.</summary>
internal static class WhoHasJson
{
    public static void Write(CommandRun run, HostInterface link, WhoHasOutcome outcome, EvidenceLog log) => run.WriteJson(NeighborsCommand.Schema, json =>
    {
        json.WriteString("target", outcome.Target.ToString());
        json.WriteString("interface", link.Name);
        json.WriteString("outcome", outcome switch
        {
            WhoHasOutcome.Answered { IsDuplicate: true } => "duplicate",
            WhoHasOutcome.Answered => "answered",
            WhoHasOutcome.Unanswered => "unanswered",
            WhoHasOutcome.ByTable { Neighbor: NeighborOutcome.Answered } => "answered",
            WhoHasOutcome.ByTable { Neighbor: NeighborOutcome.Unconfirmed } => "unconfirmed",
            WhoHasOutcome.ByTable => "unanswered",
            _ => "unknown",
        });
        json.WriteString("method", outcome switch { WhoHasOutcome.ByTable => "table", WhoHasOutcome.NotMeasured => "none", _ => "frame" });
        json.WriteStartArray("answers");
        foreach (var answer in (outcome as WhoHasOutcome.Answered)?.Answers ?? [])
        {
            json.WriteStartObject();
            json.WriteString("mac", answer.Mac.ToString());
            json.WriteString("maker", NeighborWords.Maker(answer.Mac));
            json.WriteMilliseconds("afterMs", answer.After);
            json.WriteBoolean("router", answer.IsRouter);
            json.WriteString("evidence", answer.Frame);
            json.WriteEndObject();
        }

        if (outcome is WhoHasOutcome.ByTable { Neighbor: NeighborOutcome.Answered { Entry.HardwareAddress: { } mac } })
        {
            json.WriteStartObject();
            json.WriteString("mac", mac.ToString());
            json.WriteString("maker", NeighborWords.Maker(mac));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (outcome is WhoHasOutcome.ByTable table) json.WriteString("reason", table.Refusal.Reason);
        json.WriteStartArray("evidence");
        foreach (var item in log.Items)
        {
            json.WriteStartObject();
            json.WriteString("id", item.Id);
            json.WriteString("summary", item.Summary);
            if (item.Frame is { } frame) json.WriteString("bytes", Convert.ToHexStringLower(frame.Bytes.Span));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
