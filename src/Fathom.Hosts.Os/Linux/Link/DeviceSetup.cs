using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Linux.Internet;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Os.Linux.Netlink;
using Fathom.Wire.Internet;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>Sets the kernel's end of a device up: MTU, addresses, up, routes (rtnetlink(7)); and takes back what it has set.</summary>
internal sealed class DeviceSetup(string name)
{
    private const ushort RTM_NEWLINK = 16;
    private const ushort RTM_NEWADDR = 20;
    private const ushort RTM_DELADDR = 21;
    private const ushort NLM_F_ACK = 0x4;
    private const ushort NLM_F_REPLACE = 0x100;
    private const ushort NLM_F_EXCL = 0x200;
    private const ushort NLM_F_CREATE = 0x400;
    private const uint IFF_UP = 1;
    private const ushort IFLA_MTU = 4;
    private const ushort IFA_ADDRESS = 1;
    private const ushort IFA_LOCAL = 2;
    private const byte IFA_F_NODAD = 0x02;

    // struct ifinfomsg { u8 family; u8 pad; u16 type; i32 index; u32 flags; u32 change; }
    private const int LinkHeaderLength = 16;

    private readonly Stack<NetlinkRequest> _undo = new();

    /// <summary>Does it all, or says what failed.</summary>
    /// <param name="mtu">The device's MTU, in octets.</param>
    /// <param name="addresses">The kernel's addresses on it.</param>
    /// <param name="routes">The kernel's routes through it; none beside those of the addresses where it is empty.</param>
    public HostRefusal? Apply(int mtu, IReadOnlyList<InterfaceAddress> addresses, IReadOnlyList<(IpPrefix To, IpAddress? Via)> routes)
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
        foreach (var address in addresses)
        {
            var error = Send(AddressRequest(RTM_NEWADDR, NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE, address, index));
            if (error != 0) return Refusals.FromErrno($"The device '{name}' cannot be given {address.Address}/{address.PrefixLength}", error);
            _undo.Push(AddressRequest(RTM_DELADDR, NLM_F_ACK, address, index));
        }

        foreach (var (to, via) in routes)
        {
            // A device that was there may have addresses that the other end knows nothing of.
            var source = addresses.FirstOrDefault(a => a.Address.Version == to.Version)?.Address;
            // Another's route to the same place is not taken over: it may be what this machine lives on.
            var error = Send(RouteRequest(RouteMessage.RTM_NEWROUTE, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, to, via, source, index));
            if (error != 0) return Refusals.FromErrno($"The route to {to} cannot be set through '{name}'", error);
            _undo.Push(RouteRequest(RouteMessage.RTM_DELROUTE, NLM_F_ACK, to, via, source, index));
        }

        return null;
    }

    /// <summary>Takes addresses and routes back, the last first; what is gone already is as well.</summary>
    public void Undo()
    {
        while (_undo.TryPop(out var request)) Send(request);
    }

    private static NetlinkRequest AddressRequest(ushort type, ushort flags, InterfaceAddress address, int index)
    {
        Span<byte> header = stackalloc byte[AddressMessage.HeaderLength];
        header.Clear();
        header[0] = (byte)SocketAddress.Family(address.Address.Version);
        header[1] = (byte)address.PrefixLength;

        // Nobody else is on the device who could have the address; waiting for a second would only make the host silent so long.
        header[2] = address.Address.IsV6 ? IFA_F_NODAD : (byte)0;
        HostOrder.WriteInt32(header, 4, index);
        Span<byte> octets = stackalloc byte[address.Address.Length];
        address.Address.WriteTo(octets);
        var request = new NetlinkRequest(type, flags, header);
        request.Add(IFA_LOCAL, octets);
        request.Add(IFA_ADDRESS, octets);
        return request;
    }

    private static NetlinkRequest RouteRequest(ushort type, ushort flags, IpPrefix to, IpAddress? via, IpAddress? source, int index)
    {
        Span<byte> header = stackalloc byte[RouteMessage.HeaderLength];
        RouteMessage.WriteUnicast(header, SocketAddress.Family(to.Version), to.Length, isOnLink: via is null);
        Span<byte> octets = stackalloc byte[to.Address.Length];
        to.Address.WriteTo(octets);
        var request = new NetlinkRequest(type, flags, header);
        if (to.Length > 0) request.Add(RouteMessage.RTA_DST, octets);
        if (via is { } gateway)
        {
            gateway.WithZone(0).WriteTo(octets);
            request.Add(RouteMessage.RTA_GATEWAY, octets);
        }

        if (source is { } own)
        {
            own.WriteTo(octets);
            request.Add(RouteMessage.RTA_PREFSRC, octets);
        }

        request.Add(RouteMessage.RTA_OIF, (uint)index);
        return request;
    }

    private static int Send(NetlinkRequest request) => NetlinkQuery.Ask(request, static () => { }, static (_, _) => { });
}
