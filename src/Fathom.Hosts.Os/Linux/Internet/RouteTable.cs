using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Os.Linux.Netlink;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Internet;

/// <summary>The routes of all tables: an RTM_GETROUTE dump per version.</summary>
internal static class RouteTable
{
    /// <summary>Reads the tables, IPv4 first, in the kernel's order.</summary>
    public static HostResult<IReadOnlyList<HostRoute>> Read()
    {
        var routes = new List<HostRoute>();
        foreach (byte family in (ReadOnlySpan<byte>)[AF_INET, AF_INET6])
        {
            var error = Read(family, routes);
            // A kernel without IPv6 answers for no table at all, which is an empty one.
            if (error != 0 && family == AF_INET) return Refusals.FromErrno("The routing table cannot be listed", error);
            if (error is not (0 or Errno.NotSupported or Errno.FamilyNotSupported))
            {
                return Refusals.FromErrno("The IPv6 routing table cannot be listed", error);
            }
        }

        return routes;
    }

    /// <summary>Appends the routes of one version. Returns 0 or an errno.</summary>
    public static int Read(byte family, List<HostRoute> routes)
    {
        Span<byte> header = stackalloc byte[RouteMessage.HeaderLength];
        header[0] = family;
        var before = routes.Count;
        return NetlinkQuery.Ask(
            new NetlinkRequest(RouteMessage.RTM_GETROUTE, NetlinkRequest.Dump, header),
            () => routes.RemoveRange(before, routes.Count - before),
            (type, body) =>
            {
                if (type == RouteMessage.RTM_NEWROUTE) RouteMessage.Read(body, routes, out _, keepCloned: false);
            });
    }
}
