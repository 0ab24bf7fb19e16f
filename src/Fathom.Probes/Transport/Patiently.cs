namespace Fathom.Probes.Transport;

/// <summary>Reads again until what is awaited is there, within a limit: captured packets may come a moment after the socket call that they explain.</summary>
internal static class Patiently
{
    // A captured packet is read within microseconds; this is short beside every network's round trip.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    /// <summary>Reads.</summary>
    /// <param name="time">The host's clock.</param>
    /// <param name="limit">How long to go on.</param>
    /// <param name="read">Reads.</param>
    /// <param name="isDone">Tells whether it is enough.</param>
    /// <param name="cancellation">Ends the wait; the last reading is returned.</param>
    public static async Task<T> ReadAsync<T>(TimeProvider time, TimeSpan limit, Func<T> read, Func<T, bool> isDone, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var value = read();
            if (isDone(value) || cancellation.IsCancellationRequested || time.GetElapsedTime(start) >= limit) return value;
            try
            {
                await Task.Delay(Interval, time, cancellation);
            }
            catch (OperationCanceledException)
            {
                return read();
            }
        }
    }
}
