namespace Fathom.Probes.Application.Http;

/// <summary>Takes a body as it comes, so that it need not be held in memory: a file, a pipe.</summary>
public interface IHttpBodySink
{
    /// <summary>Takes the next octets; reading waits for it, and so does the server.</summary>
    /// <param name="octets">The octets, without chunk framing; valid until the call ends.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Why no more can be taken (a full disk, a closed pipe), as a phrase; null when all is well.</returns>
    ValueTask<string?> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation);
}
