using System.Buffers;

namespace Fathom.Wire.Transport;

/// <summary>
/// Puts the segments of one direction of a TCP connection into their order (RFC 9293 §3.4, §3.10.7.4): out of order, overlapping,
/// repeated, or outside the window. Of octets that come twice the first ones stay. Not safe for several threads at once.
/// </summary>
public sealed class TcpStreamAssembler
{
    // Separate pieces that may wait behind gaps. A window of 64 KiB is 45 segments of 1,460; a sender of single octets gets no more room than that.
    private const int MaxIslands = 256;

    private readonly int _window;
    private readonly List<Island> _islands = [];
    private byte[] _ready = [];
    private int _readyLength;
    private SequenceNumber? _end;
    private SequenceNumber _latest;

    /// <summary>Starts a stream.</summary>
    /// <param name="first">The number of its first octet: the SYN's plus one.</param>
    /// <param name="window">Octets kept that nobody has taken yet: what a receiver would advertise.</param>
    public TcpStreamAssembler(SequenceNumber first, int window = 65535)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, 1 << 30); // RFC 7323 §2.3: no window is larger
        Next = first;
        _window = window;
    }

    /// <summary>The next number that is missing: what a receiver acknowledges. After the end, the FIN's number plus one.</summary>
    public SequenceNumber Next { get; private set; }

    /// <summary>Octets that can be taken.</summary>
    public int Ready => _readyLength;

    /// <summary>Octets that would be accepted now.</summary>
    public int Window => Math.Max(0, _window - _readyLength);

    /// <summary>The sender's FIN came, and everything before it.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>True if something waits behind a gap.</summary>
    public bool HasGaps => _islands.Count > 0;

    /// <summary>The gaps before what waits, in order: the first missing number and how many. Empty if nothing waits.</summary>
    public IReadOnlyList<(SequenceNumber First, int Length)> Gaps
    {
        get
        {
            var gaps = new List<(SequenceNumber, int)>(_islands.Count);
            var next = Next;
            foreach (var island in _islands)
            {
                gaps.Add((next, island.Start.DistanceFrom(next)));
                next = island.End;
            }

            return gaps;
        }
    }

    /// <summary>What waits behind gaps, as selective acknowledgment blocks: the one that grew last comes first (RFC 2018 §4).</summary>
    public TcpSackBlocks SackBlocks
    {
        get
        {
            var blocks = new List<TcpSackBlock>(TcpSackBlocks.MaxCount);
            foreach (var island in _islands)
            {
                var block = new TcpSackBlock(island.Start, island.End);
                if (island.Start <= _latest && _latest < island.End) blocks.Insert(0, block);
                else blocks.Add(block);
            }

            return new TcpSackBlocks([.. blocks.Take(TcpSackBlocks.MaxCount)]);
        }
    }

    /// <summary>Takes a segment.</summary>
    /// <param name="sequence">The number of the first octet of data.</param>
    /// <param name="data">The data.</param>
    /// <param name="fin">The segment carries FIN.</param>
    public TcpArrival Accept(SequenceNumber sequence, ReadOnlySpan<byte> data, bool fin = false)
    {
        if (fin && _end is null && sequence + (uint)data.Length >= Next) _end = sequence + (uint)data.Length;
        var (kept, repeated, outside) = (0, 0, data.Length);
        var refused = false;
        var next = Next;
        if (!data.IsEmpty && !IsEnded)
        {
            // What lies before the next number was acknowledged; what lies behind the window was not asked for.
            var before = Math.Clamp(-(long)sequence.DistanceFrom(Next), 0, data.Length);
            repeated = (int)before;
            var start = sequence + (uint)before;
            var inside = (int)Math.Clamp((long)Window - start.DistanceFrom(Next), 0, data.Length - before);
            outside = data.Length - (int)before - inside;
            kept = Insert(start, data.Slice((int)before, inside), out refused);
            repeated += inside - kept;
            if (kept > 0) _latest = start;
        }

        Release();
        var released = (int)(Next - next);
        EndIfReached();
        var kind = data.IsEmpty ? (fin ? TcpArrivalKind.InOrder : TcpArrivalKind.Empty)
            : released > 0 ? TcpArrivalKind.InOrder
            : refused ? TcpArrivalKind.TooManyGaps
            : kept > 0 ? TcpArrivalKind.OutOfOrder
            : repeated > 0 ? TcpArrivalKind.Duplicate
            : TcpArrivalKind.OutsideWindow;
        return new TcpArrival(kind, refused ? 0 : kept, repeated, released);
    }

    /// <summary>
    /// Gives the first gap up: what waits behind it becomes ready. For those who only look on, and know that the octets will not come again;
    /// a receiver must not.
    /// </summary>
    /// <returns>Octets given up; 0 where nothing waits.</returns>
    public int SkipGap()
    {
        if (_islands.Count == 0) return 0;
        var missing = _islands[0].Start.DistanceFrom(Next);
        Next = _islands[0].Start;
        Release();
        EndIfReached();
        return missing;
    }

    /// <summary>Takes what is in order.</summary>
    public byte[] Take()
    {
        var taken = new byte[_readyLength];
        Take(taken);
        return taken;
    }

    /// <summary>Takes what is in order.</summary>
    /// <param name="destination">Exactly <see cref="Ready"/> octets.</param>
    internal void Take(Span<byte> destination)
    {
        _ready.AsSpan(0, _readyLength).CopyTo(destination);
        _readyLength = 0;
        ArrayPool<byte>.Shared.Return(_ready);
        _ready = [];
    }

    private void EndIfReached()
    {
        if (_end is not { } end || Next != end || IsEnded) return;
        IsEnded = true;
        Next = end + 1; // RFC 9293 §3.4: FIN takes a number
    }

    /// <summary>Keeps those octets that are not there yet. Islands stay sorted, apart, and never empty.</summary>
    private int Insert(SequenceNumber start, ReadOnlySpan<byte> data, out bool refused)
    {
        refused = false;
        if (data.IsEmpty) return 0;
        if (_islands.Count == 0 && start == Next)
        {
            // The ordinary segment, in order and with nothing waiting, needs no island.
            Append(data);
            return data.Length;
        }

        var end = start + (uint)data.Length;
        var first = 0;
        while (first < _islands.Count && _islands[first].End < start) first++;
        var last = first;
        while (last < _islands.Count && _islands[last].Start <= end) last++;
        if (first == last)
        {
            refused = _islands.Count >= MaxIslands && start != Next;
            if (!refused) _islands.Insert(first, new Island(start, data.ToArray()));
            return refused ? 0 : data.Length;
        }

        var from = SequenceNumber.Min(start, _islands[first].Start);
        var to = SequenceNumber.Max(end, _islands[last - 1].End);
        var merged = new byte[to - from];
        data.CopyTo(merged.AsSpan((int)(start - from)));
        var before = 0;
        for (var i = first; i < last; i++)
        {
            // Written last, so that what came first stays.
            _islands[i].Bytes.CopyTo(merged.AsSpan((int)(_islands[i].Start - from)));
            before += _islands[i].Bytes.Length;
        }

        _islands.RemoveRange(first, last - first);
        _islands.Insert(first, new Island(from, merged));
        return merged.Length - before;
    }

    private void Release()
    {
        if (_islands.Count == 0 || _islands[0].Start != Next) return;
        var bytes = _islands[0].Bytes;
        _islands.RemoveAt(0);
        Append(bytes);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_ready.Length < _readyLength + bytes.Length)
        {
            // Of a thousand streams nearly all have nothing that waits to be taken: they share the memory.
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_readyLength + bytes.Length, 2 * _ready.Length));
            _ready.AsSpan(0, _readyLength).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_ready);
            _ready = larger;
        }

        bytes.CopyTo(_ready.AsSpan(_readyLength));
        _readyLength += bytes.Length;
        Next += (uint)bytes.Length;
    }

    private readonly record struct Island(SequenceNumber Start, byte[] Bytes)
    {
        internal SequenceNumber End => Start + (uint)Bytes.Length;
    }
}
