using Fathom.Wire.Internet;

namespace Fathom.Hosts.Internet;

/// <summary>A socket that sends ICMP or ICMPv6 echo requests and receives what comes back for them. One reader at a time.</summary>
public interface IEchoSocket : IAsyncDisposable
{
    /// <summary>How it was opened: an unprivileged datagram socket or a raw one.</summary>
    EchoMethod Method { get; }

    /// <summary>The identifier in its requests (RFC 792), which the system may have chosen.</summary>
    ushort Identifier { get; }

    /// <summary>Sends one echo request.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="sequence">The sequence number.</param>
    /// <param name="data">What it carries after the 8 octets of ICMP header.</param>
    /// <param name="options">Hop limit, do-not-fragment.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>Null when it was sent; else the local error (no route, too big for the interface …).</returns>
    ValueTask<NetworkError?> SendAsync(IpAddress destination, ushort sequence, ReadOnlyMemory<byte> data, PacketOptions options, CancellationToken cancellation);

    /// <summary>Waits for the next reply to, or error about, one of this socket's requests.</summary>
    /// <param name="cancellation">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    ValueTask<EchoEvent> ReceiveAsync(CancellationToken cancellation);
}
