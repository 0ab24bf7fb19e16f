using Fathom.Stack.Timing;

namespace Fathom.Lab.Time;

/// <summary>A timer on the lab's clock: its callback is an event like any other.</summary>
internal sealed class LabTimer(LabClock clock, DeadlineQueue deadlines, TimerCallback callback, object? state) : Deadline, ITimer
{
    private TimeSpan _period;
    private bool _isDisposed;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_isDisposed) return false;
        _period = period;
        if (dueTime == Timeout.InfiniteTimeSpan) deadlines.Cancel(this);
        else deadlines.Set(this, clock.Now + dueTime);
        return true;
    }

    public void Dispose()
    {
        _isDisposed = true;
        deadlines.Cancel(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public override string ToString() => "a program's timer";

    public override void Expire(TimeSpan now)
    {
        if (_period > TimeSpan.Zero) deadlines.Set(this, now + _period);

        // With no current context, what awaits a timer without one (as the BCL itself does) goes on here and now, not on the thread pool.
        var current = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        callback(state);
        SynchronizationContext.SetSynchronizationContext(current);
    }
}
