namespace Fathom.Lab.Scenarios;

/// <summary>Carries an error up to the reader; never leaves it.</summary>
internal sealed class ScenarioException(ScenarioError error) : Exception(error.ToString())
{
    public ScenarioError Error { get; } = error;
}
