using Fathom.Stack.Timing;

namespace Fathom.Lab.Time;

/// <summary>The lab's clock: it stands still while something happens, and jumps to what happens next.</summary>
public sealed class LabClock : TimeProvider
{
    private readonly DeadlineQueue _deadlines;

    internal LabClock(DeadlineQueue deadlines, DateTimeOffset start)
    {
        _deadlines = deadlines;
        Start = start;
    }

    /// <summary>The date and time at which the lab began.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>How long the lab has run.</summary>
    public TimeSpan Now { get; internal set; }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long GetTimestamp() => Now.Ticks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Start + Now;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new LabTimer(this, _deadlines, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
