namespace Fathom.Probes.Transport;

/// <summary>How long to wait for an answer, learned from the answers seen: the estimator of RFC 6298 §2.</summary>
internal sealed class ScanTimeout(PortScanOptions options)
{
    // Below this a busy host's own delays decide. A kernel's stack answers at once, a sleeping laptop's radio does not.
    private static readonly TimeSpan Minimum = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private TimeSpan? _smoothed;
    private TimeSpan _variation;

    /// <summary>Learns from an answer.</summary>
    public void Add(TimeSpan roundTrip)
    {
        lock (_gate)
        {
            if (_smoothed is { } smoothed)
            {
                _variation = (_variation * 0.75) + ((smoothed - roundTrip).Duration() * 0.25); // RFC 6298 §2.3
                _smoothed = (smoothed * 0.875) + (roundTrip * 0.125);
            }
            else
            {
                _smoothed = roundTrip; // RFC 6298 §2.2
                _variation = roundTrip / 2;
            }
        }
    }

    /// <summary>The wait for a try.</summary>
    /// <param name="attempt">0 for the first; each further one waits twice as long (RFC 6298 §5.5).</param>
    public TimeSpan For(int attempt)
    {
        lock (_gate)
        {
            var wait = _smoothed is { } smoothed ? smoothed + (_variation * 4) : options.InitialTimeout;
            if (wait < Minimum) wait = Minimum;
            wait *= 1 << Math.Min(attempt, 8);
            return wait > options.MaximumTimeout ? options.MaximumTimeout : wait;
        }
    }
}
