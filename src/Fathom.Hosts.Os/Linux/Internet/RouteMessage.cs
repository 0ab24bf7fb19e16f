using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Os.Linux.Netlink;
using Fathom.Wire.Internet;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Internet;

/// <summary>
/// Reads RTM_NEWROUTE: struct rtmsg { u8 family, destinationLength, sourceLength, tos, table, protocol, scope, type; u32 flags; } and attributes.
/// A route over several next hops becomes one <see cref="HostRoute"/> each.
/// </summary>
internal static class RouteMessage
{
    public const int HeaderLength = 12;
    public const ushort RTM_NEWROUTE = 24;
    public const ushort RTM_DELROUTE = 25;
    public const ushort RTM_GETROUTE = 26;
    public const ushort RTA_DST = 1;
    public const ushort RTA_OIF = 4;
    public const ushort RTA_GATEWAY = 5;
    private const ushort RTA_PRIORITY = 6;
    public const ushort RTA_PREFSRC = 7;
    private const ushort RTA_METRICS = 8;
    private const ushort RTA_MULTIPATH = 9;
    private const ushort RTA_TABLE = 15;
    private const ushort RTA_VIA = 18;
    private const ushort RTAX_MTU = 2;
    private const uint RTNH_F_DEAD = 1;
    private const uint RTNH_F_LINKDOWN = 16;
    private const uint RTM_F_CLONED = 0x200; // an entry of a cache, not of the table
    private const int NextHopHeaderLength = 8; // struct rtnexthop { u16 length; u8 flags; u8 hops; i32 index; }
    private const int MaximumNextHops = 1024;

    // What an administrator sets (RTPROT_BOOT, as ip(8) does), in the table that everything looks into.
    private const byte RT_TABLE_MAIN = 254;
    private const byte RTPROT_BOOT = 3;
    private const byte RT_SCOPE_UNIVERSE = 0;
    private const byte RT_SCOPE_LINK = 253;
    private const byte RTN_UNICAST = 1;

    /// <summary>Writes the header of a request about a route of the main table.</summary>
    /// <param name="header">Where: <see cref="HeaderLength"/> octets.</param>
    /// <param name="family">AF_INET or AF_INET6.</param>
    /// <param name="prefixLength">Bits of the destination.</param>
    /// <param name="isOnLink">It has no gateway.</param>
    public static void WriteUnicast(Span<byte> header, int family, int prefixLength, bool isOnLink)
    {
        header[..HeaderLength].Clear();
        header[0] = (byte)family;
        header[1] = (byte)prefixLength;
        header[4] = RT_TABLE_MAIN;
        header[5] = RTPROT_BOOT;
        header[6] = isOnLink && family == AF_INET ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE; // IPv6 routes have no scope
        header[7] = RTN_UNICAST;
    }

