using Fathom.Diagnosis;
using Spectre.Console;

namespace Fathom.Cli.Output;

/// <summary>Collects stages as they end, and redraws where a terminal watches.</summary>
/// <param name="target">The target's text.</param>
/// <param name="unicode">The terminal shows more than ASCII.</param>
internal sealed class LiveBoard(string target, bool unicode) : ICheckObserver
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Stage, StageReport> _ended = [];
    private readonly HashSet<Stage> _running = [];
    private LiveDisplayContext? _live;

    /// <summary>Draws into a live display from now on.</summary>
    public void Attach(LiveDisplayContext live)
    {
        lock (_gate) _live = live;
        Draw();
    }

    public void OnStageStarted(Stage stage)
    {
        lock (_gate) _running.Add(stage);
        Draw();
    }

    public void OnStageEnded(StageReport report)
    {
        lock (_gate)
        {
            _running.Remove(report.Stage);
            _ended[report.Stage] = report;
        }

        Draw();
    }

    private void Draw()
    {
        lock (_gate) _live?.UpdateTarget(TextReport.Stages(target, _ended, _running, unicode));
    }
}
