namespace Fathom.Probes.Tests.Internet.Support;

/// <summary>
/// A clock that jumps to the next timer whenever nothing else is left to do: hours pass in no time, and a test sees what was waited for.
/// Work is counted by the fake network; <see cref="RunAsync"/> advances only while all of it rests.
/// </summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Now => TimeSpan.FromTicks(Interlocked.Read(ref _now));

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Calls back at a moment of this clock.</summary>
    public void At(TimeSpan when, Action action) => CreateTimer(static a => ((Action)a!)(), action, when - Now, Timeout.InfiniteTimeSpan);

    /// <summary>Time goes on and nothing runs, as in a process that is stopped: what is due meanwhile comes late.</summary>
    /// <param name="length">For how long.</param>
    public void HoldUp(TimeSpan length)
    {
        lock (_gate) _now += length.Ticks;
    }

    /// <summary>Runs work to its end on one thread: its continuations first, then the next timer, and so on.</summary>
    public T Run<T>(Func<Task<T>> work)
    {
        var context = new QueueContext();
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            var task = work();
            while (!task.IsCompleted)
            {
                if (context.RunOne(TimeSpan.Zero)) continue;

                // A completion that a library forces onto the thread pool comes back to the queue: it is given its turn there, however busy the
                // machine is, and a moment to end, before time jumps.
                LetThePoolBegin();
                if (context.RunOne(TimeSpan.FromMilliseconds(2))) continue;
                if (!Step()) throw new InvalidOperationException("Nothing is left to wait for, and the work is not done.");
            }

            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    // What was queued before this has begun when this runs.
    private static void LetThePoolBegin()
    {
        using var reached = new ManualResetEventSlim();
        ThreadPool.UnsafeQueueUserWorkItem(static e => e.Set(), reached, preferLocal: false);
        reached.Wait();
    }

    private bool Step()
    {
        ManualTimer[] due;
        lock (_gate)
        {
            var waiting = _timers.Where(static t => t.Due >= 0).ToArray();
            if (waiting.Length == 0) return false;
            var next = waiting.Min(static t => t.Due);
            due = [.. waiting.Where(t => t.Due == next)];
            _now = Math.Max(_now, next);
            foreach (var timer in due) timer.Due = -1;
        }

        foreach (var timer in due) timer.Fire();
        return true;
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public long Due { get; set; } = -1;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                Due = dueTime < TimeSpan.Zero ? -1 : time._now + dueTime.Ticks;
                if (!time._timers.Contains(this)) time._timers.Add(this);
            }

            return true;
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (time._gate) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
