using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Internet;

/// <summary>
/// Echo on a raw socket, which sees every ICMP message of the host: the identifier is ours, and replies and errors are matched to it here.
/// The error queue is not used: for raw sockets it has the errors of all of them.
/// </summary>
internal sealed class RawEchoSocket : IEchoSocket
{
    private const int ICMP_FILTER = 1; // of SOL_RAW
    private const int ICMPV6_FILTER = 1; // of IPPROTO_ICMPV6

    private readonly Lock _gate = new();
    private readonly NativeSocket _socket;
    private readonly IpVersion _version;
    private readonly ArrivalClock _clock;
    private readonly PacketOptionState _options;
    private readonly byte[] _buffer = new byte[65536]; // the largest IP packet
    private MessageBatch? _batch;

    private RawEchoSocket(NativeSocket socket, IpVersion version, ArrivalClock clock, ushort identifier)
    {
        _socket = socket;
        _version = version;
        _clock = clock;
        _options = new PacketOptionState(socket, version);
        Identifier = identifier;
    }

    public EchoMethod Method => EchoMethod.Raw;

    public ushort Identifier { get; }

    public static HostResult<IEchoSocket> Open(NativeSocket socket, EchoOptions options, ArrivalClock clock, HostRandom random)
    {
        var isV6 = options.Version == IpVersion.V6;
        var error = isV6 ? SetFilterV6(socket) : SetFilterV4(socket);
        if (error == 0 && isV6) error = socket.SetOption(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
        if (error == 0) error = socket.SetOption(SOL_SOCKET, SO_TIMESTAMPNS, 1);
        EchoSockets.SetRoom(socket);
        if (error == 0 && options.Interface is { } name && (error = EchoSockets.BindToInterface(socket, name)) < 0)
        {
            socket.Dispose();
            return Refusals.FromErrno($"{name} cannot be the interface", -error);
        }

        if (error == 0 && options.Source is { } source) error = socket.Bind(new IpEndpoint(source, 0));
        if (error == 0) return new RawEchoSocket(socket, options.Version, clock, random.NextUInt16());
        socket.Dispose();
        return Refusals.FromErrno(options.Source is { } own ? $"{own} cannot be the source address" : "A raw ICMP socket cannot be set up", -error);
    }

    public async ValueTask<NetworkError?> SendAsync(
        IpAddress destination, ushort sequence, ReadOnlyMemory<byte> data, PacketOptions options, CancellationToken cancellation)
    {
        if (destination.Version != _version) throw new ArgumentException($"{destination} is not of the socket's version.", nameof(destination));
        var request = EchoMessage.Request(_version, Identifier, sequence, data.Span);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            int error;
            lock (_gate)
            {
                var result = _options.Apply(destination, options);
                if (result == 0) result = _socket.SendTo(request, new IpEndpoint(destination, 0));
                if (result >= 0) return null;
                error = -result;
            }

            if (error != Errno.Again)
            {
                return new NetworkError(NetworkErrorOrigin.Local, 0, 0, null, new IpEndpoint(destination, 0), null, error, _clock.Now, default);
            }

            await _socket.WaitWritableAsync(cancellation);
        }
    }

    public async ValueTask<EchoEvent> ReceiveAsync(CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = _socket.Receive(_buffer, 0, out var message);
            if (count >= 0)
            {
                if (Read(_buffer.AsMemory(0, count), message) is { } matched) return matched;
            }
            else if (count == -Errno.Again)
            {
                await _socket.WaitReadableAsync(cancellation);
            }

            // Any other error is one that the kernel keeps for this socket, and it is gone once told.
        }
    }

    public async ValueTask<EchoSendResult> SendManyAsync(
        ReadOnlyMemory<EchoRequest> requests, ReadOnlyMemory<byte> data, PacketOptions options, CancellationToken cancellation)
    {
        var destinations = EchoSockets.Destinations(requests.Span, _version);
        var messages = EchoMessage.Requests(_version, Identifier, requests.Span, data.Span);
        var names = DestinationNames.Write(destinations, out var nameLength);
        var length = EchoMessage.HeaderLength + data.Length;
        for (var sent = 0; sent < requests.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            int taken;
            lock (_gate)
            {
                taken = _options.Apply(destinations[sent].Address, options);
                if (taken == 0) taken = _socket.SendMany(messages.AsSpan(sent * length), length, names.AsSpan(sent * SocketAddress.MaximumLength), nameLength);
            }

            if (taken > 0) sent += taken;
            else if (await SendAsync(requests.Span[sent].Destination, requests.Span[sent].Sequence, data, options, cancellation) is { } error) return new EchoSendResult(sent, error);
            else sent++;
        }

        return new EchoSendResult(requests.Length, null);
    }

    public async ValueTask<int> ReceiveManyAsync(Memory<EchoEvent> events, bool wait, CancellationToken cancellation)
    {
        _batch ??= new MessageBatch();
        while (events.Length >= MessageBatch.Capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            var taken = _socket.ReceiveMany(_batch, 0);
            var count = 0;
            for (var i = 0; i < taken; i++)
            {
                if (Read(_batch.Datagram(i), _batch.Messages[i]) is { } matched) events.Span[count++] = matched;
            }

            if (count > 0 || (!wait && taken <= 0)) return count;
            if (taken == -Errno.Again) await _socket.WaitReadableAsync(cancellation);
        }

        // Room for less than a batch: one at a time.
        if (!wait) return 0;
        var single = await ReceiveAsync(cancellation);
        events.Span[0] = single;
        return 1;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return default;
    }

    private EchoEvent? Read(ReadOnlyMemory<byte> received, ReceivedMessage message) => _version == IpVersion.V6
        ? RawEchoReader.ReadV6(received, message, Identifier, _clock.ToTicks(message.WallNanoseconds))
        : RawEchoReader.ReadV4(received, Identifier, _clock.ToTicks(message.WallNanoseconds));

    // struct icmp_filter { u32 data; }: a set bit blocks that type.
    private static int SetFilterV4(NativeSocket socket)
    {
        uint blocked = ~0u;
        foreach (var type in RawEchoReader.TypesV4) blocked &= ~(1u << type);
        return socket.SetOption(SOL_RAW, ICMP_FILTER, (int)blocked);
    }

    // struct icmp6_filter { u32 data[8]; } (RFC 3542 §3.2): Linux blocks where the bit is set.
    private static int SetFilterV6(NativeSocket socket)
    {
        Span<byte> filter = stackalloc byte[32];
        filter.Fill(0xFF);
        foreach (var type in RawEchoReader.TypesV6)
        {
            var word = type / 32 * 4;
            HostOrder.WriteUInt32(filter, word, HostOrder.ReadUInt32(filter, word) & ~(1u << (type % 32)));
        }

        return socket.SetOption(IPPROTO_ICMPV6, ICMPV6_FILTER, filter);
    }
}
