using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Os.Linux.Netlink;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>The interfaces with their addresses: RTM_GETLINK and RTM_GETADDR (rtnetlink(7)).</summary>
internal static class InterfaceTable
{
    private const ushort RTM_NEWLINK = 16;
    private const ushort RTM_GETLINK = 18;
    private const ushort RTM_NEWADDR = 20;
    private const ushort RTM_GETADDR = 22;

    /// <summary>Reads both tables, in the order of the interfaces' numbers.</summary>
    public static HostResult<IReadOnlyList<HostInterface>> Read()
    {
        var links = new List<HostInterface>();
        var request = new NetlinkRequest(RTM_GETLINK, NetlinkRequest.Dump, stackalloc byte[LinkMessage.HeaderLength]);
        var error = NetlinkQuery.Ask(request, links.Clear, (type, body) =>
        {
            if (type == RTM_NEWLINK && LinkMessage.Read(body) is { } link) links.Add(link);
        });
        if (error != 0) return Refusals.FromErrno("The interfaces cannot be listed", error);

        var addresses = new List<(int Index, InterfaceAddress Address)>();
        request = new NetlinkRequest(RTM_GETADDR, NetlinkRequest.Dump, stackalloc byte[AddressMessage.HeaderLength]);
        error = NetlinkQuery.Ask(request, addresses.Clear, (type, body) =>
        {
            if (type == RTM_NEWADDR && AddressMessage.Read(body, out var index) is { } address) addresses.Add((index, address));
        });
        if (error != 0) return Refusals.FromErrno("The addresses of the interfaces cannot be listed", error);

        var byIndex = addresses.ToLookup(entry => entry.Index, entry => entry.Address);
        return links.OrderBy(link => link.Index).Select(link => link with { Addresses = byIndex[link.Index].ToArray() }).ToArray();
    }

    /// <summary>The interface's name, or null if there is none by this number.</summary>
    public static unsafe string? NameOf(int index)
    {
        var name = stackalloc byte[16]; // IF_NAMESIZE
        return Libc.InterfaceName((uint)index, name) is null ? null : System.Runtime.InteropServices.Marshal.PtrToStringUTF8((nint)name);
    }
}
