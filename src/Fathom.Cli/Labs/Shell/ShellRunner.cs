using System.CommandLine;
using System.Runtime.InteropServices;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Lab;
using Fathom.Lab.Time;

namespace Fathom.Cli.Labs.Shell;

/// <summary>Runs one command of the shell, until it ends or a signal ends it: then it remembers when in the lab's time that was, so that it can be done again.</summary>
internal sealed class ShellRunner
{
    // A command that takes more of the lab's time waits for nothing.
    private static readonly TimeSpan Limit = TimeSpan.FromDays(30);

    private readonly Lock _gate = new();
    private CancellationTokenSource? _signal;
    private Action? _atPrompt;

    /// <summary>Begins to take signals for the commands that run.</summary>
    public void TakeSignals() => Interruption.Taker = signal =>
    {
        // On the signal's own thread: the lab's looks at it between two events.
        lock (_gate)
        {
            // The terminal has thrown away what was typed.
            if (_atPrompt is { } again && signal == PosixSignal.SIGINT)
            {
                again();
                return true;
            }

            if (_signal is null || _signal.IsCancellationRequested) return false;
            _signal.Cancel();
            return true;
        }
    };

    /// <summary>Waits for somebody who types: Ctrl-C means what was typed, not the shell.</summary>
    /// <param name="read">Waits.</param>
    /// <param name="again">Called at each Ctrl-C meanwhile, on the signal's own thread.</param>
    public string? Await(Func<string?> read, Action again)
    {
        lock (_gate) _atPrompt = again;
        try
        {
            return read();
        }
        finally
        {
            lock (_gate) _atPrompt = null;
        }
    }

    /// <summary>Runs it.</summary>
    /// <param name="shell">The world.</param>
    /// <param name="host">The host.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="interruptAt">When a signal ended it the first time; null: no signal did, or it is the first time.</param>
    /// <param name="interruptedAt">When a signal ended it now; else as <paramref name="interruptAt"/>.</param>
    public int Run(ShellWorld shell, LabHost host, ParseResult parsed, TimeSpan? interruptAt, out TimeSpan? interruptedAt)
    {
        var lab = shell.Lab;
        TimeSpan? at = interruptAt;
        using var stop = new CancellationTokenSource();
        using var signal = new CancellationTokenSource();
        lock (_gate) _signal = signal;
        using var again = interruptAt is { } then ? lab.Clock.CreateTimer(_ => stop.Cancel(), null, then - lab.Clock.Now, Timeout.InfiniteTimeSpan) : null;
        lab.BetweenEvents = () =>
        {
            if (!signal.IsCancellationRequested || stop.IsCancellationRequested) return;
            lab.Pacer = null;
            at = lab.Clock.Now;
            stop.Cancel();
        };

        // What has no end of its own lasts until the signal; the second time it is known when that came.
        NetworkChoice.KeepPace = () => lab.Pacer ??= interruptAt is null ? new LabPacer(TimeProvider.System, new SignalWait(signal.Token)) : null;
        try
        {
            return lab.Run(() => LabInvocation.InvokeAsync(shell.World, host, parsed, stop.Token), Limit);
        }
        finally
        {
            lab.Pacer = null;
            lab.BetweenEvents = null;
            lock (_gate) _signal = null;
            interruptedAt = at;
        }
    }

    /// <summary>Begins it, to run beside what follows.</summary>
    /// <param name="shell">The world.</param>
    /// <param name="host">The host.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="line">The command line as it was written.</param>
    public static ShellJob Begin(ShellWorld shell, LabHost host, ParseResult parsed, string line)
    {
        NetworkChoice.KeepPace = null;
        var stop = new CancellationTokenSource();
        var ended = new TaskCompletionSource<int>();
        shell.Lab.Start(async () =>
        {
            try
            {
                ended.SetResult(await LabInvocation.InvokeAsync(shell.World, host, parsed, stop.Token));
            }
            catch (OperationCanceledException)
            {
                ended.SetResult(ExitStatus.Good);
            }
        });
        var job = new ShellJob(shell.Jobs.Count + 1, $"@{host.Name} {line}", ended.Task, stop);
        shell.Jobs.Add(job);
        return job;
    }
}
