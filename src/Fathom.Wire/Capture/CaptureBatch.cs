namespace Fathom.Wire.Capture;

/// <summary>
/// Packets that <see cref="CaptureReader.TryReadBatch"/> lends together with the buffer in which they lie, so that one thread can look at
/// them while another reads on. They are valid until the batch is filled again. To be used again and again: it keeps its memory.
/// </summary>
public sealed class CaptureBatch
{
    // More records than a buffer of ordinary packets holds; of empty ones there are several batches.
    private const int MaxRecords = 4096;

    private readonly RecordHead[] _heads = new RecordHead[MaxRecords];
    private byte[]? _buffer;

    /// <summary>Packets in the batch.</summary>
    public int Count { get; private set; }

    /// <summary>One packet.</summary>
    /// <param name="index">From 0 to <see cref="Count"/>, less one.</param>
    public CaptureRecord this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return new CaptureRecord(_buffer!, in _heads[index]);
        }
    }

    internal void Clear() => Count = 0;

    /// <summary>Takes what the reader has; waits for the first packet only.</summary>
    internal CaptureStep Fill(ICaptureFileReader reader, CaptureBuffer buffer)
    {
        Count = 0;
        var step = CaptureStep.Record;
        while (Count < MaxRecords && (step = reader.Step(mayRead: Count == 0, ref _heads[Count])) == CaptureStep.Record) Count++;
        _buffer = buffer.Exchange(_buffer);
        return step;
    }
}
