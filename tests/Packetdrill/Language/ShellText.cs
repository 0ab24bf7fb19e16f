namespace Packetdrill.Language;

/// <summary>Text between back quotes: commands for a shell. They are read as configuration, never run.</summary>
internal sealed record ShellText(int Line, string Text);
