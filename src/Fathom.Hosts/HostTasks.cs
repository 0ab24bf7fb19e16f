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

    /// <inheritdoc cref="Follow(Task)"/>
    /// <typeparam name="T">What the task gives.</typeparam>
    public static async Task<T> Follow<T>(Task<T> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return await task;
    }
}
