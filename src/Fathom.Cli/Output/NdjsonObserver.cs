using Fathom.Diagnosis;

namespace Fathom.Cli.Output;

/// <summary>Writes one line for each stage as it ends.</summary>
/// <param name="target">The target's text.</param>
/// <param name="write">Writes one line.</param>
internal sealed class NdjsonObserver(string target, Action<string> write) : ICheckObserver
{
    public void OnStageStarted(Stage stage)
    {
        // Only ends are lines: a consumer wants results.
    }

    public void OnStageEnded(StageReport report) => write(JsonReport.WriteStage(target, report));
}
