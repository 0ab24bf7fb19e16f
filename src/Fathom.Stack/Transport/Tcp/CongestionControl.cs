namespace Fathom.Stack.Transport.Tcp;

/// <summary>
/// How the congestion window grows while nothing is lost, and how far it falls when something is. Octets and ticks; integers only, so that the same
/// exchange gives the same windows on every machine.
/// </summary>
internal abstract class CongestionControl
{
    /// <summary>The slow start threshold of a connection that has lost nothing: "arbitrarily high" (RFC 5681 §3.1).</summary>
    public const int Unlimited = int.MaxValue;

    /// <summary>The threshold after a loss, in octets: at least two segments (RFC 5681 §3.1, equation 4).</summary>
    /// <param name="window">The congestion window before.</param>
    /// <param name="segment">Octets of a full segment.</param>
    public abstract int OnLoss(int window, int segment);

    /// <summary>The window after octets were acknowledged in congestion avoidance.</summary>
    /// <param name="window">The window before.</param>
    /// <param name="acknowledged">Octets that an acknowledgment newly covers.</param>
    /// <param name="segment">Octets of a full segment.</param>
    /// <param name="smoothedRoundTrip">The smoothed round trip.</param>
    /// <param name="now">The time.</param>
    public abstract int Grow(int window, int acknowledged, int segment, long smoothedRoundTrip, long now);

    /// <summary>The loss was none: what <see cref="OnLoss"/> changed is taken back.</summary>
    public abstract void Undo();

    /// <summary>A retransmission time-out: the growth begins anew.</summary>
    public abstract void OnTimeout();

    /// <summary>The connection was idle for a while: the time does not count for the growth.</summary>
    /// <param name="idle">How long.</param>
    public abstract void OnIdle(long idle);
}
