namespace Fathom.Hosts;

/// <summary>
/// Lets so many in at once, in the order in which they came. Unlike the BCL's semaphore, whose wait with a cancellation token goes on on the thread pool, it leaves nobody's
/// context: code that may run on a lab host waits here. Safe for concurrent use.
/// </summary>
public sealed class HostGate
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _room;

    /// <summary>Makes a gate.</summary>
    /// <param name="room">How many may be in at once.</param>
    public HostGate(int room = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(room, 1);
        _room = room;
    }

    /// <summary>Goes in, as soon as there is room.</summary>
    /// <param name="cancellation">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    public Task EnterAsync(CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return Task.FromCanceled(cancellation);
        TaskCompletionSource waiting;
        lock (_lock)
        {
            if (TryEnter()) return Task.CompletedTask;
            waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiting);
        }

        return cancellation.CanBeCanceled ? WaitAsync(waiting, cancellation) : waiting.Task;
    }

    /// <summary>Goes in if there is room now.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_room == 0) return false;
            _room--;
            return true;
        }
    }

    /// <summary>Goes out: the next one may go in.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            // Those who gave up are passed over.
            while (_waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult()) return;
            }

            _room++;
        }
    }

    private static async Task WaitAsync(TaskCompletionSource waiting, CancellationToken cancellation)
    {
        await using (cancellation.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), waiting)) await waiting.Task;
    }
}
