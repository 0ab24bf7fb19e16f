namespace Fathom.EndToEnd.Worlds;

/// <summary>A shell command that runs in one node of the world.</summary>
internal sealed record Step(string Node, string Command);
