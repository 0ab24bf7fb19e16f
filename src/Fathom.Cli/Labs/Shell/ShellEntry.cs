namespace Fathom.Cli.Labs.Shell;

/// <summary>A line that has changed the lab: what a replay does again.</summary>
/// <param name="Line">The line.</param>
/// <param name="EndedAt">The lab's time when it was done.</param>
/// <param name="Hash">The hash over all that had happened by then.</param>
/// <param name="Cut">Where it did not come to its end by itself.</param>
internal sealed record ShellEntry(string Line, TimeSpan EndedAt, string Hash, ShellCut Cut);
