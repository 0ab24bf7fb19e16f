using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Internet;

/// <summary>
/// A datagram socket with its error queue, for UDP and for ICMP echo. Each call to the kernel is made under one lock,
/// so that the error of an earlier datagram, which the kernel reports with whatever call comes next, is told from a call's own.
/// </summary>
internal sealed class DatagramChannel : IDisposable
{
    // Each failed attempt empties the error queue; a new error must arrive within microseconds to fail the next one.
    private const int SendAttempts = 64;

    // Errors that nobody reads: the oldest go, as they would from the kernel's full queue.
    private const int PendingLimit = 4096;

    private readonly Lock _gate = new();
    private readonly NativeSocket _socket;
    private readonly ErrorQueue _errorQueue;
    private readonly PacketOptionState _options;
    private readonly ArrivalClock _clock;
    private readonly Queue<NetworkError> _pending = new();

    private DatagramChannel(NativeSocket socket, IpVersion version, ArrivalClock clock)
    {
        _socket = socket;
        _clock = clock;
        _errorQueue = new ErrorQueue(socket, clock);
        _options = new PacketOptionState(socket, version);
    }

    /// <summary>Switches on what both kinds of socket need. The channel owns the socket.</summary>
    /// <param name="socket">The socket, not yet bound.</param>
    /// <param name="version">Its IP version.</param>
    /// <param name="clock">The host's clock.</param>
    /// <param name="error">A negative errno where null is returned; the socket is closed then.</param>
    public static DatagramChannel? Create(NativeSocket socket, IpVersion version, ArrivalClock clock, out int error)
    {
        error = ErrorQueue.Enable(socket, version);
        if (error == 0 && version == IpVersion.V6) error = socket.SetOption(IPPROTO_IPV6, IPV6_V6ONLY, 1);
        if (error != 0)
        {
            socket.Dispose();
            return null;
        }

        // A sandbox that imitates Linux may lack these two: then the hop limit is unknown, and packets are as old as their reading.
        _ = version == IpVersion.V6 ? socket.SetOption(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1) : socket.SetOption(IPPROTO_IP, IP_RECVTTL, 1);
        _ = socket.SetOption(SOL_SOCKET, SO_TIMESTAMPNS, 1);
        return new DatagramChannel(socket, version, clock);
    }

    public NativeSocket Socket => _socket;

    /// <summary>Sends one datagram. Null when the kernel took it; else the local error of this one.</summary>
    /// <param name="bytes">The datagram.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="isConnected">The socket is connected to the destination, and the call must not name it.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the wait for room.</param>
    public async ValueTask<NetworkError?> SendAsync(
        ReadOnlyMemory<byte> bytes, IpEndpoint destination, bool isConnected, PacketOptions options, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var previous = 0;
        for (var attempt = 0; ; attempt++)
        {
            int error;
            NetworkError? own;
            bool others;
            lock (_gate)
            {
                var result = _options.Apply(destination.Address, options);
                if (result == 0) result = isConnected ? _socket.Send(bytes.Span) : _socket.SendTo(bytes.Span, destination);
                if (result >= 0) return null;
                error = -result;
                others = TakeOthers(error, destination, out own);
            }

            if (others) _socket.WakeReader();
            if (own is not null) return own;
            if (error == Errno.Again)
            {
                await _socket.WaitWritableAsync(cancellation);
                previous = 0;
                continue;
            }

            // The queue entry comes a moment before the socket's error is set, so a reader can have emptied the queue while
            // the error was still to come. What fails twice in a row with an empty queue fails by itself.
            var isStale = Errno.IsMadeFromIcmp(error) && (others || previous != error);
            if (!isStale || attempt >= SendAttempts) return LocalError(error, destination);
            previous = others ? 0 : error;
        }
    }

