using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>What has arrived beyond a gap: ranges in the order of their numbers, and which of them grew last (RFC 2018 §4).</summary>
internal sealed class OutOfOrderRanges
{
    // A peer that leaves ever more gaps only wastes its own segments: what would open another is dropped.
    private const int Limit = 512;

    private readonly List<Range> _ranges = [];
    private long _clock;

    public int Count => _ranges.Count;

    public bool IsEmpty => _ranges.Count == 0;

    /// <summary>The first range.</summary>
    public TcpSackBlock First => _ranges[0].Block;

    /// <summary>Adds a range; those that it touches become one.</summary>
    /// <returns>False if there is no room for another range.</returns>
    public bool TryAdd(SequenceNumber left, SequenceNumber right)
    {
        var at = 0;
        while (at < _ranges.Count && _ranges[at].Block.Right < left) at++;
        var end = at;
        while (end < _ranges.Count && _ranges[end].Block.Left <= right)
        {
            left = SequenceNumber.Min(left, _ranges[end].Block.Left);
            right = SequenceNumber.Max(right, _ranges[end].Block.Right);
            end++;
        }

        if (end == at && _ranges.Count == Limit) return false;
        var joined = new Range(new TcpSackBlock(left, right), ++_clock);
        if (end == at)
        {
            _ranges.Insert(at, joined);
        }
        else
        {
            _ranges[at] = joined;
            _ranges.RemoveRange(at + 1, end - at - 1);
        }

        return true;
    }

    /// <summary>True if all of it is here.</summary>
    public bool Contains(SequenceNumber left, SequenceNumber right)
    {
        foreach (var range in _ranges)
        {
            if (range.Block.Left <= left && right <= range.Block.Right) return true;
        }

        return false;
    }

    /// <summary>The part of a segment that is here already, if any: what a duplicate acknowledgment of data reports (RFC 2883 §4.2).</summary>
    public bool TryFindOverlap(SequenceNumber left, SequenceNumber right, out TcpSackBlock overlap, out TcpSackBlock container)
    {
        foreach (var range in _ranges)
        {
            var from = SequenceNumber.Max(left, range.Block.Left);
            var to = SequenceNumber.Min(right, range.Block.Right);
            if (from >= to) continue;
            overlap = new TcpSackBlock(from, to);
            container = range.Block;
            return true;
        }

        overlap = container = default;
        return false;
    }

    /// <summary>Takes away what lies before the next number expected, and tells up to where the stream is whole now.</summary>
    public SequenceNumber Advance(SequenceNumber next)
    {
        while (_ranges.Count > 0 && _ranges[0].Block.Left <= next)
        {
            next = SequenceNumber.Max(next, _ranges[0].Block.Right);
            _ranges.RemoveAt(0);
        }

        return next;
    }

    /// <summary>Copies the ranges that grew last, the newest first.</summary>
    public int CopyNewest(Span<TcpSackBlock> blocks)
    {
        var count = 0;
        var below = long.MaxValue;
        while (count < blocks.Length && count < _ranges.Count)
        {
            Range newest = default;
            foreach (var range in _ranges)
            {
                if (range.Grown < below && range.Grown > newest.Grown) newest = range;
            }

            below = newest.Grown;
            blocks[count++] = newest.Block;
        }

        return count;
    }

    public void Clear() => _ranges.Clear();

    private readonly record struct Range(TcpSackBlock Block, long Grown);
}
