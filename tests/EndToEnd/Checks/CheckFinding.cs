using System.Text.Json;

namespace Fathom.EndToEnd.Checks;

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