    /// <summary>Sends datagrams of one length, as many by one call as the kernel takes. Returns how many were taken, and what refused the next.</summary>
    /// <param name="packets">The datagrams, one behind the other.</param>
    /// <param name="length">Octets of each.</param>
    /// <param name="destinations">Where to, one for each.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the wait for room.</param>
    public async ValueTask<EchoSendResult> SendManyAsync(
        ReadOnlyMemory<byte> packets, int length, ReadOnlyMemory<IpEndpoint> destinations, PacketOptions options, CancellationToken cancellation)
    {
        var names = DestinationNames.Write(destinations.Span, out var nameLength);
        for (var sent = 0; sent < destinations.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            int taken;
            lock (_gate)
            {
                taken = _options.Apply(destinations.Span[sent].Address, options);
                if (taken == 0) taken = _socket.SendMany(packets.Span[(sent * length)..], length, names.AsSpan(sent * SocketAddress.MaximumLength), nameLength);
            }

            if (taken > 0)
            {
                sent += taken;
                continue;
            }

            // An earlier datagram's error, no room, or this one's own: the single way tells them apart.
            if (await SendAsync(packets.Slice(sent * length, length), destinations.Span[sent], false, options, cancellation) is { } error) return new EchoSendResult(sent, error);
            sent++;
        }

        return new EchoSendResult(destinations.Length, null);
    }

    /// <summary>Takes what is there, errors first. Returns how many events; 0 where nothing is.</summary>
    /// <param name="batch">Takes the datagrams; the event of the n-th datagram tells its number in <see cref="ChannelEvent.Index"/>.</param>
    /// <param name="events">Takes the events.</param>
    public int TakeMany(MessageBatch batch, Span<ChannelEvent> events)
    {
        lock (_gate)
        {
            _errorQueue.Drain(_pending);
            var taken = 0;
            while (taken < events.Length && _pending.TryDequeue(out var error)) events[taken++] = new ChannelEvent { Error = error };
            if (events.Length - taken < MessageBatch.Capacity) return taken;
            var count = _socket.ReceiveMany(batch, MSG_TRUNC);
            for (var i = 0; i < count; i++)
            {
                ref var message = ref batch.Messages[i];
                events[taken++] = new ChannelEvent
                {
                    Index = i,
                    From = message.Name ?? default,
                    Length = batch.Lengths[i],
                    Truncated = (message.Flags & MSG_TRUNC) != 0,
                    HopLimit = message.HopLimit,
                    Timestamp = _clock.ToTicks(message.WallNanoseconds),
                };
            }

            return taken;
        }
    }

    /// <summary>Waits for a datagram or an error.</summary>
    /// <param name="buffer">Takes the datagram.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<ChannelEvent> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            lock (_gate)
            {
                _errorQueue.Drain(_pending);
                if (_pending.TryDequeue(out var error)) return new ChannelEvent { Error = error };
                var count = _socket.Receive(buffer.Span, MSG_TRUNC, out var message);
                if (count >= 0)
                {
                    return new ChannelEvent
                    {
                        From = message.Name ?? default,
                        Length = count,
                        Truncated = (message.Flags & MSG_TRUNC) != 0,
                        HopLimit = message.HopLimit,
                        Timestamp = _clock.ToTicks(message.WallNanoseconds),
                    };
                }

                // An ICMP error shows here too, and its entry is, or was, in the queue. Everything else is the host's own.
                if (count != -Errno.Again && !Errno.IsMadeFromIcmp(-count)) return new ChannelEvent { Error = LocalError(-count, null) };
                if (count != -Errno.Again) continue;
            }

            await _socket.WaitReadableAsync(cancellation);
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>An error of the host's own stack, now.</summary>
    public NetworkError LocalError(int error, IpEndpoint? destination)
        => new(NetworkErrorOrigin.Local, 0, 0, null, destination, null, error, _clock.Now, default);

    // Moves the queue to the pending errors, but for the kernel's own word about the datagram just refused.
    private bool TakeOthers(int error, IpEndpoint destination, out NetworkError? own)
    {
        own = null;
        var drained = new Queue<NetworkError>();
        _errorQueue.Drain(drained);
        var others = false;
        foreach (var entry in drained)
        {
            if (entry.Origin == NetworkErrorOrigin.Local && entry.SystemError == error && error == Errno.MessageSize && entry.Destination?.Address == destination.Address)
            {
                own = entry with { Destination = destination }; // the kernel leaves the port out
                continue;
            }

            if (_pending.Count >= PendingLimit) _pending.Dequeue();
            _pending.Enqueue(entry);
            others = true;
        }

        return others;
    }
}
