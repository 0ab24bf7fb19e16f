namespace Fathom.Services.Transport;

/// <summary>Sends characters without end, as fast as the peer takes them, until it closes; what it sends is thrown away (RFC 864).</summary>
public sealed class ChargenService : IStreamService
{
    private const int BufferSize = 4 * 1024;

    /// <inheritdoc/>
    public async ValueTask ServeAsync(StreamSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var reading = DiscardAsync(session);
        while (!reading.IsCompleted && await session.WriteAsync(Chargen.Pattern))
        {
            // The pattern ends where it began.
        }

        await reading;
    }

    private static async Task DiscardAsync(StreamSession session)
    {
        var buffer = new byte[BufferSize];
        while (await session.ReadAsync(buffer) > 0)
        {
            // Thrown away.
        }
    }
}
