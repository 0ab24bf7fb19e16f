namespace Fathom.Cli.Labs.Shell;

/// <summary>A command that runs beside others: a server.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Line">Its command line, with its host.</param>
/// <param name="Task">Ends with its exit status.</param>
/// <param name="Stop">Ends it as the signal would.</param>
internal sealed record ShellJob(int Number, string Line, Task<int> Task, CancellationTokenSource Stop);
