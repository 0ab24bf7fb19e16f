namespace Fathom.Hosts.Os.Linux.Native;

/// <summary>
/// Turns the kernel's wall-clock receive time stamps into ticks of the host's monotonic clock, so that a round trip
/// does not include the time until a thread came to read the socket.
/// </summary>
internal sealed class ArrivalClock(TimeProvider time)
{
    // A packet is read within moments of its arrival. More than this means that the wall clock was set meanwhile.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public TimeProvider Time => time;

    public long Now => time.GetTimestamp();

    /// <summary>The ticks at which the kernel received a packet, or now where it did not say.</summary>
    /// <param name="wallNanoseconds">The kernel's time stamp in nanoseconds since 1970; 0 for none.</param>
    public long ToTicks(long wallNanoseconds)
    {
        var now = time.GetTimestamp();
        if (wallNanoseconds == 0) return now;
        var wallNow = time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks;
        var age = TimeSpan.FromTicks(wallNow - (wallNanoseconds / TimeSpan.NanosecondsPerTick));
        if (age <= TimeSpan.Zero || age > Longest) return now;
        return now - (long)(age.TotalSeconds * time.TimestampFrequency);
    }
}
