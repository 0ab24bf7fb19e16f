using Fathom.Wire.Transport;

namespace Fathom.Hosts.Transport;

/// <summary>An open TCP connection. One reader and one writer at a time.</summary>
public interface IStreamConnection : IAsyncDisposable
{
    /// <summary>This end.</summary>
    IpEndpoint Local { get; }

    /// <summary>The other end.</summary>
    IpEndpoint Remote { get; }

    /// <summary>Sends all the octets.</summary>
    /// <param name="bytes">What to send.</param>
    /// <param name="cancellation">Ends the attempt with an <see cref="OperationCanceledException"/>; part may have been sent.</param>
    ValueTask<StreamResult> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>Receives octets, at least one unless the stream has ended.</summary>
    /// <param name="buffer">Takes the octets; not empty.</param>
    /// <param name="cancellation">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    ValueTask<StreamResult> ReadAsync(Memory<byte> buffer, CancellationToken cancellation);

    /// <summary>Sends FIN; reading goes on.</summary>
    /// <param name="cancellation">Ends the attempt.</param>
    ValueTask<StreamResult> ShutdownAsync(CancellationToken cancellation);

    /// <summary>Closes with RST.</summary>
    void Abort();

    /// <summary>The connection's figures as they are now.</summary>
    HostResult<TcpConnectionInfo> GetTcpInfo();

    /// <summary>Takes the ICMP errors that arrived for this connection since the last call.</summary>
    IReadOnlyList<Internet.NetworkError> TakeErrors();
}
