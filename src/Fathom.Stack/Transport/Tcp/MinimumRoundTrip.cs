namespace Fathom.Stack.Transport.Tcp;

/// <summary>The smallest round trip of the last minutes, in ticks: routes change, so an old one must not count for ever (RFC 8985 §6.2 step 1).</summary>
internal struct MinimumRoundTrip
{
    // Half of the time for which a minimum counts: five minutes in all.
    private const long HalfWindow = 150 * TimeSpan.TicksPerSecond;

    private long _current;
    private long _previous;
    private long _since;

    /// <summary>The minimum; 0 where nothing was measured.</summary>
    public readonly long Value => _previous == 0 ? _current : Math.Min(_current, _previous);

    public void Add(long sample, long now)
    {
        sample = Math.Max(sample, 1);
        if (_current == 0)
        {
            _current = sample;
            _since = now;
        }
        else if (now - _since > HalfWindow)
        {
            _previous = now - _since > 2 * HalfWindow ? 0 : _current;
            _current = sample;
            _since = now;
        }
        else
        {
            _current = Math.Min(_current, sample);
        }
    }
}
