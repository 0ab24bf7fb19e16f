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

    /// <summary>
    /// Sends many requests that carry the same data, in order, until the system refuses one. A host that can hands them over in few
    /// system calls.
    /// </summary>
    /// <param name="requests">Where to, with which sequence numbers.</param>
    /// <param name="data">What each carries.</param>
    /// <param name="options">Hop limit, do-not-fragment.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    async ValueTask<EchoSendResult> SendManyAsync(ReadOnlyMemory<EchoRequest> requests, ReadOnlyMemory<byte> data, PacketOptions options, CancellationToken cancellation)
    {
        for (var i = 0; i < requests.Length; i++)
        {
            var request = requests.Span[i];
            if (await SendAsync(request.Destination, request.Sequence, data, options, cancellation) is { } error) return new EchoSendResult(i, error);
        }

        return new EchoSendResult(requests.Length, null);
    }

    /// <summary>Takes many replies and errors at once.</summary>
    /// <param name="events">Takes them; not empty.</param>
    /// <param name="wait">True: waits for the first. False: takes what is there by now; a host that cannot look without waiting takes none.</param>
    /// <param name="cancellation">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>How many were taken.</returns>
    async ValueTask<int> ReceiveManyAsync(Memory<EchoEvent> events, bool wait, CancellationToken cancellation)
    {
        if (!wait) return 0;
        var received = await ReceiveAsync(cancellation);
        events.Span[0] = received;
        return 1;
    }
}
