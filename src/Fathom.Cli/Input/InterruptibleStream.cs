namespace Fathom.Cli.Input;

/// <summary>Reads another stream, and lets go of a read that hangs: one from a terminal or an idle pipe cannot be cancelled, but it can be left behind.</summary>
/// <param name="inner">The stream.</param>
/// <param name="throws">End a read with an <see cref="OperationCanceledException"/>; otherwise as at the end of the input.</param>
/// <param name="beforeWait">Called before each read, or null.</param>
/// <param name="interruption">Ends the reads.</param>
internal sealed class InterruptibleStream(Stream inner, bool throws, Action? beforeWait, CancellationToken interruption) : Stream
{
    // Of this stream's own: a read that was left behind still writes into it.
    private byte[] _buffer = [];

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        beforeWait?.Invoke();
        if (_buffer.Length < buffer.Length) _buffer = new byte[buffer.Length];
        var (room, into) = (buffer.Length, _buffer);
        try
        {
            interruption.ThrowIfCancellationRequested();
            var count = Task.Run(() => inner.Read(into, 0, room), CancellationToken.None).WaitAsync(interruption).GetAwaiter().GetResult();
            into.AsSpan(0, count).CopyTo(buffer);
            return count;
        }
        catch (OperationCanceledException) when (!throws)
        {
            return 0;
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
