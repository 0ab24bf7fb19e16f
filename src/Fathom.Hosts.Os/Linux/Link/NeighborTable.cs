using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Os.Linux.Netlink;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>The neighbor cache: RTM_GETNEIGH (rtnetlink(7)).</summary>
internal static class NeighborTable
{
    // struct ndmsg { u8 family; u8 pad; u16 pad; i32 index; u16 state; u8 flags; u8 type; }
    private const int HeaderLength = 12;
    private const ushort RTM_NEWNEIGH = 28;
    private const ushort RTM_GETNEIGH = 30;
    private const ushort NDA_DST = 1;
    private const ushort NDA_LLADDR = 2;
    private const byte NTF_PROXY = 0x08;
    private const byte NTF_ROUTER = 0x80;

    /// <summary>Reads the cache of both versions.</summary>
    public static HostResult<IReadOnlyList<HostNeighbor>> Read()
    {
        var neighbors = new List<HostNeighbor>();
        var request = new NetlinkRequest(RTM_GETNEIGH, NetlinkRequest.Dump, stackalloc byte[HeaderLength]);
        var error = NetlinkQuery.Ask(request, neighbors.Clear, (type, body) =>
        {
            if (type == RTM_NEWNEIGH && ReadMessage(body) is { } neighbor) neighbors.Add(neighbor);
        });
        if (error != 0) return Refusals.FromErrno("The neighbor cache cannot be listed", error);
        return neighbors;
    }

    /// <summary>The entry, or null where the message is not about an IPv4 or IPv6 neighbor.</summary>
    internal static HostNeighbor? ReadMessage(ReadOnlySpan<byte> body)
    {
        if (body.Length < HeaderLength || body[0] is not (AF_INET or AF_INET6)) return null;
        var index = HostOrder.ReadInt32(body, 4);
        var state = StateOf(HostOrder.ReadUInt16(body, 8));
        var flags = body[10];
        if ((flags & NTF_PROXY) != 0) return null; // an address that we answer for, not a neighbor
        IpAddress? address = null;
        MacAddress? mac = null;
        var attributes = new NetlinkAttributes(body[HeaderLength..]);
        while (attributes.MoveNext())
        {
            switch (attributes.Type)
            {
                case NDA_DST when attributes.Data.Length is 4 or 16:
                    address = SocketAddress.Scoped(IpAddress.FromBytes(attributes.Data), (uint)index);
                    break;
                case NDA_LLADDR when attributes.Data.Length == MacAddress.Length:
                    mac = MacAddress.FromBytes(attributes.Data);
                    break;
            }
        }

        if (address is not { } value) return null;
        // The kernel keeps octets of an address that it no longer, or not yet, believes in.
        if (state is NeighborState.Incomplete or NeighborState.Failed) mac = null;
        return new HostNeighbor(value, index, state, mac, (flags & NTF_ROUTER) != 0);
    }

    // NUD_* of linux/neighbour.h: one bit each.
    private static NeighborState StateOf(ushort state) => state switch
    {
        0x01 => NeighborState.Incomplete,
        0x02 => NeighborState.Reachable,
        0x04 => NeighborState.Stale,
        0x08 => NeighborState.Delay,
        0x10 => NeighborState.Probe,
        0x20 => NeighborState.Failed,
        0x40 => NeighborState.NoArp,
        0x80 => NeighborState.Permanent,
        _ => NeighborState.Unknown,
    };
}
