namespace Fathom.Cli.Explain;

/// <summary>What a term means, from one source.</summary>
/// <param name="Kind">"protocol", "flag", "status" …</param>
/// <param name="Title">The heading.</param>
/// <param name="Text">The explanation.</param>
internal sealed record TermAnswer(string Kind, string Title, string Text)
{
    /// <summary>Facts, label and value; empty values are left out.</summary>
    public IReadOnlyList<(string Label, string Value)> Facts { get; init; } = [];

    /// <summary>Header drawings with their names.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Lines)> Drawings { get; init; } = [];

    /// <summary>Rows: name, place or value, meaning.</summary>
    public IReadOnlyList<(string Name, string Place, string Meaning)> Rows { get; init; } = [];
}
