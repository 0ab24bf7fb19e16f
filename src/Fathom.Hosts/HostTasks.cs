namespace Fathom.Hosts;

/// <summary>Tasks in a host's context.</summary>
public static class HostTasks
{
    /// <summary>
    /// The same task, to be waited for together with others or with a limit. A task whose continuations run asynchronously hands those of <see cref="Task.WhenAny(Task[])"/> and
    /// of a limited wait to the thread pool, out of a lab's context; to await it alone does not.
    /// </summary>
    /// <param name="task">The task.</param>
    public static async Task Follow(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        await task;
    }

    /// <summary>
    /// Waits until a time is over, to the tick or a little longer. <see cref="Task.Delay(TimeSpan, TimeProvider, CancellationToken)"/> counts whole milliseconds and leaves out the rest: less than one
    /// is no wait, and whoever waits in a loop for what is left turns for ever where the clock goes on only when nothing has work, as in a lab.
    /// </summary>
    /// <param name="wait">How long; <see cref="Timeout.InfiniteTimeSpan"/>: until it is canceled.</param>
    /// <param name="time">The host's clock.</param>
    /// <param name="cancellation">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    public static Task Delay(TimeSpan wait, TimeProvider time, CancellationToken cancellation)
        => Task.Delay(wait > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : wait, time, cancellation);

    /// <inheritdoc cref="Follow(Task)"/>
    /// <typeparam name="T">What the task gives.</typeparam>
    public static async Task<T> Follow<T>(Task<T> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return await task;
    }
}
