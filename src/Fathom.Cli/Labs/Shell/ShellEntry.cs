namespace Fathom.Cli.Labs.Shell;

/// <summary>A line that has changed the lab: what a replay does again.</summary>
/// <param name="Line">The line.</param>
/// <param name="EndedAt">The lab's time when it was done.</param>
/// <param name="Hash">The hash over all that had happened by then.</param>
/// <param name="InterruptedAt">The lab's time at which a signal ended it; null where none did.</param>
internal sealed record ShellEntry(string Line, TimeSpan EndedAt, string Hash, TimeSpan? InterruptedAt);
