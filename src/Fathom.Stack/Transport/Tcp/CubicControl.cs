namespace Fathom.Stack.Transport.Tcp;

/// <summary>CUBIC (RFC 9438): the window is a cubic function of the time since the last loss, whatever the round trip.</summary>
internal sealed class CubicControl : CongestionControl
{
    // RFC 9438 §5.1: C = 0.4, beta = 0.7; §4.3: alpha = 3 (1 - beta) / (1 + beta) = 9/17.
    private const int BetaTenths = 7;
    private const int AlphaNumerator = 9;
    private const int AlphaDenominator = 17;

    // Times beyond this are as good as it: its cube still fits.
    private const long MostMilliseconds = 1_000_000;

    private int _maximum;
    private int _prior;
    private int _estimate;
    private long _epoch;
    private long _k;
    private long _windowRest;
    private long _estimateRest;
    private (int Maximum, int Prior, int Estimate, long Epoch, long K) _before;

    /// <inheritdoc/>
    public override int OnLoss(int window, int segment)
    {
        _before = (_maximum, _prior, _estimate, _epoch, _k);
        _prior = window;

        // RFC 9438 §4.7, fast convergence: a flow that falls from less than last time makes room for others.
        _maximum = window < _maximum ? (int)((long)window * (10 + BetaTenths) / 20) : window;
        _epoch = 0;
        return Math.Max((int)((long)window * BetaTenths / 10), 2 * segment);
    }

    /// <inheritdoc/>
    public override int Grow(int window, int acknowledged, int segment, long smoothedRoundTrip, long now)
    {
        if (_epoch == 0) Begin(window, segment, now);
        var target = Target(window, segment, now + smoothedRoundTrip);

        // RFC 9438 §4.3: never slower than Reno would be; once the window of before the loss is reached, exactly as fast.
        _estimateRest += (long)acknowledged * segment * (_estimate < _prior ? AlphaNumerator : AlphaDenominator);
        var step = _estimateRest / ((long)window * AlphaDenominator);
        _estimateRest -= step * window * AlphaDenominator;
        _estimate = (int)Math.Min(_estimate + step, int.MaxValue / 2);

        // §4.4 and §4.5: (target - window) / window for each segment acknowledged.
        _windowRest += (long)acknowledged * (target - window);
        var growth = (int)(_windowRest / window);
        _windowRest -= (long)growth * window;
        return Math.Max(window + growth, _estimate);
    }

    /// <inheritdoc/>
    public override void Undo() => (_maximum, _prior, _estimate, _epoch, _k) = _before;

    /// <inheritdoc/>
    public override void OnTimeout()
    {
        // RFC 9438 §4.8: the congestion avoidance that follows begins with K = 0 and W_max its own window.
        _maximum = 0;
        _epoch = 0;
    }

    /// <inheritdoc/>
    public override void OnIdle(long idle)
    {
        if (_epoch != 0) _epoch += idle;
    }

    private void Begin(int window, int segment, long now)
    {
        _epoch = Math.Max(now, 1);
        _estimate = window;
        _windowRest = _estimateRest = 0;
        if (window >= _maximum)
        {
            _k = 0;
            _maximum = window;
            return;
        }

        // §4.2: K = cbrt((W_max - cwnd_epoch) / C), here in milliseconds: C = 0.4 segments / s^3.
        _k = (long)CubeRoot((ulong)(_maximum - window) * 2_500_000_000UL / (ulong)segment);
    }

    // §4.2: W_cubic(t) = C (t - K)^3 + W_max, kept between the window and one and a half times it (§4.4).
    private int Target(int window, int segment, long now)
    {
        var t = Math.Clamp(((now - _epoch) / TimeSpan.TicksPerMillisecond) - _k, -MostMilliseconds, MostMilliseconds);
        var target = _maximum + (long)((Int128)t * t * t * 4 * segment / 10_000_000_000);
        return (int)Math.Clamp(target, window, Math.Min(window + ((long)window / 2), int.MaxValue / 2));
    }

    // The largest number whose cube is not more (Warren, Hacker's Delight, §11-2: one bit of the root at a time).
    internal static ulong CubeRoot(ulong value)
    {
        ulong root = 0;
        for (var shift = 63; shift >= 0; shift -= 3)
        {
            root <<= 1;
            var bit = (3 * root * (root + 1)) + 1;
            if (value >> shift < bit) continue;
            value -= bit << shift;
            root++;
        }

        return root;
    }
}
