namespace Fathom.Stack.Transport.Tcp;

/// <summary>
/// How long a connection had octets to deliver, and how long of that the peer's window alone held them back: what tells a slow reader from a slow path. In ticks.
/// </summary>
internal struct SendTimes
{
    private long _busy;
    private long _limited;
    private long? _busySince;
    private long? _limitedSince;

    /// <summary>The peer's window holds something back now.</summary>
    public readonly bool IsLimited => _limitedSince.HasValue;

    /// <summary>The time with octets that waited or were not acknowledged.</summary>
    /// <param name="now">The time.</param>
    public readonly long Busy(long now) => _busy + (_busySince is { } since ? now - since : 0);

    /// <summary>The part of it in which the peer's window held back what could have been sent.</summary>
    /// <param name="now">The time.</param>
    public readonly long Limited(long now) => _limited + (_limitedSince is { } since ? now - since : 0);

    /// <summary>There is something to deliver.</summary>
    public void Begin(long now) => _busySince ??= now;

    /// <summary>Everything was delivered, or is given up.</summary>
    public void End(long now)
    {
        _busy = Busy(now);
        _busySince = null;
        SetLimited(false, now);
    }

    /// <summary>The peer's window holds something back, or no longer.</summary>
    public void SetLimited(bool isLimited, long now)
    {
        if (isLimited == _limitedSince.HasValue) return;
        _limited = Limited(now);
        _limitedSince = isLimited ? now : null;
    }
}
