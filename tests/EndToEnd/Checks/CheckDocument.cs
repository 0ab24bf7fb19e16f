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
