using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Os.Linux.Netlink;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Internet;

/// <summary>Asks the kernel what it would do with a packet: RTM_GETROUTE for one destination. Nothing is sent.</summary>
internal static class RouteLookup
{
    private const uint RTM_F_LOOKUP_TABLE = 0x1000; // the table that decided, not always "main"
    private const uint RTM_F_FIB_MATCH = 0x2000; // the entry of the table instead of its result

    /// <summary>The decision for a destination; an IPv6 link-local one needs its zone.</summary>
    public static HostResult<RouteDecision> Find(IpAddress destination)
    {
        var error = Ask(destination, RTM_F_LOOKUP_TABLE, out var route, out var mtu);
        if (error != 0)
        {
            return KindOf(error) is { } kind
                ? new RouteDecision(destination, kind, kind == RouteKind.None ? null : FindPrefix(destination, kind), null, null, null, null)
                : Refusals.FromErrno($"The route to {destination} cannot be looked up", error);
        }

        if (route is null) return new HostRefusal(HostRefusalKind.Failed, $"The system's answer about the route to {destination} could not be read.");
        var decision = new RouteDecision(destination, route.Kind, null, route.Gateway, route.InterfaceIndex, route.Source, null);
        if (!decision.IsUsable)
        {
            // IPv6 answers with the route that refuses; its device is the loopback interface, which is an artifact.
            return decision with { Prefix = FindPrefix(destination, route.Kind), InterfaceIndex = null, Source = null, Gateway = null };
        }

        // Kernels before 4.13 (IPv4) and 4.18 (IPv6) ignore the flag and repeat the destination as a full-length prefix.
        if (Ask(destination, RTM_F_LOOKUP_TABLE | RTM_F_FIB_MATCH, out var match, out _) == 0 && match is not null && match.Destination.Contains(destination))
        {
            decision = decision with { Prefix = match.Destination };
        }

        return decision with { PathMtu = mtu ?? PathMtuOf(destination) };
    }

    /// <summary>True if the address is one of this host's own.</summary>
    public static bool IsOwn(IpAddress address)
        => Ask(address, RTM_F_LOOKUP_TABLE, out var route, out _) == 0 && route is { Kind: RouteKind.Local };

    private static int Ask(IpAddress destination, uint flags, out HostRoute? route, out int? mtu)
    {
        Span<byte> header = stackalloc byte[RouteMessage.HeaderLength];
        header[0] = (byte)SocketAddress.Family(destination.Version);
        header[1] = (byte)destination.BitLength;
        HostOrder.WriteUInt32(header, 8, flags);
        var request = new NetlinkRequest(RouteMessage.RTM_GETROUTE, 0, header);
        Span<byte> address = stackalloc byte[16];
        destination.WriteTo(address);
        request.Add(RouteMessage.RTA_DST, address[..destination.Length]);
        if (destination.Zone != 0) request.Add(RouteMessage.RTA_OIF, destination.Zone);

        var routes = new List<HostRoute>();
        int? metric = null;
        var error = NetlinkQuery.Ask(request, routes.Clear, (type, body) =>
        {
            if (type == RouteMessage.RTM_NEWROUTE) RouteMessage.Read(body, routes, out metric, keepCloned: true);
        });
        route = routes.Count > 0 ? routes[0] : null;
        mtu = metric;
        return error;
    }

    // fib_props in net/ipv4/fib_semantics.c: what a lookup returns for each kind of route, and for none.
    private static RouteKind? KindOf(int error) => error switch
    {
        Errno.NetworkUnreachable => RouteKind.None,
        Errno.HostUnreachable => RouteKind.Unreachable,
        Errno.AccessDenied => RouteKind.Prohibit,
        Errno.InvalidArgument => RouteKind.Blackhole,
        _ => null,
    };

    // The kernel does not tell which route refuses, so the table is searched for the longest prefix of that kind.
    private static IpPrefix? FindPrefix(IpAddress destination, RouteKind kind)
    {
        var routes = new List<HostRoute>();
        if (RouteTable.Read((byte)SocketAddress.Family(destination.Version), routes) != 0) return null;
        IpPrefix? best = null;
        foreach (var route in routes)
        {
            if (route.Kind == kind && route.Destination.Contains(destination) && !(best?.Length >= route.Destination.Length)) best = route.Destination;
        }

        return best;
    }

    // Without a learned or configured value the route's answer names none, and the device's counts, less what IPv6
    // routers advertise. A connected UDP socket knows the sum of it; connecting one sends nothing.
    private static int? PathMtuOf(IpAddress destination)
    {
        using var socket = NativeSocket.Open(SocketAddress.Family(destination.Version), SOCK_DGRAM, 0, out _);
        const ushort AnyPort = 9; // discard, RFC 863: never contacted
        if (socket is null) return null;
        if (destination.IsV4 && socket.SetOption(SOL_SOCKET, SO_BROADCAST, 1) < 0) return null;
        if (socket.Connect(new IpEndpoint(destination, AnyPort)) < 0) return null;
        var result = destination.IsV6
            ? socket.GetOption(IPPROTO_IPV6, IPV6_MTU, out var mtu)
            : socket.GetOption(IPPROTO_IP, IP_MTU, out mtu);
        return result == 0 && mtu > 0 ? mtu : null;
    }
}
