using System.Net.Sockets;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Portable;

/// <summary>UDP on the managed socket: without the source of ICMP errors, and without received hop limits.</summary>
internal sealed class PortableUdpSocket : IDatagramSocket
{
    private readonly SemaphoreSlim _sending = new(1);
    private readonly Socket _socket;
    private readonly IpVersion _version;
    private readonly IpEndpoint? _remote;
    private readonly TimeProvider _time;
    private readonly short _usualHopLimit;

    private PortableUdpSocket(Socket socket, DatagramOptions options, TimeProvider time)
    {
        _socket = socket;
        _version = options.Version;
        _remote = options.Remote;
        _time = time;
        _usualHopLimit = socket.Ttl;
    }

    public IpEndpoint Local => Convert.FromNet(_socket.LocalEndPoint);

    public static HostResult<IDatagramSocket> Open(DatagramOptions options, TimeProvider time)
    {
        if (options.Interface is not null) return new HostRefusal(HostRefusalKind.NotSupported, "A UDP socket of one interface is possible on Linux only.");
        Socket? socket = null;
        try
        {
            socket = new Socket(Convert.Family(options.Version), SocketType.Dgram, ProtocolType.Udp);
            if (options.Version == IpVersion.V6) socket.DualMode = false;
            socket.Bind(options.Local is { } local ? Convert.ToNet(local) : Convert.Any(options.Version));
            if (options.Remote is { } remote) socket.Connect(Convert.ToNet(remote));
            return new PortableUdpSocket(socket, options, time);
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            return SocketErrors.Refuse("A UDP socket cannot be opened", e);
        }
    }

    public async ValueTask<NetworkError?> SendAsync(ReadOnlyMemory<byte> payload, IpEndpoint? destination, PacketOptions options, CancellationToken cancellation)
    {
        if (_remote is null == destination is null) throw new ArgumentException("A destination is given with the socket or with the datagram.", nameof(destination));
        // The options are the socket's, so one datagram at a time.
        await _sending.WaitAsync(cancellation);
        try
        {
            _socket.Ttl = options.HopLimit ?? _usualHopLimit;
            if (_version == IpVersion.V4) _socket.DontFragment = options.DontFragment;
            if (destination is { } to) await _socket.SendToAsync(payload, SocketFlags.None, Convert.ToNet(to), cancellation);
            else await _socket.SendAsync(payload, SocketFlags.None, cancellation);
            return null;
        }
        catch (SocketException e)
        {
            return SocketErrors.Local(e.SocketErrorCode, destination ?? _remote, _time);
        }
        finally
        {
            _sending.Release();
        }
    }

    public async ValueTask<DatagramEvent> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, Convert.Any(_version), cancellation);
            return new DatagramEvent.Received(Convert.FromNet(received.RemoteEndPoint), received.ReceivedBytes, false, null, _time.GetTimestamp());
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.MessageSize)
        {
            return new DatagramEvent.Received(_remote ?? default, buffer.Length, true, null, _time.GetTimestamp());
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionRefused)
        {
            // Both names stand for a port unreachable here: RFC 792, and RFC 4443 §3.1.
            var isV6 = _version == IpVersion.V6;
            var error = SocketErrors.Local(SocketError.ConnectionRefused, _remote, _time);
            return new DatagramEvent.Failed(error with
            {
                Origin = isV6 ? NetworkErrorOrigin.Icmpv6 : NetworkErrorOrigin.Icmp,
                Type = isV6 ? (byte)1 : (byte)3,
                Code = isV6 ? (byte)4 : (byte)3,
            });
        }
        catch (SocketException e)
        {
            return new DatagramEvent.Failed(SocketErrors.Local(e.SocketErrorCode, _remote, _time));
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _sending.Dispose();
        return default;
    }
}
