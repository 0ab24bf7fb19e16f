namespace Packetdrill.Language;

/// <summary>An option line: <c>--name=value</c>, or <c>--name</c>.</summary>
internal sealed record ScriptOption(int Line, string Name, string? Value);
