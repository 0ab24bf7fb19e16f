using System.Text.Json;

namespace Fathom.EndToEnd.Checks;

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
