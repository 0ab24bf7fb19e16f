namespace Packetdrill.Language;

/// <summary>What an event does or expects.</summary>
internal abstract record EventAction;
