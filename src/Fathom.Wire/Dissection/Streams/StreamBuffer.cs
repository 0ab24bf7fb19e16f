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

    /// <summary>Adds what came into order.</summary>
    internal void Append(ReadOnlySpan<byte> bytes, SequenceNumber first)
    {
        if (Length == 0) (First, _start, _end) = (first, 0, 0);
        if (_bytes.Length - _end < bytes.Length)
        {
            var grown = _bytes.Length >= Length + bytes.Length && _start > _bytes.Length / 2 ? _bytes : new byte[Math.Max(2 * _bytes.Length, Length + bytes.Length)];
            Bytes.CopyTo(grown);
            (_bytes, _end, _start) = (grown, Length, 0);
        }

        bytes.CopyTo(_bytes.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Takes octets off the front.</summary>
    internal void Remove(int count)
    {
        _start += count;
        First += (uint)count;
        var first = First;
        _pieces.RemoveAll(piece => piece.End <= first);
    }

    /// <summary>Forgets all that is in order.</summary>
    internal void Clear() => Remove(Length);

    /// <summary>The packets that brought the first octets, in their order.</summary>
    internal IReadOnlyList<int> PacketsOf(int count)
    {
        var end = First + (uint)count;
        return [.. _pieces.Where(piece => piece.Start < end && piece.End > First).OrderBy(piece => piece.Start.DistanceFrom(First)).Select(static piece => piece.Packet).Distinct()];
    }
}
