namespace Fathom.Stack.Transport.Tcp;

/// <summary>HyStart++ (RFC 9406): leaves slow start when round trips grow, before the queue overflows; slowly at first, in case it was chance.</summary>
internal struct HyStart
{
    // RFC 9406 §4.3: MIN_RTT_THRESH, MAX_RTT_THRESH, MIN_RTT_DIVISOR, N_RTT_SAMPLE, CSS_GROWTH_DIVISOR, CSS_ROUNDS.
    private const long LeastThreshold = 4 * TimeSpan.TicksPerMillisecond;
    private const long MostThreshold = 16 * TimeSpan.TicksPerMillisecond;
    private const int Divisor = 8;
    private const int SamplesNeeded = 8;
    private const int GrowthDivisor = 4;
    private const int ConservativeRounds = 5;

    private long _lastRound;
    private long _thisRound;
    private long _baseline;
    private int _samples;
    private int _rounds;

    /// <summary>In conservative slow start.</summary>
    public bool IsConservative { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Reset() => this = default;

    /// <summary>A round has ended: everything outstanding at its start is acknowledged.</summary>
    /// <returns>True: conservative slow start has lasted long enough; congestion avoidance begins.</returns>
    public bool EndRound()
    {
        _lastRound = _thisRound;
        _thisRound = 0;
        _samples = 0;
        return IsConservative && ++_rounds >= ConservativeRounds;
    }

    /// <summary>Takes a sample.</summary>
    public void Add(long roundTrip)
    {
        _thisRound = _thisRound == 0 ? roundTrip : Math.Min(_thisRound, roundTrip);
        _samples++;
        if (_samples < SamplesNeeded) return;
        if (IsConservative)
        {
            // §4.2: the growth was chance; back to slow start.
            if (_thisRound < _baseline) Reset();
            return;
        }

        if (_lastRound == 0) return;
        var threshold = Math.Clamp(_lastRound / Divisor, LeastThreshold, MostThreshold);
        if (_thisRound < _lastRound + threshold) return;
        IsConservative = true;
        _baseline = _thisRound;
        _rounds = 0;
    }

    /// <summary>By how much slow start grows for octets acknowledged.</summary>
    public readonly int Growth(int acknowledged) => IsConservative ? acknowledged / GrowthDivisor : acknowledged;
}
