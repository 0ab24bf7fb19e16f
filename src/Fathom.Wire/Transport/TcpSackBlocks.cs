namespace Fathom.Wire.Transport;

/// <summary>Up to four SACK blocks as one value, without an array: more do not fit a header (RFC 2018 §3).</summary>
public readonly record struct TcpSackBlocks
{
    /// <summary>Blocks that fit a header without other options.</summary>
    public const int MaxCount = 4;

    private readonly TcpSackBlock _first;
    private readonly TcpSackBlock _second;
    private readonly TcpSackBlock _third;
    private readonly TcpSackBlock _fourth;

    /// <summary>Makes the value.</summary>
    /// <param name="blocks">Up to four blocks, the newest first.</param>
    public TcpSackBlocks(ReadOnlySpan<TcpSackBlock> blocks)
    {
        if (blocks.Length > MaxCount) throw new ArgumentException("At most four blocks fit.", nameof(blocks));
        Count = blocks.Length;
        if (Count > 0) _first = blocks[0];
        if (Count > 1) _second = blocks[1];
        if (Count > 2) _third = blocks[2];
        if (Count > 3) _fourth = blocks[3];
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>One block.</summary>
    /// <param name="index">From 0 to <see cref="Count"/>, less one.</param>
    public TcpSackBlock this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return index switch { 0 => _first, 1 => _second, 2 => _third, _ => _fourth };
        }
    }

    /// <summary>Reads a SACK option's blocks, four at most.</summary>
    internal static TcpSackBlocks Read(TcpOption option)
    {
        Span<TcpSackBlock> blocks = stackalloc TcpSackBlock[MaxCount];
        var count = Math.Min(option.SackBlockCount, MaxCount);
        for (var i = 0; i < count; i++) blocks[i] = option.GetSackBlock(i);
        return new TcpSackBlocks(blocks[..count]);
    }
}
