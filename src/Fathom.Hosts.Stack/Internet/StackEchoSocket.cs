using Fathom.Hosts.Internet;
using Fathom.Stack.Internet;
using Fathom.Stack.Sockets;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Stack.Internet;

/// <summary>An echo socket of the stack.</summary>
internal sealed class StackEchoSocket : IEchoSocket, ISocketOwner
{
    private readonly StackHost _host;
    private readonly EchoSocket _socket;
    private readonly Wait<EchoEvent> _receiving;
    private readonly SendRoom _sending;

    // The longest echo there is; what a reply carried is copied out of it.
    private readonly byte[] _data = new byte[ushort.MaxValue];
    private bool _isClosed;

    private StackEchoSocket(StackHost host, EchoSocket socket)
    {
        _host = host;
        _socket = socket;
        _receiving = new Wait<EchoEvent>(host.Driver);
        _sending = new SendRoom(host.Driver, socket, this);
        socket.Owner = this;
    }

    public EchoMethod Method => EchoMethod.Stack;

    public ushort Identifier => _socket.Identifier;

    /// <summary>Opens one. Called with the gate held.</summary>
    public static HostResult<IEchoSocket> Open(StackHost host, EchoOptions options)
    {
        if (options.Source is { } source && source.Version != options.Version) throw new ArgumentException($"{source} is not of the socket's version.");
        var from = options.Source;
        if (options.Interface is { } name)
        {
            // The stack goes by addresses: one of the interface's own keeps the replies there.
            var own = host.Stack.Addresses.Where(a => a.Interface.Name == name && a.Address.Version == options.Version).Select(static a => a.Address).ToList();
            if (own.Count == 0 || (from is { } wanted && !own.Contains(wanted)))
            {
                return new HostRefusal(HostRefusalKind.Failed, $"An echo socket cannot be opened on interface '{name}': it has no such address.");
            }

            from ??= own[0];
        }

        return host.Stack.Icmp.TryOpenEcho(options.Version, from, null, out var socket)
            ? new StackEchoSocket(host, socket)
            : new HostRefusal(HostRefusalKind.Failed, from is { } address ? $"An echo socket cannot be opened from {address}: it is none of this host's addresses." : "An echo socket cannot be opened: all identifiers are taken.");
    }

    public ValueTask<NetworkError?> SendAsync(IpAddress destination, ushort sequence, ReadOnlyMemory<byte> data, PacketOptions options, CancellationToken cancellation)
    {
        if (destination.Version != _socket.Version) throw new ArgumentException($"{destination} is not of the socket's version.", nameof(destination));
        if (cancellation.IsCancellationRequested) return ValueTask.FromCanceled<NetworkError?>(cancellation);
        return TrySend(destination, sequence, data.Span, options, out var error)
            ? new ValueTask<NetworkError?>(error)
            : WaitAndSendAsync(destination, sequence, data, options, cancellation);
    }

    public ValueTask<EchoEvent> ReceiveAsync(CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return ValueTask.FromCanceled<EchoEvent>(cancellation);
        lock (_host.Driver.Gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _receiving.ThrowIfBusy();
            return TryReceive() is { } received ? new ValueTask<EchoEvent>(received) : _receiving.Begin(cancellation);
        }
    }

    public async ValueTask<int> ReceiveManyAsync(Memory<EchoEvent> events, bool wait, CancellationToken cancellation)
    {
        var count = TakeMany(events.Span);
        if (count > 0 || !wait) return count;
        var first = await ReceiveAsync(cancellation);
        events.Span[0] = first;
        return 1 + TakeMany(events.Span[1..]);
    }

    public ValueTask DisposeAsync()
    {
        lock (_host.Driver.Gate)
        {
            if (_isClosed) return default;
            _isClosed = true;
            _socket.Owner = null;
            _socket.Close();
            var closed = new ObjectDisposedException(nameof(StackEchoSocket));
            _receiving.Fail(closed);
            _sending.Close(closed);
            return default;
        }
    }

    public void OnReady()
    {
        if (_receiving.IsOpen && TryReceive() is { } received) _receiving.Complete(received);
        _sending.OnReady();
    }

    private int TakeMany(Span<EchoEvent> events)
    {
        lock (_host.Driver.Gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            var count = 0;
            while (count < events.Length && TryReceive() is { } received) events[count++] = received;
            return count;
        }
    }

    // False where there is no room now.
    private bool TrySend(IpAddress destination, ushort sequence, ReadOnlySpan<byte> data, PacketOptions options, out NetworkError? error)
    {
        lock (_host.Driver.Gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            var result = _socket.Send(destination, sequence, data, SendResults.OptionsOf(options));
            error = SendResults.ErrorOf(result, new IpEndpoint(destination, 0), _host.Time.GetTimestamp());
            _host.Driver.Wake();
            return result != DatagramSendResult.WouldBlock;
        }
    }

    private ValueTask<NetworkError?> WaitAndSendAsync(IpAddress destination, ushort sequence, ReadOnlyMemory<byte> data, PacketOptions options, CancellationToken cancellation)
        => _sending.SendAsync((out NetworkError? error) => TrySend(destination, sequence, data.Span, options, out error), cancellation);

    private EchoEvent? TryReceive()
    {
        if (!_socket.TryReceive(_data, out var received)) return null;
        var data = _data.AsSpan(0, Math.Min(received.Length, _data.Length)).ToArray();
        var timestamp = StackTime.ToTimestamp(_host.Time, received.At);
        if (received.Error is { } error)
        {
            return new EchoEvent.Failed(received.SequenceNumber, StackHost.ErrorOf(error, new IpEndpoint(received.Peer, 0), timestamp, received.HopLimit, data));
        }

        return new EchoEvent.Reply(received.Peer, received.SequenceNumber, received.HopLimit, received.Length, timestamp) { Data = data };
    }
}
