using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Linux.Internet;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Transport;

/// <summary>UDP on a socket with IP_RECVERR.</summary>
internal sealed class UdpSocket : IDatagramSocket
{
    private readonly DatagramChannel _channel;
    private readonly IpEndpoint? _remote;
    private bool _isConnected;

    private UdpSocket(DatagramChannel channel, IpEndpoint local, IpEndpoint? remote, bool isConnected)
    {
        _channel = channel;
        Local = local;
        _remote = remote;
        _isConnected = isConnected;
    }

    public IpEndpoint Local { get; private set; }

    public static HostResult<IDatagramSocket> Open(DatagramOptions options, ArrivalClock clock)
    {
        const string What = "A UDP socket cannot be opened";
        var any = IpAddress.Any(options.Version);
        if (options.Local is { } own) RequireVersion(own.Address, options.Version);
        if (options.Remote is { } peer) RequireVersion(peer.Address, options.Version);
        var socket = NativeSocket.Open(SocketAddress.Family(options.Version), SOCK_DGRAM, 0, out var error);
        if (socket is null) return Refusals.FromErrno(What, error);
        var channel = DatagramChannel.Create(socket, options.Version, clock, out error);
        if (channel is null) return Refusals.FromErrno(What, -error);

        // Broadcast addresses are destinations like any other here; without the option sending to one is EACCES.
        if (options.Version == IpVersion.V4) error = socket.SetOption(SOL_SOCKET, SO_BROADCAST, 1);
        if (error == 0 && options.Interface is { } name) error = EchoSockets.BindToInterface(socket, name);
        if (error == 0) error = socket.Bind(options.Local ?? new IpEndpoint(any, 0));
        if (error != 0)
        {
            channel.Dispose();
            return Refusals.FromErrno(options.Local is { } local ? $"A UDP socket cannot be bound to {local}" : What, -error);
        }

        // That there is no route now is an answer for each datagram, not a reason to have no socket.
        var isConnected = options.Remote is { } remote && socket.Connect(remote) == 0;
        return new UdpSocket(channel, socket.GetLocal() ?? new IpEndpoint(any, 0), options.Remote, isConnected);
    }

    public async ValueTask<NetworkError?> SendAsync(ReadOnlyMemory<byte> payload, IpEndpoint? destination, PacketOptions options, CancellationToken cancellation)
    {
        if (_remote is null == destination is null) throw new ArgumentException("A destination is given with the socket or with the datagram.", nameof(destination));
        var to = destination ?? _remote!.Value;
        RequireVersion(to.Address, Local.Address.Version);
        if (_remote is not null && !_isConnected)
        {
            var error = _channel.Socket.Connect(to);
            if (error != 0) return _channel.LocalError(-error, to);
            _isConnected = true;
            Local = _channel.Socket.GetLocal() ?? Local;
        }

        return await _channel.SendAsync(payload, to, _isConnected, options, cancellation);
    }

    public async ValueTask<DatagramEvent> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        while (true)
        {
            var received = await _channel.ReceiveAsync(buffer, cancellation);
            if (received.Error is { } error) return new DatagramEvent.Failed(error);
            // Before the socket could be connected it took datagrams from anyone.
            if (_remote is { } remote && received.From != remote) continue;
            return new DatagramEvent.Received(received.From, received.Length, received.Truncated, received.HopLimit, received.Timestamp);
        }
    }

    public ValueTask DisposeAsync()
    {
        _channel.Dispose();
        return default;
    }

    private static void RequireVersion(IpAddress address, IpVersion version)
    {
        if (address.Version != version) throw new ArgumentException($"{address} is not of the socket's version.");
    }
}
