namespace Fathom.Hosts.Stack;

/// <summary>The time of a stack: what a <see cref="TimeProvider"/> counts, since its count was zero.</summary>
public static class StackTime
{
    /// <summary>Now.</summary>
    /// <param name="time">The driver's clock.</param>
    public static TimeSpan Now(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return time.GetElapsedTime(0);
    }

    /// <summary>A moment of the stack in ticks of the clock, as <see cref="TimeProvider.GetTimestamp"/> counts them.</summary>
    /// <param name="time">The driver's clock.</param>
    /// <param name="at">The moment.</param>
    public static long ToTimestamp(TimeProvider time, TimeSpan at)
    {
        ArgumentNullException.ThrowIfNull(time);
        return (long)((Int128)at.Ticks * time.TimestampFrequency / TimeSpan.TicksPerSecond);
    }
}
