namespace Fathom.Probes.Application.Tls;

/// <summary>A TLS session as a byte stream.</summary>
/// <param name="session">The session; it stays the caller's.</param>
public sealed class TlsByteStream(TlsSession session) : IByteStream
{
    /// <inheritdoc/>
    public async ValueTask<ByteStreamStatus> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
        => Translate((await session.WriteAsync(bytes, cancellation)).Status);

    /// <inheritdoc/>
    public async ValueTask<(ByteStreamStatus Status, int Count)> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        var result = await session.ReadAsync(buffer, cancellation);
        return (Translate(result.Status), result.Count);
    }

    private static ByteStreamStatus Translate(TlsStreamStatus status) => status switch
    {
        TlsStreamStatus.Ok => ByteStreamStatus.Ok,
        TlsStreamStatus.End => ByteStreamStatus.End,
        TlsStreamStatus.EndWithoutCloseNotify => ByteStreamStatus.EndWithoutCloseNotify,
        TlsStreamStatus.Reset => ByteStreamStatus.Reset,
        TlsStreamStatus.AlertReceived => ByteStreamStatus.Alert,
        _ => ByteStreamStatus.Failed,
    };
}
