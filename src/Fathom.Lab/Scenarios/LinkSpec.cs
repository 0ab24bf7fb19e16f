using Fathom.Lab.Link;

namespace Fathom.Lab.Scenarios;

/// <summary>A cable between two interfaces.</summary>
/// <param name="Left">"host.interface".</param>
/// <param name="Right">"host.interface".</param>
/// <param name="ToRight">What it does from left to right.</param>
/// <param name="ToLeft">What it does from right to left.</param>
/// <param name="Line">Where it stands in the file.</param>
public sealed record LinkSpec(string Left, string Right, LinkSettings ToRight, LinkSettings ToLeft, int Line);
