using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Os.Linux.Netlink;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Transport;

/// <summary>The TCP and UDP sockets of this network namespace: SOCK_DIAG_BY_FAMILY (sock_diag(7)).</summary>
internal static class SocketTable
{
    private const ushort SOCK_DIAG_BY_FAMILY = 20;

    // struct inet_diag_req_v2 { u8 family; u8 protocol; u8 extensions; u8 pad; u32 states; struct inet_diag_sockid id (48 octets); }
    private const int RequestLength = 56;
    private const uint AllStates = 0xFFFF_FFFF;
    private const int IPPROTO_UDP = 17;

    /// <summary>Reads all four tables, with the owners.</summary>
    public static HostResult<IReadOnlyList<HostSocket>> Read()
    {
        var sockets = new List<SocketMessage>();
        foreach (var protocol in (ReadOnlySpan<int>)[IPPROTO_TCP, IPPROTO_UDP])
        {
            foreach (var family in (ReadOnlySpan<int>)[AF_INET, AF_INET6])
            {
                var error = Dump(family, protocol, sockets);
                if (error != 0) return Refusals.FromErrno("The sockets cannot be listed", error);
            }
        }

        var owners = SocketOwners.Find(sockets.Where(static s => s.Inode != 0).Select(static s => s.Inode).ToHashSet());
        return sockets.ConvertAll(s => s.Socket with { Owners = OwnersOf(s.Inode, owners) });
    }

    private static int Dump(int family, int protocol, List<SocketMessage> sockets)
    {
        Span<byte> header = stackalloc byte[RequestLength];
        header.Clear();
        header[0] = (byte)family;
        header[1] = (byte)protocol;
        HostOrder.WriteUInt32(header, 4, AllStates);
        var before = sockets.Count;
        return NetlinkQuery.AskForSockets(
            new NetlinkRequest(SOCK_DIAG_BY_FAMILY, NetlinkRequest.Dump, header),
            () => sockets.RemoveRange(before, sockets.Count - before),
            (type, body) =>
            {
                if (type == SOCK_DIAG_BY_FAMILY && SocketMessage.Read(body, (IpProtocol)protocol) is { } socket) sockets.Add(socket);
            });
    }

    // No inode: no program has it open any more, and the kernel finishes the connection.
    private static IReadOnlyList<SocketOwner>? OwnersOf(uint inode, IReadOnlyDictionary<uint, List<SocketOwner>> owners)
        => inode == 0 ? [] : owners.TryGetValue(inode, out var found) ? found : null;
}
