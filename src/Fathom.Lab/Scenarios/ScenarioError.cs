using System.Globalization;

namespace Fathom.Lab.Scenarios;

/// <summary>What is wrong with a scenario file.</summary>
/// <param name="Line">The line, from 1; 0 where it is no single place.</param>
/// <param name="Column">The column, in characters from 1; 0 where it is no single place.</param>
/// <param name="Reason">What was given and what was expected.</param>
public sealed record ScenarioError(int Line, int Column, string Reason)
{
    /// <summary>"line 12, column 5: …".</summary>
    public override string ToString() => Line == 0 ? Reason : string.Create(CultureInfo.InvariantCulture, $"line {Line}, column {Column}: {Reason}");
}
