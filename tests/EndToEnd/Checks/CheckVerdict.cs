using System.Text.Json;

namespace Fathom.EndToEnd.Checks;

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
