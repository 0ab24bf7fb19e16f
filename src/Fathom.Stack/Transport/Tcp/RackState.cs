using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>What RACK knows: the segment sent last of those that have arrived (RFC 8985 §5.3, §6.2). Ticks.</summary>
internal struct RackState
{
    // RFC 8985 §6.2 step 4: the window shrinks again after 16 recoveries without a report of a duplicate.
    private const int PersistRounds = 16;

    private SequenceNumber _highest;
    private bool _hasHighest;
    private int _windowMultiple;
    private int _persist;
    private SequenceNumber? _duplicateRound;

    /// <summary>A segment has arrived.</summary>
    public bool HasSample { get; private set; }

    /// <summary>When that segment was sent.</summary>
    public long SentAt { get; private set; }

    /// <summary>The number behind that segment.</summary>
    public SequenceNumber End { get; private set; }

    /// <summary>Its round trip.</summary>
    public long RoundTrip { get; private set; }

    /// <summary>Step 2: takes a segment that has arrived.</summary>
    public void Update(in SentSegment segment, long now, long minimumRoundTrip, uint echo, uint stamp)
    {
        var roundTrip = now - segment.SentAt;
        if (segment.Has(SentMarks.Retransmitted))
        {
            // It may be the original that has arrived: not believed if the echo is older than the retransmission, or if it came too soon.
            if (echo != 0 && (int)(echo - stamp) < 0) return;
            if (roundTrip < minimumRoundTrip) return;
        }

        RoundTrip = roundTrip;
        if (HasSample && (segment.SentAt < SentAt || (segment.SentAt == SentAt && segment.End <= End))) return;
        HasSample = true;
        SentAt = segment.SentAt;
        End = segment.End;
    }

    /// <summary>RACK.fack: the number behind the highest that has arrived.</summary>
    public readonly SequenceNumber Highest => _highest;

    /// <summary>Step 3: takes a segment that has arrived, one that was sent again too. True if one with a higher number came before it.</summary>
    public bool SeesReordering(SequenceNumber end)
    {
        if (!_hasHighest || end > _highest)
        {
            _hasHighest = true;
            _highest = end;
            return false;
        }

        return end < _highest;
    }

    /// <summary>True if a segment was sent before that one (with the number deciding between two sent at once).</summary>
    public readonly bool WasSentAfter(in SentSegment segment) => SentAt > segment.SentAt || (SentAt == segment.SentAt && End > segment.End);

    /// <summary>Step 4: how long a segment may be late before it is lost.</summary>
    public readonly long Window(bool reorderingSeen, bool isCertain, long minimumRoundTrip, long smoothed)
    {
        if (!reorderingSeen && isCertain) return 0;
        return Math.Min((1 + _windowMultiple) * (minimumRoundTrip / 4), smoothed);
    }

    /// <summary>Step 4: a duplicate was reported, so segments are later than was thought; once a round trip.</summary>
    public void OnDuplicateReport(SequenceNumber next, SequenceNumber unacknowledged)
    {
        if (_duplicateRound is { } round && unacknowledged < round) return;
        _duplicateRound = next;
        _windowMultiple = Math.Min(_windowMultiple + 1, 254);
        _persist = PersistRounds;
    }

    /// <summary>Step 4: recovery has ended.</summary>
    public void OnRecoveryEnd()
    {
        if (_persist > 0 && --_persist == 0) _windowMultiple = 0;
    }
}
