namespace Fathom.Probes.Internet.Trace;

/// <summary>
/// When each sample of a hop is sent, so that a router's limit on ICMP errors does not look like loss. Linux (icmp_ratelimit, 1,000 ms)
/// lets a bucket of six fill by one a second for each destination; others are alike or more generous.
/// </summary>
public static class SampleSchedule
{
    // Three at once are what traceroute sends, and leave half of the bucket to whoever else is curious.
    private const int AtOnce = 3;
    private const int Bucket = 6;

    // The rest of the bucket, spread, so that the samples are not all of one moment.
    private static readonly TimeSpan Spread = TimeSpan.FromMilliseconds(300);

    // A second, and what a kernel's clock of 100 Hz and queues on the way may shift.
    private static readonly TimeSpan Refill = TimeSpan.FromMilliseconds(1020);

    /// <summary>Counted from the start.</summary>
    /// <param name="sample">Which sample, from 0.</param>
    public static TimeSpan At(int sample)
        => sample < AtOnce ? TimeSpan.Zero : sample < Bucket ? (sample - AtOnce + 1) * Spread : (sample - Bucket + 1) * Refill;

    /// <summary>How many samples go at once at the start.</summary>
    /// <param name="samples">How many are wanted.</param>
    public static int First(int samples) => Math.Min(samples, AtOnce);
}
