namespace Fathom.Lab.Scenarios;

/// <summary>Carries an error up to the reader; never leaves it.</summary>
internal sealed class ScenarioException(ScenarioPlace at, string reason) : Exception(reason)
{
    public ScenarioPlace At => at;
}
