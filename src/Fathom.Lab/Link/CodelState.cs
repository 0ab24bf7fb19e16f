namespace Fathom.Lab.Link;

/// <summary>CoDel's control law (RFC 8289 §5), asked for each frame in the order in which they are sent.</summary>
internal struct CodelState
{
    // RFC 8289 §4.2, §4.3.
    private static readonly TimeSpan Target = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    // Less than one full frame behind it: the queue is no standing one (§4.4).
    private const int LeastBacklog = 1514;

    private TimeSpan? _firstAbove;
    private TimeSpan _next;
    private int _count;
    private int _lastCount;
    private bool _isDropping;

    /// <summary>True if a frame is to be dropped or marked.</summary>
    /// <param name="sojourn">How long it will have waited.</param>
    /// <param name="now">When it would be sent.</param>
    /// <param name="backlog">Octets that wait now.</param>
    public bool IsTooSlow(TimeSpan sojourn, TimeSpan now, int backlog)
    {
        var isAbove = IsAboveTarget(sojourn, now, backlog);
        if (_isDropping)
        {
            if (!isAbove)
            {
                _isDropping = false;
                return false;
            }

            if (now < _next) return false;
            _count++;
            _next += ControlLaw(_count);
            return true;
        }

        if (!isAbove) return false;
        _isDropping = true;

        // §5.4: a new spell soon after the last one begins where that one was.
        var delta = _count - _lastCount;
        _count = delta > 1 && now - _next < 16 * Interval ? delta : 1;
        _lastCount = _count;
        _next = now + ControlLaw(_count);
        return true;
    }

    private bool IsAboveTarget(TimeSpan sojourn, TimeSpan now, int backlog)
    {
        if (sojourn < Target || backlog <= LeastBacklog)
        {
            _firstAbove = null;
            return false;
        }

        if (_firstAbove is { } since) return now >= since;
        _firstAbove = now + Interval;
        return false;
    }

    // §5.3: interval / sqrt(count), in integers.
    private static TimeSpan ControlLaw(int count)
    {
        var square = (UInt128)Interval.Ticks * (ulong)Interval.Ticks / (uint)count;
        var root = (ulong)Math.Sqrt((double)square);
        while ((UInt128)root * root > square) root--;
        while ((UInt128)(root + 1) * (root + 1) <= square) root++;
        return TimeSpan.FromTicks((long)root);
    }
}