    /// <summary>Appends the route's next hops.</summary>
    /// <param name="body">The message after its netlink header.</param>
    /// <param name="routes">Takes the routes.</param>
    /// <param name="mtu">The MTU among the route's metrics, or null.</param>
    /// <param name="keepCloned">Cached entries count too: an answer about one destination is one.</param>
    public static void Read(ReadOnlySpan<byte> body, List<HostRoute> routes, out int? mtu, bool keepCloned)
    {
        mtu = null;
        if (body.Length < HeaderLength || body[0] is not (AF_INET or AF_INET6)) return;
        var isV6 = body[0] == AF_INET6;
        var prefixLength = body[1];
        if (prefixLength > (isV6 ? 128 : 32)) return;
        var flags = HostOrder.ReadUInt32(body, 8);
        if (!keepCloned && (flags & RTM_F_CLONED) != 0) return;

        var kind = KindOf(body[7]);
        int table = body[4];
        var destination = isV6 ? IpAddress.AnyV6 : IpAddress.AnyV4;
        IpAddress? gateway = null, source = null;
        int? index = null;
        long metric = 0;
        ReadOnlySpan<byte> multipath = default;
        var attributes = new NetlinkAttributes(body[HeaderLength..]);
        while (attributes.MoveNext())
        {
            var data = attributes.Data;
            switch (attributes.Type)
            {
                case RTA_DST when data.Length == destination.Length:
                    destination = IpAddress.FromBytes(data);
                    break;
                case RTA_OIF when data.Length >= 4:
                    index = HostOrder.ReadInt32(data, 0);
                    break;
                case RTA_GATEWAY or RTA_VIA:
                    gateway = ReadGateway(attributes.Type, data);
                    break;
                case RTA_PRIORITY:
                    metric = attributes.UInt32;
                    break;
                case RTA_PREFSRC when data.Length is 4 or 16:
                    source = IpAddress.FromBytes(data);
                    break;
                case RTA_METRICS:
                    mtu = ReadMtu(data);
                    break;
                case RTA_MULTIPATH:
                    multipath = data;
                    break;
                case RTA_TABLE:
                    table = (int)Math.Min(attributes.UInt32, int.MaxValue);
                    break;
            }
        }

        var prefix = new IpPrefix(destination, prefixLength);
        if (!multipath.IsEmpty)
        {
            ReadMultipath(multipath, new HostRoute(prefix, kind, null, null, source, metric, table), routes);
            return;
        }

        var zone = (uint)(index ?? 0);
        routes.Add(new HostRoute(prefix, kind, Scoped(gateway, zone), index, Scoped(source, zone), metric, table, IsDown(flags)));
    }

    private static void ReadMultipath(ReadOnlySpan<byte> bytes, HostRoute route, List<HostRoute> routes)
    {
        for (var hops = 0; hops < MaximumNextHops && bytes.Length >= NextHopHeaderLength; hops++)
        {
            var length = HostOrder.ReadUInt16(bytes, 0);
            if (length < NextHopHeaderLength || length > bytes.Length) return;
            var index = HostOrder.ReadInt32(bytes, 4);
            IpAddress? gateway = null;
            var attributes = new NetlinkAttributes(bytes[NextHopHeaderLength..length]);
            while (attributes.MoveNext())
            {
                if (attributes.Type is RTA_GATEWAY or RTA_VIA) gateway = ReadGateway(attributes.Type, attributes.Data);
            }

            routes.Add(route with
            {
                Gateway = Scoped(gateway, (uint)index),
                Source = Scoped(route.Source, (uint)index),
                InterfaceIndex = index,
                IsLinkDown = IsDown(bytes[2]),
            });
            var aligned = (length + 3) & ~3;
            bytes = aligned >= bytes.Length ? default : bytes[aligned..];
        }
    }

    private static bool IsDown(uint flags) => (flags & (RTNH_F_DEAD | RTNH_F_LINKDOWN)) != 0;

    private static IpAddress? Scoped(IpAddress? address, uint index) => address is { } value ? SocketAddress.Scoped(value, index) : null;

    // RTA_VIA is a gateway of the other version: u16 family and the address (RFC 5549's use).
    private static IpAddress? ReadGateway(ushort type, ReadOnlySpan<byte> data)
    {
        if (type == RTA_VIA) data = data.Length > 2 ? data[2..] : default;
        return data.Length is 4 or 16 ? IpAddress.FromBytes(data) : null;
    }

    private static int? ReadMtu(ReadOnlySpan<byte> data)
    {
        var metrics = new NetlinkAttributes(data);
        while (metrics.MoveNext())
        {
            if (metrics.Type == RTAX_MTU && metrics.UInt32 is > 0 and <= int.MaxValue) return (int)metrics.UInt32;
        }

        return null;
    }

    // RTN_* of linux/rtnetlink.h.
    private static RouteKind KindOf(byte type) => type switch
    {
        1 => RouteKind.Unicast,
        2 => RouteKind.Local,
        3 => RouteKind.Broadcast,
        4 or 5 => RouteKind.Multicast, // anycast, multicast
        6 => RouteKind.Blackhole,
        7 => RouteKind.Unreachable,
        8 => RouteKind.Prohibit,
        _ => RouteKind.Unknown, // throw, NAT, external resolver
    };
}
