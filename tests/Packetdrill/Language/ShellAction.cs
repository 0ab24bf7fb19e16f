namespace Packetdrill.Language;

/// <summary>A change of configuration while the script runs.</summary>
internal sealed record ShellAction(ShellText Shell) : EventAction;
