using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Internet;

/// <summary>Opens the kind of echo socket that the system allows: ICMP datagram, then raw.</summary>
internal static class EchoSockets
{
    private const string Remedy =
        "As root: sysctl -w net.ipv4.ping_group_range=\"0 2147483647\" (it governs IPv6 too), or give the program CAP_NET_RAW: setcap cap_net_raw+ep FILE.";

    // A megabyte holds some 1,300 small replies: what comes between two readings of a sweep. The system may grant less.
    private const int ReceiveRoom = 1 << 20;

    /// <summary>Asks for room for many replies; what the system grants is enough for few.</summary>
    public static void SetRoom(NativeSocket socket)
    {
        if (socket.SetOption(SOL_SOCKET, SO_RCVBUFFORCE, ReceiveRoom) < 0) _ = socket.SetOption(SOL_SOCKET, SO_RCVBUF, ReceiveRoom);
    }

    /// <summary>Returns 0 or a negative errno.</summary>
    public static int BindToInterface(NativeSocket socket, string name) => socket.SetOption(SOL_SOCKET, SO_BINDTODEVICE, System.Text.Encoding.UTF8.GetBytes(name));

    /// <summary>The destinations of a batch.</summary>
    public static IpEndpoint[] Destinations(ReadOnlySpan<EchoRequest> requests, IpVersion version)
    {
        var destinations = new IpEndpoint[requests.Length];
        for (var i = 0; i < requests.Length; i++)
        {
            var destination = requests[i].Destination;
            if (destination.Version != version) throw new ArgumentException($"{destination} is not of the socket's version.", nameof(requests));
            destinations[i] = new IpEndpoint(destination, 0);
        }

        return destinations;
    }

    public static HostResult<IEchoSocket> Open(EchoOptions options, ArrivalClock clock, HostRandom random)
    {
        var name = options.Version == IpVersion.V6 ? "ICMPv6" : "ICMP";
        if (options.Source is { } source && source.Version != options.Version) throw new ArgumentException($"{source} is not of the socket's version.", nameof(options));
        var family = SocketAddress.Family(options.Version);
        var protocol = options.Version == IpVersion.V6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP;

        var socket = NativeSocket.Open(family, SOCK_DGRAM, protocol, out var datagramError);
        if (socket is not null) return PingSocket.Open(socket, options, clock);

        // EACCES and EPERM: the group is not in the range. A kernel without ping sockets: EPROTONOSUPPORT.
        var mayBeRaw = datagramError is Errno.AccessDenied or Errno.NotPermitted or Errno.ProtocolNotSupported;
        if (!mayBeRaw) return Refusals.FromErrno($"An {name} socket cannot be opened", datagramError);
        socket = NativeSocket.Open(family, SOCK_RAW, protocol, out var rawError);
        if (socket is not null) return RawEchoSocket.Open(socket, options, clock, random);
        return rawError is Errno.AccessDenied or Errno.NotPermitted
            ? new HostRefusal(
                HostRefusalKind.NotPermitted,
                $"{name} echo is not permitted: this process is outside net.ipv4.ping_group_range and has no CAP_NET_RAW.",
                Remedy)
            : Refusals.FromErrno($"An {name} socket cannot be opened", rawError);
    }
}
