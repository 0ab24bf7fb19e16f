namespace Fathom.Hosts.Stack.Tests.Support;

/// <summary>A clock that goes only when it is told to. Its timers go off one after the other, in their order.</summary>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<(VirtualTimer Timer, int Version), (TimeSpan At, long Order)> _timers = new();
    private long _order;

    /// <summary>Since the beginning.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>When the next timer goes off; null for never.</summary>
    public TimeSpan? Next
    {
        get
        {
            while (_timers.TryPeek(out var entry, out var key))
            {
                if (entry.Timer.Version == entry.Version) return key.At;
                _timers.Dequeue();
            }

            return null;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => Epoch + Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Goes on to a moment, which no timer lies before.</summary>
    public void AdvanceTo(TimeSpan at)
    {
        if (at < Now) throw new ArgumentOutOfRangeException(nameof(at), "Time never goes back.");
        Now = at;
    }

    /// <summary>Lets a timer go off that is due.</summary>
    public bool TryFire()
    {
        if (Next is not { } at || at > Now) return false;
        _timers.Dequeue().Timer.Fire();
        return true;
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public int Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Version++;
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan) time._timers.Enqueue((this, Version), (time.Now + dueTime, time._order++));
            return true;
        }

        public void Fire()
        {
            Version++;
            if (_period > TimeSpan.Zero) Change(_period, _period);
            callback(state);
        }

        public void Dispose() => Version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
