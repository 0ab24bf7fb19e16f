namespace Fathom.Stack.Transport.Tcp;

/// <summary>The retransmission time-out from measured round trips (RFC 6298), in ticks.</summary>
internal struct RoundTripEstimator
{
    private readonly long _leastVariance;
    private readonly long _most;
    private readonly long _initial;

    public RoundTripEstimator(TcpSettings settings)
    {
        _leastVariance = settings.MinimumRetransmissionVariance.Ticks;
        _most = settings.MaximumRetransmissionTimeout.Ticks;
        _initial = settings.InitialRetransmissionTimeout.Ticks;
    }

    /// <summary>SRTT; 0 until something was measured.</summary>
    public long Smoothed { get; private set; }

    /// <summary>RTTVAR.</summary>
    public long Variation { get; private set; }

    /// <summary>The last sample.</summary>
    public long Latest { get; private set; }

    /// <summary>Samples taken.</summary>
    public int Samples { get; private set; }

    public readonly bool HasMeasured => Samples > 0;

    /// <summary>RTO, not backed off.</summary>
    public readonly long Timeout => HasMeasured ? Math.Min(Smoothed + Math.Max(4 * Variation, _leastVariance), _most) : _initial;

    /// <summary>Adds a sample.</summary>
    /// <param name="sample">The round trip.</param>
    /// <param name="samplesInRoundTrip">How many samples a window gives: each then counts for as much less (RFC 7323 appendix G).</param>
    public void Add(long sample, int samplesInRoundTrip)
    {
        Latest = sample;
        if (Samples < int.MaxValue) Samples++;
        if (Samples == 1)
        {
            Smoothed = sample;
            Variation = sample / 2; // RFC 6298 §2.2
            return;
        }

        var share = Math.Max(1, samplesInRoundTrip);
        Variation += (Math.Abs(Smoothed - sample) - Variation) / (4L * share); // RFC 6298 §2.3: beta = 1/4, alpha = 1/8
        Smoothed += (sample - Smoothed) / (8L * share);
    }

    /// <summary>Forgets what was measured before a time-out that may have lasted longer than the path (RFC 6298 §5.7).</summary>
    public void Clear()
    {
        Samples = 0;
        Smoothed = Variation = 0;
    }
}
