namespace Fathom.Hosts.Transport;

/// <summary>What every stream can do by means of its <see cref="IStreamConnection.ReadAsync"/>.</summary>
public static class StreamConnections
{
    /// <summary>Reads until the buffer is full: a length, or a message whose length is known.</summary>
    /// <param name="connection">The stream.</param>
    /// <param name="buffer">What is to be filled; of a stream that ends early its first octets are.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False where the stream ended, or broke, before.</returns>
    public static async ValueTask<bool> FillAsync(this IStreamConnection connection, Memory<byte> buffer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(connection);
        while (!buffer.IsEmpty)
        {
            var read = await connection.ReadAsync(buffer, cancellation);
            if (read.Status != StreamStatus.Ok) return false;
            buffer = buffer[read.Count..];
        }

        return true;
    }
}
