namespace Fathom.Lab.Scenarios;

/// <summary>A DNS zone.</summary>
/// <param name="Name">Its name; "." for the root.</param>
/// <param name="Text">Its records as a zone file writes them.</param>
/// <param name="Line">Where it stands in the file.</param>
public sealed record ZoneSpec(string Name, string Text, int Line);
