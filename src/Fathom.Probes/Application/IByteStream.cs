namespace Fathom.Probes.Application;

/// <summary>A stream of octets to a peer: a TCP connection, or TLS over one.</summary>
public interface IByteStream
{
    /// <summary>Sends all the octets.</summary>
    /// <param name="bytes">What to send.</param>
    /// <param name="cancellation">Ends the attempt with an <see cref="OperationCanceledException"/>.</param>
    /// <returns><see cref="ByteStreamStatus.Ok"/>, or how the stream ended.</returns>
    ValueTask<ByteStreamStatus> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>Receives octets.</summary>
    /// <param name="buffer">Takes them; not empty.</param>
    /// <param name="cancellation">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The count, above 0 exactly with <see cref="ByteStreamStatus.Ok"/>; else how the stream ended.</returns>
    ValueTask<(ByteStreamStatus Status, int Count)> ReadAsync(Memory<byte> buffer, CancellationToken cancellation);
}
