namespace Packetdrill.Language;

/// <summary><c>%{ … }%</c>: assertions about what the endpoint knows of its connection.</summary>
internal sealed record CodeAction(string Text) : EventAction;
