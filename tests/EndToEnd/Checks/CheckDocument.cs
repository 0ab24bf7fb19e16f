using System.Text.Json;
using Fathom.EndToEnd.Worlds;

namespace Fathom.EndToEnd.Checks;

/// <summary>The document `fathom.check/1` as the contract describes it. Reading it fails where a required member is missing.</summary>
internal sealed record CheckDocument(
    string Schema,
    string Target,
    DateTimeOffset StartedAt,
    double DurationMilliseconds,
    CheckVerdict Verdict,
    IReadOnlyList<CheckFinding> Findings,
    IReadOnlyList<CheckStage> Stages,
    IReadOnlyList<string> EvidenceIds)
{
    public static CheckDocument Parse(CommandResult result)
    {
        try
        {
            using var json = JsonDocument.Parse(result.Output);
            return Read(json.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FormatException($"Not a document of the contract ({exception.Message}):\n{result}", exception);
        }
    }

    public static CheckDocument Read(JsonElement root) => new(
        Text(root, "schema"),
        Text(root, "target"),
        root.GetProperty("startedAt").GetDateTimeOffset(),
        root.GetProperty("durationMilliseconds").GetDouble(),
        CheckVerdict.Read(root.GetProperty("verdict")),
        [.. root.GetProperty("findings").EnumerateArray().Select(CheckFinding.Read)],
        [.. root.GetProperty("stages").EnumerateArray().Select(CheckStage.Read)],
        [.. root.GetProperty("evidence").EnumerateArray().Select(item => Text(item, "id"))]);

    /// <summary>A member that must be a string.</summary>
    public static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");

    /// <summary>A member that may be null or absent.</summary>
    public static string? OptionalText(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;
}

/// <summary>The verdict of a document.</summary>
internal sealed record CheckVerdict(
    string Status,
    string? Layer,
    string? Stage,
    string? Cause,
    string? Confidence,
    string Summary,
    string? Fix,
    IReadOnlyList<(string Cause, string NextExperiment)> Alternatives,
    IReadOnlyList<string> RuledOut)
{
    public static CheckVerdict Read(JsonElement verdict) => new(
        CheckDocument.Text(verdict, "status"),
        CheckDocument.OptionalText(verdict, "layer"),
        CheckDocument.OptionalText(verdict, "stage"),
        CheckDocument.OptionalText(verdict, "cause"),
        CheckDocument.OptionalText(verdict, "confidence"),
        CheckDocument.Text(verdict, "summary"),
        CheckDocument.OptionalText(verdict, "fix"),
        // Where nothing is wrong there is nothing else that it could be.
        verdict.TryGetProperty("alternatives", out var alternatives) || verdict.TryGetProperty("cause", out _)
            ? [.. alternatives.EnumerateArray().Select(item => (CheckDocument.Text(item, "cause"), CheckDocument.Text(item, "nextExperiment")))]
            : [],
        [.. verdict.GetProperty("ruledOut").EnumerateArray().Select(item => item.GetString() ?? "")]);
}

/// <summary>A finding of a document.</summary>
internal sealed record CheckFinding(
    string Cause, string Severity, string Layer, string Stage, string Summary, string? Follows, IReadOnlyList<string> Evidence)
{
    public static CheckFinding Read(JsonElement finding) => new(
        CheckDocument.Text(finding, "cause"),
        CheckDocument.Text(finding, "severity"),
        CheckDocument.Text(finding, "layer"),
        CheckDocument.Text(finding, "stage"),
        CheckDocument.Text(finding, "summary"),
        CheckDocument.OptionalText(finding, "follows"),
        [.. finding.GetProperty("evidence").EnumerateArray().Select(item => item.GetString() ?? "")]);
}

/// <summary>A stage of a document.</summary>
internal sealed record CheckStage(string Stage, string Layer, string Status, double? DurationMilliseconds, string? Summary)
{
    public static CheckStage Read(JsonElement stage) => new(
        CheckDocument.Text(stage, "stage"),
        CheckDocument.Text(stage, "layer"),
        CheckDocument.Text(stage, "status"),
        stage.TryGetProperty("durationMilliseconds", out var duration) && duration.ValueKind == JsonValueKind.Number ? duration.GetDouble() : null,
        CheckDocument.OptionalText(stage, "summary"));
}
