using System.Text.Json;
using Fathom.Cli.Output;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Wire.Application.Dns;

namespace Fathom.Cli.Dns;

/// <summary>Answers and walks as JSON members.</summary>
internal static class DnsJson
{
    public static void Answer(Utf8JsonWriter writer, string question, StubResolution resolution, string reason)
    {
        writer.WriteString("question", question);
        var answer = resolution.Settled;
        writer.WriteString("status", answer?.Message.ResponseCode.ToText() ?? "no answer");
        if (reason.Length > 0) writer.WriteString("reason", reason);
        writer.WriteStartArray("attempts");
        foreach (var attempt in resolution.Attempts)
        {
            writer.WriteStartObject();
            writer.WriteString("server", attempt.Server.ToString());
            writer.WriteString("name", attempt.Question.Name.ToAbsoluteString());
            writer.WriteString("result", DnsAnswerView.Words(attempt));
            writer.WriteNumber("queries", attempt.Queries);
            writer.WriteNumber("discarded", attempt.Discarded.Count);
            writer.WriteMilliseconds("ms", attempt.Duration);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (answer is null) return;
        var message = answer.Message;
        writer.WriteString("server", answer.Server.ToString());
        writer.WriteString("transport", answer.OverTcp ? "tcp" : "udp");
        writer.WriteMilliseconds("ms", answer.Duration);
        writer.WriteStartObject("flags");
        writer.WriteBoolean("aa", message.Authoritative);
        writer.WriteBoolean("tc", message.Truncated);
        writer.WriteBoolean("rd", message.RecursionDesired);
        writer.WriteBoolean("ra", message.RecursionAvailable);
        writer.WriteBoolean("ad", message.AuthenticData);
        writer.WriteBoolean("cd", message.CheckingDisabled);
        writer.WriteEndObject();
        Records(writer, "answer", message.Answers);
        Records(writer, "authority", message.Authorities);
        Records(writer, "additional", message.Additionals);
        if (message.Edns is not { } edns) return;
        writer.WriteStartObject("edns");
        writer.WriteNumber("udp", edns.UdpPayloadSize);
        writer.WriteBoolean("do", edns.DnssecOk);
        writer.WriteStartArray("errors");
        foreach (var error in edns.ExtendedErrors)
        {
            writer.WriteStartObject();
            writer.WriteNumber("code", error.Code);
            writer.WriteString("name", error.Name);
            writer.WriteString("text", error.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Resolution(Utf8JsonWriter writer, IterativeResolution resolution)
    {
        writer.WriteString("question", $"{resolution.Question.Name.ToAbsoluteString()} {resolution.Question.Type.ToText()}");
        writer.WriteString("status", DnsTraceText.Status(resolution.Outcome));
        if (resolution.Outcome is IterativeOutcome.Failed failed)
        {
            writer.WriteString("cause", failed.Why.GetType().Name);
            writer.WriteString("reason", failed.Why.Text);
        }

        writer.WriteNumber("queries", resolution.Queries);
        writer.WriteMilliseconds("ms", resolution.Duration);
        Records(writer, "aliases", resolution.Outcome.Aliases);
        if (resolution.Outcome is IterativeOutcome.Answered answered) Records(writer, "answer", answered.Records);
        writer.WriteStartArray("steps");
        foreach (var step in resolution.Steps) Step(writer, step);
        writer.WriteEndArray();
    }

    private static void Step(Utf8JsonWriter writer, ResolutionStep step)
    {
        writer.WriteStartObject();
        writer.WriteNumber("depth", step.Depth);
        writer.WriteString("question", $"{step.Question.Name.ToAbsoluteString()} {step.Question.Type.ToText()}");
        switch (step)
        {
            case ResolutionStep.Asked asked:
                writer.WriteString("kind", DnsTraceText.Kind(asked.Reply));
                writer.WriteString("zone", asked.Zone.ToAbsoluteString());
                writer.WriteString("host", asked.Host.ToAbsoluteString());
                writer.WriteString("server", asked.Outcome.Server.ToString());
                writer.WriteString("transport", asked.Outcome is DnsExchangeOutcome.Answered { OverTcp: true } ? "tcp" : "udp");
                writer.WriteMilliseconds("ms", asked.Outcome.Duration);
                if (asked.Reply is ServerReply.Referral referral)
                {
                    writer.WriteString("referral", referral.Zone.ToAbsoluteString());
                    Records(writer, "servers", referral.Servers);
                    Records(writer, "glue", referral.Glue);
                }

                Records(writer, "ignored", [.. asked.Reply.Ignored.Select(static i => i.Record)]);
                break;
            case ResolutionStep.FoundInCache found:
                writer.WriteString("kind", "cache");
                writer.WriteNumber("remaining", Math.Ceiling(found.Entry.Remaining.TotalSeconds));
                break;
            case ResolutionStep.BeganAt began:
                writer.WriteString("kind", "cached zone");
                writer.WriteString("zone", began.Zone.ToAbsoluteString());
                writer.WriteNumber("remaining", Math.Ceiling(began.Entry.Remaining.TotalSeconds));
                break;
            case ResolutionStep.NeedsAddress:
                writer.WriteString("kind", "address needed");
                break;
            case ResolutionStep.PassedOver over:
                writer.WriteString("kind", "passed over");
                writer.WriteString("host", over.Host.ToAbsoluteString());
                writer.WriteString("reason", over.Reason);
                break;
        }

        writer.WriteEndObject();
    }

    private static void Records(Utf8JsonWriter writer, string name, IReadOnlyList<DnsRecord> records)
    {
        writer.WriteStartArray(name);
        foreach (var record in records)
        {
            writer.WriteStartObject();
            writer.WriteString("name", record.Name.ToAbsoluteString());
            writer.WriteNumber("ttl", record.TimeToLive);
            writer.WriteString("class", record.Class.ToText());
            writer.WriteString("type", record.Type.ToText());
            writer.WriteString("data", record.Data.ToPresentation());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
