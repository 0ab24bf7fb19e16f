using System.Buffers;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection.Streams;

/// <summary>The octets of a stream that are in order and not read yet, and the packets that brought them.</summary>
internal sealed class StreamBuffer
{
    // Packets that are remembered for what is not whole: a message of 256 KiB in segments of 536 octets has 490.
    private const int MaxPieces = 1024;

    private readonly List<StreamPiece> _pieces = [];
    private byte[] _bytes = [];
    private int _start;
    private int _end;

    internal int Length => _end - _start;

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(_start, Length);

    /// <summary>The number of the first octet, where there is one.</summary>
    internal SequenceNumber First { get; private set; }

    /// <summary>Remembers which packet brought octets, whether they are in order or not.</summary>
    internal void Note(StreamPiece piece)
    {
        if (_pieces.Count < MaxPieces) _pieces.Add(piece);
    }

    /// <summary>Adds room for octets that came into order, to be filled.</summary>
    /// <param name="count">How many.</param>
    /// <param name="first">The number of the first of them.</param>
    internal Span<byte> Append(int count, SequenceNumber first)
    {
        if (Length == 0) (First, _start, _end) = (first, 0, 0);
        if (_bytes.Length - _end < count) MakeRoom(count);
        _end += count;
        return _bytes.AsSpan(_end - count, count);
    }

    /// <summary>Takes octets off the front.</summary>
    internal void Remove(int count)
    {
        _start += count;
        First += (uint)count;
        var kept = 0;
        for (var i = 0; i < _pieces.Count; i++)
        {
            if (_pieces[i].End > First) _pieces[kept++] = _pieces[i];
        }

        _pieces.RemoveRange(kept, _pieces.Count - kept);
        if (Length > 0) return;
        // Between two messages nothing is kept, and of most connections nothing ever is: they share the memory.
        ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _start, _end) = ([], 0, 0);
    }

    /// <summary>Forgets all that is in order.</summary>
    internal void Clear() => Remove(Length);

    /// <summary>The packets that brought the first octets, in their order.</summary>
    internal IReadOnlyList<int> PacketsOf(int count)
    {
        var end = First + (uint)count;
        return [.. _pieces.Where(piece => piece.Start < end && piece.End > First).OrderBy(piece => piece.Start.DistanceFrom(First)).Select(static piece => piece.Packet).Distinct()];
    }

    private void MakeRoom(int count)
    {
        if (_bytes.Length >= Length + count && _start > _bytes.Length / 2)
        {
            Bytes.CopyTo(_bytes);
        }
        else
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _bytes.Length, Length + count));
            Bytes.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        (_end, _start) = (Length, 0);
    }
}
