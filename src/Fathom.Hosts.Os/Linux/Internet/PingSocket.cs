using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Linux.Internet;

/// <summary>Echo on an ICMP datagram socket: the kernel chooses the identifier, matches replies, and gives errors by the error queue.</summary>
internal sealed class PingSocket : IEchoSocket
{
    private readonly DatagramChannel _channel;
    private readonly IpVersion _version;
    private readonly byte[] _buffer = new byte[65536]; // the largest IP packet

    private PingSocket(DatagramChannel channel, IpVersion version, ushort identifier)
    {
        _channel = channel;
        _version = version;
        Identifier = identifier;
    }

    public EchoMethod Method => EchoMethod.Datagram;

    public ushort Identifier { get; }

    public static HostResult<IEchoSocket> Open(NativeSocket socket, EchoOptions options, ArrivalClock clock)
    {
        const string What = "An ICMP socket cannot be set up";
        var channel = DatagramChannel.Create(socket, options.Version, clock, out var error);
        if (channel is null) return Refusals.FromErrno(What, -error);
        // Binding fixes the identifier, which the kernel keeps where UDP has its port.
        var any = options.Version == IpVersion.V6 ? IpAddress.AnyV6 : IpAddress.AnyV4;
        error = socket.Bind(new IpEndpoint(options.Source ?? any, 0));
        if (error == 0 && socket.GetLocal() is { } local) return new PingSocket(channel, options.Version, local.Port);
        channel.Dispose();
        return Refusals.FromErrno(options.Source is { } source ? $"{source} cannot be the source address" : What, -error);
    }

    public ValueTask<NetworkError?> SendAsync(
        IpAddress destination, ushort sequence, ReadOnlyMemory<byte> data, PacketOptions options, CancellationToken cancellation)
    {
        if (destination.Version != _version) throw new ArgumentException($"{destination} is not of the socket's version.", nameof(destination));
        var request = EchoMessage.Request(_version, Identifier, sequence, data.Span);
        return _channel.SendAsync(request, new IpEndpoint(destination, 0), isConnected: false, options, cancellation);
    }

    public async ValueTask<EchoEvent> ReceiveAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var received = await _channel.ReceiveAsync(_buffer, cancellation);
            if (received.Error is { } error)
            {
                // The kernel quotes from the embedded ICMP header on.
                var isQuoted = EchoMessage.IsRequest(_version, error.Quoted.Span);
                ushort? quoted = isQuoted ? EchoMessage.Sequence(error.Quoted.Span) : null;
                return new EchoEvent.Failed(quoted, error with { Destination = error.Destination is { } to ? to with { Port = 0 } : null });
            }

            var message = _buffer.AsSpan(0, Math.Min(received.Length, _buffer.Length));
            if (!EchoMessage.IsReply(_version, message)) continue;
            return new EchoEvent.Reply(
                received.From.Address, EchoMessage.Sequence(message), received.HopLimit, received.Length - EchoMessage.HeaderLength, received.Timestamp);
        }
    }

    public ValueTask DisposeAsync()
    {
        _channel.Dispose();
        return default;
    }
}
