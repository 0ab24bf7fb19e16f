using Fathom.Lab.Link;

namespace Fathom.Lab.Scenarios;

/// <summary>A switch, and what its cables do.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cable">Each cable, in both directions.</param>
/// <param name="At">Where it stands in the file.</param>
public sealed record NetworkSpec(string Name, LinkSettings Cable, ScenarioPlace At);
