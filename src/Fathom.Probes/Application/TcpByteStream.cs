using Fathom.Hosts.Transport;

namespace Fathom.Probes.Application;

/// <summary>A TCP connection as a byte stream.</summary>
/// <param name="connection">The connection; it stays the caller's.</param>
public sealed class TcpByteStream(IStreamConnection connection) : IByteStream
{
    /// <inheritdoc/>
    public async ValueTask<ByteStreamStatus> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
        => Translate((await connection.WriteAsync(bytes, cancellation)).Status);

    /// <inheritdoc/>
    public async ValueTask<(ByteStreamStatus Status, int Count)> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        var result = await connection.ReadAsync(buffer, cancellation);
        return (Translate(result.Status), result.Count);
    }

    private static ByteStreamStatus Translate(StreamStatus status) => status switch
    {
        StreamStatus.Ok => ByteStreamStatus.Ok,
        StreamStatus.End => ByteStreamStatus.End,
        StreamStatus.Reset => ByteStreamStatus.Reset,
        _ => ByteStreamStatus.Failed,
    };
}
