namespace Fathom.Services.Transport;

/// <summary>Reads all octets and throws them away (RFC 863).</summary>
public sealed class DiscardService : IStreamService
{
    private const int BufferSize = 64 * 1024;

    /// <inheritdoc/>
    public async ValueTask ServeAsync(StreamSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var buffer = new byte[BufferSize];
        while (await session.ReadAsync(buffer) > 0)
        {
            // Thrown away.
        }
    }
}
