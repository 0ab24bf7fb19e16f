using Fathom.Hosts;

namespace Fathom.Probes;

/// <summary>
/// What is silent and what has not been read yet. A process that was kept from running, on a busy machine or by a debugger, wakes up behind its deadlines; what arrived
/// meanwhile is in its sockets, and whoever looks at the clock first takes it for lost.
/// </summary>
internal static class Punctuality
{
    /// <summary>A reader that runs has read by then what was there when it woke up.</summary>
    public static readonly TimeSpan Backlog = TimeSpan.FromMilliseconds(50);

    // Timers of a machine with time to spare are a few milliseconds late at the most; a clock that is not real time's is never.
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(15);

    /// <summary>Tells whether a wait ended so late that readers must be given the time of <see cref="Backlog"/> before anything is given up.</summary>
    /// <param name="time">The host's clock.</param>
    /// <param name="begin">When it began, a time stamp of the clock.</param>
    /// <param name="wait">How long it was to last.</param>
    public static bool IsLate(TimeProvider time, long begin, TimeSpan wait) => time.GetElapsedTime(begin) - wait > Usual;

    /// <summary>Waits for a time, or until something else has ended. The value tells whether the wait ended late (<see cref="IsLate"/>).</summary>
    /// <param name="time">The host's clock.</param>
    /// <param name="wait">How long at the most.</param>
    /// <param name="other">What ends the wait before; null for nothing.</param>
    /// <param name="cancellation">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    public static async ValueTask<bool> WaitAsync(TimeProvider time, TimeSpan wait, Task? other, CancellationToken cancellation)
    {
        var begin = time.GetTimestamp();
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var delay = HostTasks.Delay(wait, time, timer.Token);
        await (other is null ? delay : Task.WhenAny(other, delay));
        timer.Cancel();
        cancellation.ThrowIfCancellationRequested();
        return IsLate(time, begin, wait);
    }
}
