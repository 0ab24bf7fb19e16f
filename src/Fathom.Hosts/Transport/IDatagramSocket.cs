using Fathom.Hosts.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Transport;

/// <summary>A UDP socket. One reader at a time; sending may overlap with reading.</summary>
public interface IDatagramSocket : IAsyncDisposable
{
    /// <summary>The local address and port.</summary>
    IpEndpoint Local { get; }

    /// <summary>Sends one datagram.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="destination">Where to; must be null for a socket that was opened with a remote endpoint.</param>
    /// <param name="options">Hop limit, do-not-fragment.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>Null when it was sent; else the local error. An earlier datagram's ICMP error is never returned here.</returns>
    ValueTask<NetworkError?> SendAsync(ReadOnlyMemory<byte> payload, IpEndpoint? destination, PacketOptions options, CancellationToken cancellation);

    /// <summary>Waits for the next datagram or ICMP error.</summary>
    /// <param name="buffer">Takes the payload; what does not fit is cut off, and <see cref="DatagramEvent.Received.Length"/> still tells its whole length where the system does.</param>
    /// <param name="cancellation">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    ValueTask<DatagramEvent> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation);
}
