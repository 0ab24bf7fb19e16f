using Fathom.Wire.Transport;

namespace Fathom.Hosts.Transport;

/// <summary>A listening TCP socket.</summary>
public interface IStreamListener : IAsyncDisposable
{
    /// <summary>Where it listens, with the port that was chosen.</summary>
    IpEndpoint Local { get; }

    /// <summary>Waits for the next connection.</summary>
    /// <param name="cancellation">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    ValueTask<IStreamConnection> AcceptAsync(CancellationToken cancellation);
}
