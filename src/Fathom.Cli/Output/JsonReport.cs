using System.Text.Json;
using Fathom.Diagnosis;
using Fathom.Probes.Evidence;
using Fathom.Wire.Dissection;

namespace Fathom.Cli.Output;

/// <summary>Writes reports as the contract's JSON, version 1.</summary>
internal static class JsonReport
{
    /// <summary>The whole document.</summary>
    /// <param name="report">The report.</param>
    /// <param name="indented">On several lines.</param>
    /// <param name="asResult">With "type":"result" first, for ndjson.</param>
    public static string Write(CheckReport report, bool indented, bool asResult) => JsonText.Object(indented, writer =>
    {
        if (asResult) writer.WriteString("type", "result");
        writer.WriteString("schema", "fathom.check/1");
        writer.WriteString("target", report.Target.Text);
        writer.WriteString("startedAt", report.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteMilliseconds("durationMilliseconds", report.Duration);
        Verdict(writer, report.Verdict);
        writer.WriteStartArray("findings");
        foreach (var finding in report.Findings) Finding(writer, finding);
        writer.WriteEndArray();
        writer.WriteStartArray("stages");
        foreach (var stage in report.Stages)
        {
            writer.WriteStartObject();
            Stage(writer, stage);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("evidence");
        foreach (var item in report.Evidence) Evidence(writer, item);
        writer.WriteEndArray();
    });

    /// <summary>One stage as one line, for ndjson.</summary>
    public static string WriteStage(string target, StageReport stage) => JsonText.Object(false, writer =>
    {
        writer.WriteString("type", "stage");
        writer.WriteString("target", target);
        Stage(writer, stage);
    });

    private static void Verdict(Utf8JsonWriter writer, Verdict verdict)
    {
        writer.WriteStartObject("verdict");
        writer.WriteString("status", Words.Of(verdict.Status));
        if (verdict.Root is { } root)
        {
            writer.WriteString("layer", Words.Of(root.Layer));
            writer.WriteString("stage", Words.Of(root.Stage));
            writer.WriteString("cause", root.Cause);
            writer.WriteString("confidence", Words.Of(root.Confidence));
        }

        writer.WriteString("summary", verdict.Summary);
        if (verdict.Root is { } cause)
        {
            if (cause.Fix is { } fix) writer.WriteString("fix", fix);
            Alternatives(writer, cause.Alternatives);
        }

        writer.WriteStartArray("ruledOut");
        foreach (var id in verdict.RuledOut) writer.WriteStringValue(id);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Alternatives(Utf8JsonWriter writer, IReadOnlyList<Alternative> alternatives)
    {
        writer.WriteStartArray("alternatives");
        foreach (var alternative in alternatives)
        {
            writer.WriteStartObject();
            writer.WriteString("cause", alternative.Cause);
            writer.WriteString("nextExperiment", alternative.NextExperiment);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Finding(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("cause", finding.Cause);
        writer.WriteString("severity", Words.Of(finding.Severity));
        writer.WriteString("layer", Words.Of(finding.Layer));
        writer.WriteString("stage", Words.Of(finding.Stage));
        writer.WriteString("confidence", Words.Of(finding.Confidence));
        writer.WriteString("summary", finding.Summary);
        if (finding.Fix is { } fix) writer.WriteString("fix", fix);
        Alternatives(writer, finding.Alternatives);
        if (finding.Follows is { } follows) writer.WriteString("follows", follows);
        else writer.WriteNull("follows");
        writer.WriteStartArray("evidence");
        foreach (var id in finding.Evidence.Distinct()) writer.WriteStringValue(id);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Stage(Utf8JsonWriter writer, StageReport stage)
    {
        writer.WriteString("stage", Words.Of(stage.Stage));
        writer.WriteString("layer", Words.Of(stage.Layer));
        writer.WriteString("status", Words.Of(stage.Status));
        if (stage.Duration is { } duration) writer.WriteMilliseconds("durationMilliseconds", duration);
        writer.WriteString("summary", stage.Summary);
        writer.WritePropertyName("facts");
        Facts(writer, stage.Facts);
    }

    private static void Facts(Utf8JsonWriter writer, IReadOnlyList<Fact> facts)
    {
        writer.WriteStartObject();
        foreach (var fact in facts)
        {
            writer.WritePropertyName(fact.Name);
            Value(writer, fact.Value);
        }

        writer.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case TimeSpan time:
                writer.WriteNumberValue(JsonText.Milliseconds(time));
                break;
            case IReadOnlyList<string> texts:
                writer.WriteStartArray();
                foreach (var text in texts) writer.WriteStringValue(text);
                writer.WriteEndArray();
                break;
            case IReadOnlyList<IReadOnlyList<Fact>> rows:
                writer.WriteStartArray();
                foreach (var row in rows) Facts(writer, row);
                writer.WriteEndArray();
                break;
            default:
                throw new InvalidOperationException($"A fact cannot hold a {value.GetType().Name}.");
        }
    }

    private static void Evidence(Utf8JsonWriter writer, EvidenceItem item)
    {
        writer.WriteStartObject();
        writer.WriteString("id", item.Id);
        writer.WriteNumber("at", Math.Round(item.At.TotalMilliseconds, 3));
        writer.WriteString("summary", item.Summary);
        writer.WriteStartArray("layers");
        if (item.Frame is { } frame)
        {
            foreach (var layer in Dissector.Dissect(frame.LinkType, frame.Bytes).Layers) Layer(writer, layer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Layer(Utf8JsonWriter writer, DissectedLayer layer)
    {
        writer.WriteStartObject();
        writer.WriteString("protocol", layer.Protocol);
        writer.WriteNumber("offset", layer.Offset);
        writer.WriteNumber("length", layer.Length);
        if (layer.IsQuoted) writer.WriteBoolean("quoted", true);
        writer.WriteString("summary", layer.Summary);
        writer.WriteStartObject("fields");
        foreach (var field in layer.Fields.DistinctBy(static f => f.Name)) writer.WriteString(field.Name, field.Text);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
