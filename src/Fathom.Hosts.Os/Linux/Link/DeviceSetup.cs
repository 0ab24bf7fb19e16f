using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Os.Linux.Netlink;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>Sets the kernel's end of a device up: MTU, addresses, up (rtnetlink(7)).</summary>
internal static class DeviceSetup
{
    private const ushort RTM_NEWLINK = 16;
    private const ushort RTM_NEWADDR = 20;
    private const ushort NLM_F_ACK = 0x4;
    private const ushort NLM_F_REPLACE = 0x100;
    private const ushort NLM_F_CREATE = 0x400;
    private const uint IFF_UP = 1;
    private const ushort IFLA_MTU = 4;
    private const ushort IFA_ADDRESS = 1;
    private const ushort IFA_LOCAL = 2;
    private const byte IFA_F_NODAD = 0x02;

    // struct ifinfomsg { u8 family; u8 pad; u16 type; i32 index; u32 flags; u32 change; }
    private const int LinkHeaderLength = 16;

    /// <summary>Does it all, or says what failed.</summary>
    /// <param name="name">The device.</param>
    /// <param name="mtu">Its MTU, in octets.</param>
    /// <param name="addresses">The kernel's addresses on it.</param>
    public static HostRefusal? Apply(string name, int mtu, IReadOnlyList<InterfaceAddress> addresses)
    {
        var index = (int)Libc.InterfaceIndex(name);
        if (index == 0) return new HostRefusal(HostRefusalKind.Failed, $"There is no device '{name}'.");
        Span<byte> link = stackalloc byte[LinkHeaderLength];
        link.Clear();
        HostOrder.WriteInt32(link, 4, index);
        HostOrder.WriteUInt32(link, 8, IFF_UP);
        HostOrder.WriteUInt32(link, 12, IFF_UP);
        var request = new NetlinkRequest(RTM_NEWLINK, NLM_F_ACK, link);
        request.Add(IFLA_MTU, (uint)mtu);
        if (Send(request) is not 0 and var refused) return Refusals.FromErrno($"The device '{name}' cannot be brought up with MTU {mtu}", refused);
        Span<byte> data = stackalloc byte[16];
        Span<byte> header = stackalloc byte[AddressMessage.HeaderLength];
        foreach (var address in addresses)
        {
            var octets = data[..address.Address.Length];
            address.Address.WriteTo(octets);
            header.Clear();
            header[0] = (byte)SocketAddress.Family(address.Address.Version);
            header[1] = (byte)address.PrefixLength;

            // Nobody else is on the device who could have the address; waiting for a second would only make the host silent so long.
            header[2] = address.Address.IsV6 ? IFA_F_NODAD : (byte)0;
            HostOrder.WriteInt32(header, 4, index);
            request = new NetlinkRequest(RTM_NEWADDR, NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE, header);
            request.Add(IFA_LOCAL, octets);
            request.Add(IFA_ADDRESS, octets);
            if (Send(request) is not 0 and var error) return Refusals.FromErrno($"The device '{name}' cannot be given {address.Address}/{address.PrefixLength}", error);
        }

        return null;
    }

    private static int Send(NetlinkRequest request) => NetlinkQuery.Ask(request, static () => { }, static (_, _) => { });
}
