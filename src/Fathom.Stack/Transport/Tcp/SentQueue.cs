using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>
/// Segments that are not acknowledged, in the order of their numbers: the scoreboard of RFC 6675. Those in flight are also linked in the order in which they
/// were sent last, since RACK asks which were sent before one that has arrived (RFC 8985 §6.2).
/// </summary>
internal sealed class SentQueue
{
    private const int None = -1;

    private SentSegment[] _ring = [];
    private int _earliest = None;
    private int _latest = None;
    private int _lostHint;

    /// <summary>The id of the first segment. Ids are numbers that count up, and stay a segment's own while it is here.</summary>
    public int Head { get; private set; }

    /// <summary>The id behind the last.</summary>
    public int Tail { get; private set; }

    public int Count => Tail - Head;

    public bool IsEmpty => Head == Tail;

    /// <summary>Numbers of all of them.</summary>
    public int Octets { get; private set; }

    /// <summary>Numbers of those sacked.</summary>
    public int SackedOctets { get; private set; }

    /// <summary>Those sacked.</summary>
    public int SackedCount { get; private set; }

    /// <summary>Numbers of those lost that wait to be sent again.</summary>
    public int LostOctets { get; private set; }

    /// <summary>Those lost that wait to be sent again.</summary>
    public int LostCount { get; private set; }

    /// <summary>Those that were sent more than once.</summary>
    public int RetransmittedCount { get; private set; }

    /// <summary>Octets believed to be in the network (RFC 6675 §4, "pipe").</summary>
    public int InFlight => Octets - SackedOctets - LostOctets;

    /// <summary>The id of the segment in flight that was sent the longest ago, or -1.</summary>
    public int Earliest => _earliest;

    public ref SentSegment this[int id] => ref _ring[id & (_ring.Length - 1)];

    public int Add(SequenceNumber start, int length, SentMarks marks, long now)
    {
        if (Count == _ring.Length) Grow();
        var id = Tail++;
        ref var segment = ref this[id];
        segment = new SentSegment { Start = start, Length = length, Marks = marks, SentAt = now };
        Octets += segment.SequenceLength;
        Link(id);
        return id;
    }

    /// <summary>Notes that a segment is sent again.</summary>
    public void Resend(int id, long now)
    {
        ref var segment = ref this[id];
        ClearLost(ref segment);
        if (segment.IsInOrder) Unlink(id);
        if (!segment.Has(SentMarks.Retransmitted)) RetransmittedCount++;
        segment.Marks |= SentMarks.Retransmitted;
        if (segment.Retransmissions < byte.MaxValue) segment.Retransmissions++;
        segment.SentAt = now;
        Link(id);
    }

    /// <summary>Notes that a segment has reached the peer out of order.</summary>
    public void MarkSacked(int id)
    {
        ref var segment = ref this[id];
        if (segment.Has(SentMarks.Sacked)) return;
        ClearLost(ref segment);
        if (segment.IsInOrder) Unlink(id);
        segment.Marks |= SentMarks.Sacked;
        SackedOctets += segment.SequenceLength;
        SackedCount++;
    }

    /// <summary>Takes a segment for lost; false if it was so before, or the peer has it.</summary>
    public bool MarkLost(int id)
    {
        ref var segment = ref this[id];
        if ((segment.Marks & (SentMarks.Lost | SentMarks.Sacked)) != 0) return false;
        if (segment.IsInOrder) Unlink(id);
        if (LostCount == 0 || id < _lostHint) _lostHint = id;
        segment.Marks |= SentMarks.Lost;
        LostOctets += segment.SequenceLength;
        LostCount++;
        return true;
    }

    /// <summary>Forgets what was sacked: the peer may drop what it has not acknowledged (RFC 2018 §8).</summary>
    public void ForgetSacks()
    {
        for (var id = Head; id < Tail; id++)
        {
            ref var segment = ref this[id];
            if (!segment.Has(SentMarks.Sacked)) continue;
            segment.Marks &= ~SentMarks.Sacked;
            Link(id);
        }

        SackedOctets = SackedCount = 0;
    }

    /// <summary>Takes none for lost any more: the loss was none.</summary>
    public void ForgetLosses()
    {
        for (var id = Head; id < Tail && LostCount > 0; id++)
        {
            ref var segment = ref this[id];
            if (!segment.Has(SentMarks.Lost)) continue;
            ClearLost(ref segment);
            Link(id);
        }
    }

