namespace Fathom.Diagnosis;

/// <summary>Is told of a check's progress. Calls may come from any thread of the host's context, one at a time.</summary>
public interface ICheckObserver
{
    /// <summary>A stage has begun.</summary>
    /// <param name="stage">The stage.</param>
    void OnStageStarted(Stage stage);

    /// <summary>A stage has ended.</summary>
    /// <param name="report">How.</param>
    void OnStageEnded(StageReport report);
}
