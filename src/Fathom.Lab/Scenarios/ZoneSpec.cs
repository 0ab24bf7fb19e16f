namespace Fathom.Lab.Scenarios;

/// <summary>A DNS zone.</summary>
/// <param name="Name">Its name; "." for the root.</param>
/// <param name="Text">Its records as a zone file writes them.</param>
/// <param name="Line">Where it stands in the file.</param>
public sealed record ZoneSpec(string Name, string Text, int Line)
{
    /// <summary>Where the first of its records stands in the file; as a rule the line behind the name (a block, "|").</summary>
    public int TextLine { get; init; } = Line + 1;
}