    /// <summary>Takes away the first segment, acknowledged in whole.</summary>
    public void RemoveHead()
    {
        ref var segment = ref this[Head];
        Octets -= segment.SequenceLength;
        if (segment.Has(SentMarks.Sacked))
        {
            SackedOctets -= segment.SequenceLength;
            SackedCount--;
        }

        ClearLost(ref segment);
        if (segment.Has(SentMarks.Retransmitted)) RetransmittedCount--;
        if (segment.IsInOrder) Unlink(Head);
        Head++;
    }

    /// <summary>Takes away the front of the first segment, acknowledged in part.</summary>
    public void TrimHead(int octets)
    {
        ref var segment = ref this[Head];
        Octets -= octets;
        if (segment.Has(SentMarks.Sacked)) SackedOctets -= octets;
        if (segment.Has(SentMarks.Lost)) LostOctets -= octets;
        segment.Start += (uint)octets;
        segment.Length -= octets;
    }

    /// <summary>The id of the first segment that ends behind a number; <see cref="Tail"/> if none does.</summary>
    public int Find(SequenceNumber number)
    {
        var low = Head;
        var high = Tail;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (this[middle].End > number) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    /// <summary>The id of the first lost one, or -1.</summary>
    public int NextLost()
    {
        if (LostCount == 0) return None;
        for (var id = Math.Max(_lostHint, Head); id < Tail; id++)
        {
            if (!this[id].Has(SentMarks.Lost)) continue;
            _lostHint = id;
            return id;
        }

        return None;
    }

    /// <summary>Cuts every segment that is longer than the path now carries. Marks and times stay with both parts.</summary>
    public void Recut(int maximumLength)
    {
        var needed = 0;
        for (var id = Head; id < Tail; id++) needed += Math.Max(1, (this[id].Length + maximumLength - 1) / maximumLength);
        if (needed == Count) return;

        var segments = new List<SentSegment>(needed);
        for (var id = Head; id < Tail; id++) segments.Add(this[id]);
        var order = new List<(long SentAt, int Id)>();
        Clear();
        foreach (var whole in segments)
        {
            var rest = whole;
            while (rest.Length > maximumLength)
            {
                var part = rest;
                part.Length = maximumLength;
                part.Marks &= ~(SentMarks.Fin | SentMarks.Push | SentMarks.EndOfRecord | SentMarks.BurstEnd);
                Restore(part, order);
                rest.Start += (uint)maximumLength;
                rest.Length -= maximumLength;
            }

            Restore(rest, order);
        }

        order.Sort();
        foreach (var (_, id) in order) Link(id);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Head = Tail = 0;
        Octets = SackedOctets = SackedCount = LostOctets = LostCount = RetransmittedCount = 0;
        _earliest = _latest = None;
        _lostHint = 0;
    }

    /// <summary>Starts the ids again, where nothing is here; gives back a ring that was used for much less than it can hold.</summary>
    public void Release()
    {
        if (!IsEmpty) return;
        if (_ring.Length > 4 && Tail * 4 <= _ring.Length) _ring = [];
        Clear();
    }

    private void Restore(SentSegment segment, List<(long SentAt, int Id)> order)
    {
        if (Count == _ring.Length) Grow();
        var id = Tail++;
        var wasInOrder = segment.IsInOrder;
        segment.IsInOrder = false;
        this[id] = segment;
        Octets += segment.SequenceLength;
        if (segment.Has(SentMarks.Retransmitted)) RetransmittedCount++;
        if (segment.Has(SentMarks.Sacked))
        {
            SackedOctets += segment.SequenceLength;
            SackedCount++;
        }

        if (segment.Has(SentMarks.Lost))
        {
            LostOctets += segment.SequenceLength;
            LostCount++;
        }

        if (wasInOrder) order.Add((segment.SentAt, id));
    }

    private void ClearLost(ref SentSegment segment)
    {
        if (!segment.Has(SentMarks.Lost)) return;
        segment.Marks &= ~SentMarks.Lost;
        LostOctets -= segment.SequenceLength;
        LostCount--;
    }

    private void Link(int id)
    {
        ref var segment = ref this[id];
        segment.IsInOrder = true;
        segment.Earlier = _latest;
        segment.Later = None;
        if (_latest == None) _earliest = id;
        else this[_latest].Later = id;
        _latest = id;
    }

    private void Unlink(int id)
    {
        ref var segment = ref this[id];
        segment.IsInOrder = false;
        if (segment.Earlier == None) _earliest = segment.Later;
        else this[segment.Earlier].Later = segment.Later;
        if (segment.Later == None) _latest = segment.Earlier;
        else this[segment.Later].Earlier = segment.Earlier;
    }

    private void Grow()
    {
        var larger = new SentSegment[Math.Max(4, _ring.Length * 2)];
        for (var id = Head; id < Tail; id++) larger[id & (larger.Length - 1)] = this[id];
        _ring = larger;
    }
}
