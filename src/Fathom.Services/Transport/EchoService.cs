namespace Fathom.Services.Transport;

/// <summary>
/// Sends every octet back (RFC 862). It reads again only when what it read has been taken, so that a peer which
/// does not read is slowed down by its own TCP, and memory stays constant.
/// </summary>
public sealed class EchoService : IStreamService
{
    private const int BufferSize = 16 * 1024; // some ten segments: few calls, and little memory for each of many clients

    /// <inheritdoc/>
    public async ValueTask ServeAsync(StreamSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var buffer = new byte[BufferSize];
        while (await session.ReadAsync(buffer) is > 0 and var count)
        {
            if (!await session.WriteAsync(buffer.AsMemory(0, count))) return;
        }
    }
}
