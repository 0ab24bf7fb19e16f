namespace Fathom.Stack.Transport.Tcp;

/// <summary>
/// The clock of timestamps: milliseconds (RFC 7323 §5.4 asks for 1 ms to 1 s), from a start that is the connection's own so that it tells nothing else.
/// </summary>
internal static class TimestampClock
{
    /// <summary>The timestamp at a moment.</summary>
    /// <param name="ticks">The moment.</param>
    /// <param name="offset">The connection's own start; see <see cref="HiddenNumbers.TimestampOffset"/>.</param>
    public static uint At(long ticks, uint offset) => (uint)(ticks / TimeSpan.TicksPerMillisecond) + offset;

    /// <summary>How long ago a timestamp was given that the peer sends back (RFC 7323 §4.1), in ticks; null for one that lies ahead.</summary>
    /// <param name="ticks">The moment.</param>
    /// <param name="offset">The connection's own start.</param>
    /// <param name="echo">What the peer sends back.</param>
    public static long? Since(long ticks, uint offset, uint echo)
    {
        var elapsed = (int)(At(ticks, offset) - echo);
        return elapsed < 0 ? null : elapsed * TimeSpan.TicksPerMillisecond;
    }
}
