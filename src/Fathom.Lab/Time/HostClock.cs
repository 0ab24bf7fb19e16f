namespace Fathom.Lab.Time;

/// <summary>A host's clock: it runs as the lab's does, and may show another date and time.</summary>
internal sealed class HostClock(LabClock clock) : TimeProvider
{
    /// <summary>How far it is ahead.</summary>
    public TimeSpan Offset { get; set; }

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + Offset;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(callback, state, dueTime, period);
}
