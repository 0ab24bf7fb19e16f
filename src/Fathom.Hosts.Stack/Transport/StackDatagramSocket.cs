using Fathom.Hosts.Internet;
using Fathom.Hosts.Stack.Internet;
using Fathom.Hosts.Transport;
using Fathom.Stack.Sockets;
using Fathom.Stack.Transport;
using Fathom.Wire.Application;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Stack.Transport;

/// <summary>A UDP socket of the stack.</summary>
internal sealed class StackDatagramSocket : IDatagramSocket, ISocketOwner
{
    private readonly StackHost _host;
    private readonly UdpSocket _socket;
    private readonly IpEndpoint? _remote;
    private readonly Wait<DatagramEvent> _receiving;
    private readonly SendRoom _sending;
    private Memory<byte> _destination;
    private bool _isClosed;

    private StackDatagramSocket(StackHost host, UdpSocket socket, IpEndpoint? remote)
    {
        _host = host;
        _socket = socket;
        _remote = remote;
        _receiving = new Wait<DatagramEvent>(host.Driver);
        _sending = new SendRoom(host.Driver, socket, this);
        socket.Owner = this;
    }

    public IpEndpoint Local => _socket.Local;

    /// <summary>Opens one. Called with the gate held.</summary>
    public static HostResult<IDatagramSocket> Open(StackHost host, DatagramOptions options)
    {
        var any = IpAddress.Any(options.Version);
        if (options.Local is { } own) RequireVersion(own.Address, options.Version);
        if (options.Remote is { } peer) RequireVersion(peer.Address, options.Version);
        var local = options.Local ?? new IpEndpoint(any, 0);
        var boundTo = options.Interface is null ? null : host.Stack.Interfaces.FirstOrDefault(i => i.Name == options.Interface);
        if (options.Interface is { } name && boundTo is null) return new HostRefusal(HostRefusalKind.Failed, $"There is no interface {TextSanitizer.Escape(name)}.");
        if (!host.Stack.Udp.TryOpen(local, boundTo, out var socket, out var refusal)) return RefusalOf(refusal, local);

        // That there is no route now is an answer for each datagram, not a reason to have no socket.
        if (options.Remote is { } remote && socket.Connect(remote) is UdpRefusal.AddressInUse or UdpRefusal.NotLocal)
        {
            socket.Close();
            return new HostRefusal(HostRefusalKind.AddressInUse, $"A UDP socket cannot be connected from {local} to {remote}: another one has these ends.");
        }

        return new StackDatagramSocket(host, socket, options.Remote);
    }

    public ValueTask<NetworkError?> SendAsync(ReadOnlyMemory<byte> payload, IpEndpoint? destination, PacketOptions options, CancellationToken cancellation)
    {
        if (_remote is null == destination is null) throw new ArgumentException("A destination is given with the socket or with the datagram.", nameof(destination));
        var to = destination ?? _remote!.Value;
        lock (_host.Driver.Gate) RequireVersion(to.Address, _socket.Local.Address.Version);
        if (cancellation.IsCancellationRequested) return ValueTask.FromCanceled<NetworkError?>(cancellation);
        return TrySend(payload.Span, to, options, out var error) ? new ValueTask<NetworkError?>(error) : WaitAndSendAsync(payload, to, options, cancellation);
    }

    public ValueTask<DatagramEvent> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return ValueTask.FromCanceled<DatagramEvent>(cancellation);
        lock (_host.Driver.Gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _receiving.ThrowIfBusy();
            if (TryReceive(buffer.Span) is { } received) return new ValueTask<DatagramEvent>(received);
            _destination = buffer;
            return _receiving.Begin(cancellation);
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_host.Driver.Gate)
        {
            if (_isClosed) return default;
            _isClosed = true;
            _socket.Owner = null;
            _socket.Close();
            var closed = new ObjectDisposedException(nameof(StackDatagramSocket));
            _receiving.Fail(closed);
            _sending.Close(closed);
            _host.Driver.Wake();
            return default;
        }
    }

    public void OnReady()
    {
        if (_receiving.IsOpen && TryReceive(_destination.Span) is { } received)
        {
            _destination = default;
            _receiving.Complete(received);
        }

        _sending.OnReady();
    }

    // False where there is no room now.
    private bool TrySend(ReadOnlySpan<byte> payload, IpEndpoint to, PacketOptions options, out NetworkError? error)
    {
        lock (_host.Driver.Gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_remote is not null && _socket.Remote is null) _ = _socket.Connect(to);
            var result = _socket.Send(payload, _socket.Remote is null ? to : null, SendResults.OptionsOf(options));
            error = SendResults.ErrorOf(result, to, _host.Time.GetTimestamp());
            _host.Driver.Wake();
            return result != DatagramSendResult.WouldBlock;
        }
    }

    private ValueTask<NetworkError?> WaitAndSendAsync(ReadOnlyMemory<byte> payload, IpEndpoint to, PacketOptions options, CancellationToken cancellation)
        => _sending.SendAsync((out NetworkError? error) => TrySend(payload.Span, to, options, out error), cancellation);

    private DatagramEvent? TryReceive(Span<byte> destination)
    {
        while (_socket.TryReceive(destination, out var received))
        {
            var timestamp = StackTime.ToTimestamp(_host.Time, received.At);
            if (received.Error is { } error)
            {
                var quoted = destination[..Math.Min(destination.Length, received.Length)].ToArray();
                return new DatagramEvent.Failed(StackHost.ErrorOf(error, received.Peer, timestamp, received.HopLimit, quoted));
            }

            // Before the socket could be connected it took datagrams from anyone.
            if (_remote is { } remote && received.Peer != remote) continue;
            return new DatagramEvent.Received(received.Peer, received.Length, received.Length > destination.Length, received.HopLimit, timestamp);
        }

        return null;
    }

    private static HostRefusal RefusalOf(UdpRefusal refusal, IpEndpoint local) => refusal switch
    {
        UdpRefusal.AddressInUse => new HostRefusal(HostRefusalKind.AddressInUse, $"A UDP socket cannot be bound to {local}: another socket has the address and port."),
        UdpRefusal.NotLocal => new HostRefusal(HostRefusalKind.Failed, $"A UDP socket cannot be bound to {local}: the address is none of this host's."),
        _ => new HostRefusal(HostRefusalKind.Failed, "A UDP socket cannot be opened: all ports that the host gives out are taken."),
    };

    private static void RequireVersion(IpAddress address, IpVersion version)
    {
        if (address.Version != version) throw new ArgumentException($"{address} is not of the socket's version.");
    }
}
