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
    private readonly ChannelEvent[] _taken = new ChannelEvent[2 * MessageBatch.Capacity];
    private readonly byte[] _buffer = new byte[65536]; // the largest IP packet
    private MessageBatch? _batch;

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
        EchoSockets.SetRoom(socket);
        if (options.Interface is { } name && (error = EchoSockets.BindToInterface(socket, name)) < 0)
        {
            channel.Dispose();
            return Refusals.FromErrno($"{name} cannot be the interface", -error);
        }

        var any = IpAddress.Any(options.Version);
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
            if (Read(received, _buffer.AsSpan(0, Math.Min(received.Length, _buffer.Length))) is { } read) return read;
        }
    }

    public ValueTask<EchoSendResult> SendManyAsync(
        ReadOnlyMemory<EchoRequest> requests, ReadOnlyMemory<byte> data, PacketOptions options, CancellationToken cancellation)
    {
        var destinations = EchoSockets.Destinations(requests.Span, _version);
        var messages = EchoMessage.Requests(_version, Identifier, requests.Span, data.Span);
        return _channel.SendManyAsync(messages, EchoMessage.HeaderLength + data.Length, destinations, options, cancellation);
    }

    public async ValueTask<int> ReceiveManyAsync(Memory<EchoEvent> events, bool wait, CancellationToken cancellation)
    {
        _batch ??= new MessageBatch();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var taken = Math.Min(events.Length, _taken.Length);
            // Room for less than a batch: one at a time.
            if (taken < MessageBatch.Capacity) break;
            taken = _channel.TakeMany(_batch, _taken.AsSpan(0, taken));
            var count = 0;
            for (var i = 0; i < taken; i++)
            {
                if (Read(_taken[i], _batch.Datagram(_taken[i].Index).Span) is { } read) events.Span[count++] = read;
            }

            if (count > 0 || !wait) return count;
            if (taken == 0) await _channel.Socket.WaitReadableAsync(cancellation);
        }

        if (!wait) return 0;
        var single = await ReceiveAsync(cancellation);
        events.Span[0] = single;
        return 1;
    }

    public ValueTask DisposeAsync()
    {
        _channel.Dispose();
        return default;
    }

    private EchoEvent? Read(ChannelEvent received, ReadOnlySpan<byte> message)
    {
        if (received.Error is { } error)
        {
            // The kernel quotes from the embedded ICMP header on.
            var isQuoted = EchoMessage.IsRequest(_version, error.Quoted.Span);
            ushort? quoted = isQuoted ? EchoMessage.Sequence(error.Quoted.Span) : null;
            return new EchoEvent.Failed(quoted, error with { Destination = error.Destination is { } to ? to with { Port = 0 } : null });
        }

        if (!EchoMessage.IsReply(_version, message)) return null;
        return new EchoEvent.Reply(
            received.From.Address, EchoMessage.Sequence(message), received.HopLimit, received.Length - EchoMessage.HeaderLength, received.Timestamp)
        {
            Data = message[EchoMessage.HeaderLength..].ToArray(),
        };
    }
}
