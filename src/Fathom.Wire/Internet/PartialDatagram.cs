namespace Fathom.Wire.Internet;

/// <summary>The fragments of one packet that have come so far, kept sorted; the holes between them are RFC 815's.</summary>
internal sealed class PartialDatagram(TimeSpan deadline)
{
    private readonly List<(int Offset, byte[] Bytes)> _pieces = [];

    internal TimeSpan Deadline => deadline;

    /// <summary>The fragment with offset 0, whole, or null.</summary>
    internal byte[]? FirstFragment { get; set; }

    /// <summary>Octets of the fragmentable part; -1 until the last fragment has come.</summary>
    internal int TotalLength { get; set; } = -1;

    /// <summary>An overlap was seen: nothing of this packet is taken any more.</summary>
    internal bool IsGivenUp { get; private set; }

    /// <summary>A router marked one of the fragments (RFC 3168 §5.3).</summary>
    internal bool SawCongestion { get; set; }

    internal int Octets { get; private set; }

    internal int Count => _pieces.Count;

    internal bool IsComplete => TotalLength >= 0 && Octets == TotalLength && FirstFragment is not null;

    /// <summary>The end of the last piece.</summary>
    internal int Reach => _pieces.Count == 0 ? 0 : _pieces[^1].Offset + _pieces[^1].Bytes.Length;

    /// <summary>Adds a piece. False if it touches another one and is not the same.</summary>
    /// <param name="offset">Where it belongs.</param>
    /// <param name="bytes">What it brings, not empty.</param>
    /// <param name="isRepeated">True if it was there already, byte for byte.</param>
    internal bool TryAdd(int offset, ReadOnlySpan<byte> bytes, out bool isRepeated)
    {
        isRepeated = false;
        var index = IndexOf(offset);
        if (index < _pieces.Count && _pieces[index].Offset == offset && bytes.SequenceEqual(_pieces[index].Bytes))
        {
            isRepeated = true;
            return true;
        }

        if (index < _pieces.Count && _pieces[index].Offset < offset + bytes.Length) return false;
        if (index > 0 && _pieces[index - 1].Offset + _pieces[index - 1].Bytes.Length > offset) return false;
        _pieces.Insert(index, (offset, bytes.ToArray()));
        Octets += bytes.Length;
        return true;
    }

    internal void GiveUp()
    {
        IsGivenUp = true;
        _pieces.Clear();
        Octets = 0;
        FirstFragment = null;
    }

    internal List<MissingRange> Missing()
    {
        var holes = new List<MissingRange>();
        var next = 0;
        foreach (var (offset, bytes) in _pieces)
        {
            if (offset > next) holes.Add(new MissingRange(next, offset - next));
            next = offset + bytes.Length;
        }

        if (TotalLength < 0) holes.Add(new MissingRange(next, null));
        else if (next < TotalLength) holes.Add(new MissingRange(next, TotalLength - next));
        return holes;
    }

    internal void CopyTo(Span<byte> destination)
    {
        foreach (var (offset, bytes) in _pieces) bytes.CopyTo(destination[offset..]);
    }

    /// <summary>The first piece at or behind the offset.</summary>
    private int IndexOf(int offset)
    {
        var (low, high) = (0, _pieces.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_pieces[middle].Offset < offset) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
