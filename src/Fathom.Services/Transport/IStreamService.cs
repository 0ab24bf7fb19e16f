namespace Fathom.Services.Transport;

/// <summary>What a TCP server does with one connection. One instance serves all connections, at once.</summary>
public interface IStreamService
{
    /// <summary>
    /// Serves until the peer has ended or there is nothing more to do. Limits, time-outs and the server's stop show as
    /// reads and writes that return false; the service then just returns.
    /// </summary>
    /// <param name="session">The connection.</param>
    ValueTask ServeAsync(StreamSession session);
}
