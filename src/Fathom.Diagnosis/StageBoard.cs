namespace Fathom.Diagnosis;

/// <summary>The stages of one check as they end, and the findings so far. Safe for concurrent use.</summary>
/// <param name="time">The host's clock.</param>
/// <param name="observer">Who is told; may be null.</param>
internal sealed class StageBoard(TimeProvider time, ICheckObserver? observer)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Stage, StageReport> _ended = [];
    private readonly Dictionary<Stage, long> _started = [];
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> Findings
    {
        get
        {
            lock (_gate) return [.. _findings];
        }
    }

    public IReadOnlyList<StageReport> Stages
    {
        get
        {
            lock (_gate) return [.. _ended.Values.OrderBy(static s => s.Stage)];
        }
    }

    public bool HasEnded(Stage stage)
    {
        lock (_gate) return _ended.ContainsKey(stage);
    }

    public void Start(Stage stage)
    {
        lock (_gate)
        {
            if (!_started.TryAdd(stage, time.GetTimestamp())) return;
            observer?.OnStageStarted(stage);
        }
    }

    /// <summary>Ends a stage. Its status is the worst of its findings, or <paramref name="status"/> where there is none that matters; its line names their cause.</summary>
    public void End(Stage stage, StageStatus status, string summary, IReadOnlyList<Fact> facts, IReadOnlyList<Finding> findings)
    {
        var worst = findings.Where(f => f.Stage == stage).OrderByDescending(static f => f.Severity).FirstOrDefault();
        if (worst is { Severity: Severity.Fail }) status = StageStatus.Fail;
        else if (worst is { Severity: Severity.Warn } && status is StageStatus.Pass or StageStatus.Unknown) status = StageStatus.Warn;
        if (worst is { Severity: > Severity.Info }) summary = summary.Length == 0 ? worst.Summary : $"{summary} ({worst.Cause})";
        lock (_gate)
        {
            if (_ended.ContainsKey(stage)) return;
            var report = new StageReport(stage, status, summary)
            {
                Facts = facts,
                Duration = _started.TryGetValue(stage, out var start) ? time.GetElapsedTime(start) : null,
            };
            _ended[stage] = report;
            _findings.AddRange(findings);
            observer?.OnStageEnded(report);
        }
    }

    /// <summary>The stages with the status that later findings about them demand: an experiment may come after its stage has ended.</summary>
    public static IReadOnlyList<StageReport> Reconcile(IReadOnlyList<StageReport> stages, IReadOnlyList<Finding> findings) => [.. stages.Select(stage =>
    {
        var worst = findings.Where(f => f.Stage == stage.Stage && f.Follows is null).OrderByDescending(static f => f.Severity).FirstOrDefault();
        var status = worst?.Severity switch
        {
            Severity.Fail => StageStatus.Fail,
            Severity.Warn when stage.Status is not StageStatus.Fail => StageStatus.Warn,
            _ => stage.Status,
        };
        if (status == stage.Status) return stage;
        return stage with { Status = status, Summary = stage.Status == StageStatus.Skipped ? worst!.Summary : $"{stage.Summary} ({worst!.Cause})" };
    })];

    /// <summary>Ends a stage that did not run.</summary>
    public void Skip(Stage stage, string reason)
    {
        lock (_gate)
        {
            if (_ended.ContainsKey(stage)) return;
            var report = new StageReport(stage, StageStatus.Skipped, reason);
            _ended[stage] = report;
            observer?.OnStageEnded(report);
        }
    }

    /// <summary>Ends a stage that could not be measured.</summary>
    public void Unknown(Stage stage, string reason) => End(stage, StageStatus.Unknown, reason, [], []);

    /// <summary>Gives the findings of one cause another severity.</summary>
    public void Raise(string cause, Severity severity)
    {
        lock (_gate)
        {
            for (var i = 0; i < _findings.Count; i++)
            {
                if (_findings[i].Cause == cause) _findings[i] = _findings[i] with { Severity = severity };
            }
        }
    }

    /// <summary>Says of the findings of one cause that another explains them.</summary>
    public void Explain(string cause, string by)
    {
        lock (_gate)
        {
            for (var i = 0; i < _findings.Count; i++)
            {
                if (_findings[i].Cause == cause) _findings[i] = _findings[i] with { Follows = by };
            }
        }
    }

    /// <summary>Adds a finding that no single stage's end carries.</summary>
    public void Add(Finding finding)
    {
        lock (_gate) _findings.Add(finding);
    }
}
