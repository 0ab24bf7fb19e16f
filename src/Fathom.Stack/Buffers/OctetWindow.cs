namespace Fathom.Stack.Buffers;

/// <summary>
/// A stretch of a stream that moves forward: octets are put at a distance from its start, taken from a distance, and dropped at the front. Memory is held only where
/// something was put, so an empty one costs nothing and a gap costs no more than its edges.
/// </summary>
internal sealed class OctetWindow(ChunkPool pool)
{
    private const int ChunkLength = ChunkPool.ChunkLength;

    private byte[]?[] _chunks = [];

    // Where the stretch begins: the chunk's place in the ring, and the octet in it.
    private int _firstChunk;
    private int _firstOctet;

    // Chunks of the ring that may be in use, from the first on.
    private int _count;

    // The most of them since the ring was last empty.
    private int _most;

    /// <summary>Puts octets at a distance from the start.</summary>
    public void Put(int distance, ReadOnlySpan<byte> octets)
    {
        var at = _firstOctet + distance;
        Reach((at + octets.Length + ChunkLength - 1) / ChunkLength);
        while (!octets.IsEmpty)
        {
            ref var chunk = ref ChunkAt(at / ChunkLength);
            chunk ??= pool.Rent();
            var room = chunk.AsSpan(at % ChunkLength);
            var length = Math.Min(room.Length, octets.Length);
            octets[..length].CopyTo(room);
            octets = octets[length..];
            at += length;
        }
    }

    /// <summary>Copies octets that were put before, from a distance on.</summary>
    public void CopyTo(int distance, Span<byte> destination)
    {
        var at = _firstOctet + distance;
        while (!destination.IsEmpty)
        {
            var source = ChunkAt(at / ChunkLength).AsSpan(at % ChunkLength);
            var length = Math.Min(source.Length, destination.Length);
            source[..length].CopyTo(destination);
            destination = destination[length..];
            at += length;
        }
    }

    /// <summary>The octets at a distance that lie together in memory: at least one, if any was put there.</summary>
    public ReadOnlySpan<byte> Peek(int distance)
    {
        var at = _firstOctet + distance;
        return at / ChunkLength < _count ? ChunkAt(at / ChunkLength).AsSpan(at % ChunkLength) : [];
    }

    /// <summary>Moves the start forward.</summary>
    public void Drop(int octets)
    {
        _firstOctet += octets;
        while (_firstOctet >= ChunkLength)
        {
            if (_count > 0)
            {
                Free(ref _chunks[_firstChunk]);
                _firstChunk = (_firstChunk + 1) & (_chunks.Length - 1);
                _count--;
            }

            _firstOctet -= ChunkLength;
        }
    }

    /// <summary>Gives back what memory it can, when nothing that was put is wanted any more.</summary>
    public void Clear()
    {
        for (var i = 0; i < _count; i++) Free(ref _chunks[(_firstChunk + i) & (_chunks.Length - 1)]);
        _count = 0;
        _firstOctet = 0;

        // The ring is given up once it was used for much less than it can hold: a stream that is busy keeps it.
        if (_chunks.Length > 4 && _most * 4 <= _chunks.Length) _chunks = [];
        _most = 0;
    }

    private void Free(ref byte[]? chunk)
    {
        if (chunk is null) return;
        pool.Return(chunk);
        chunk = null;
    }

    private ref byte[]? ChunkAt(int index) => ref _chunks[(_firstChunk + index) & (_chunks.Length - 1)];

    private void Reach(int chunks)
    {
        if (chunks > _chunks.Length)
        {
            var larger = new byte[]?[Math.Max(4, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)chunks))];
            for (var i = 0; i < _count; i++) larger[i] = ChunkAt(i);
            _chunks = larger;
            _firstChunk = 0;
        }

        if (chunks > _count) _count = chunks;
        if (chunks > _most) _most = chunks;
    }
}
