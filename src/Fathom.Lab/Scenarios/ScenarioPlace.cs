namespace Fathom.Lab.Scenarios;

/// <summary>A place in a scenario's text. The default value is no place at all.</summary>
/// <param name="Line">The line, from 1; 0 where it is no single place.</param>
/// <param name="Column">The column, in characters from 1; 0 where the line's own text begins.</param>
public readonly record struct ScenarioPlace(int Line, int Column) : IComparable<ScenarioPlace>
{
    /// <inheritdoc/>
    public int CompareTo(ScenarioPlace other) => (Line, Column).CompareTo((other.Line, other.Column));

    /// <summary>Whether one place stands before the other.</summary>
    public static bool operator <(ScenarioPlace left, ScenarioPlace right) => left.CompareTo(right) < 0;

    /// <summary>Whether one place stands before the other, or they are the same.</summary>
    public static bool operator <=(ScenarioPlace left, ScenarioPlace right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one place stands behind the other.</summary>
    public static bool operator >(ScenarioPlace left, ScenarioPlace right) => left.CompareTo(right) > 0;

    /// <summary>Whether one place stands behind the other, or they are the same.</summary>
    public static bool operator >=(ScenarioPlace left, ScenarioPlace right) => left.CompareTo(right) >= 0;
}
