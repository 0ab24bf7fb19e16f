namespace Fathom.Stack.Transport.Tcp;

/// <summary>Congestion avoidance of RFC 5681 §3.1: one segment a round trip; half after a loss.</summary>
internal sealed class RenoControl : CongestionControl
{
    private long _counted;

    public override int OnLoss(int window, int segment) => Math.Max(window / 2, 2 * segment);

    public override int Grow(int window, int acknowledged, int segment, long smoothedRoundTrip, long now)
    {
        // RFC 3465 §2.1: a segment more for each window's octets.
        _counted += acknowledged;
        if (_counted < window) return window;
        _counted -= window;
        return window + segment;
    }

    public override void Undo() => _counted = 0;

    public override void OnTimeout() => _counted = 0;

    public override void OnIdle(long idle)
    {
    }
}
