namespace Packetdrill.Language;

/// <summary>Something of the language that this runner reads over and does not play.</summary>
internal sealed record UnsupportedAction(string Reason) : EventAction;
