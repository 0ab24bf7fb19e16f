namespace Packetdrill.Language;

/// <summary>A script, read.</summary>
internal sealed record Script(
    IReadOnlyList<ScriptOption> Options,
    ShellText? Setup,
    IReadOnlyList<ScriptEvent> Events,
    ShellText? Cleanup);
