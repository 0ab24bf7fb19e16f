namespace Packetdrill.Language;

/// <summary>One event of a script.</summary>
/// <param name="Line">Where it stands.</param>
/// <param name="Time">When.</param>
/// <param name="Action">What.</param>
internal sealed record ScriptEvent(int Line, EventTime Time, EventAction Action);
