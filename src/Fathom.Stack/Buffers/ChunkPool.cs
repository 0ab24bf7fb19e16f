namespace Fathom.Stack.Buffers;

/// <summary>Pieces of memory of one size, used again: what streams are kept in while they wait.</summary>
internal sealed class ChunkPool
{
    /// <summary>
    /// Octets of a chunk: a stream with a few octets in it holds one, so it must be small; a segment of 64 KiB takes four, so that copying stays in large pieces.
    /// </summary>
    public const int ChunkLength = 16 * 1024;

    // Free chunks that are kept: 16 MiB.
    private const int Kept = 1024;

    private readonly Stack<byte[]> _free = new();

    /// <summary>Chunks that are in use.</summary>
    public int Rented { get; private set; }

    public byte[] Rent()
    {
        Rented++;
        return _free.TryPop(out var chunk) ? chunk : GC.AllocateUninitializedArray<byte>(ChunkLength);
    }

    public void Return(byte[] chunk)
    {
        Rented--;
        if (_free.Count < Kept) _free.Push(chunk);
    }
}
