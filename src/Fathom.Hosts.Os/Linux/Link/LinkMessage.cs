using System.Text;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Os.Linux.Netlink;
using Fathom.Wire.Link;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>Reads RTM_NEWLINK: struct ifinfomsg { u8 family; u8 pad; u16 type; i32 index; u32 flags; u32 change; } and attributes.</summary>
internal static class LinkMessage
{
    public const int HeaderLength = 16;
    private const uint IFF_UP = 0x1;
    private const uint IFF_LOWER_UP = 0x10000;
    private const ushort IFLA_ADDRESS = 1;
    private const ushort IFLA_IFNAME = 3;
    private const ushort IFLA_MTU = 4;
    private const ushort IFLA_OPERSTATE = 16;
    private const ushort IFLA_STATS64 = 23;
    private const ushort IFLA_CARRIER = 33;
    private const byte IF_OPER_LOWERLAYERDOWN = 3; // RFC 2863 ifOperStatus lowerLayerDown

    /// <summary>The interface without its addresses, or null where the message is not one.</summary>
    public static HostInterface? Read(ReadOnlySpan<byte> body)
    {
        if (body.Length < HeaderLength || body[0] != 0) return null; // another family: a bridge's view of its ports
        var hardware = HostOrder.ReadUInt16(body, 2);
        var index = HostOrder.ReadInt32(body, 4);
        var flags = HostOrder.ReadUInt32(body, 8);
        var isUp = (flags & IFF_UP) != 0;
        var carrier = (flags & IFF_LOWER_UP) != 0;
        string? name = null;
        int? mtu = null;
        MacAddress? mac = null;
        InterfaceCounters? counters = null;
        var attributes = new NetlinkAttributes(body[HeaderLength..]);
        var lowerLayerDown = false;
        while (attributes.MoveNext())
        {
            switch (attributes.Type)
            {
                case IFLA_ADDRESS when attributes.Data.Length == MacAddress.Length && HardwareType.CarriesEthernet(hardware):
                    mac = MacAddress.FromBytes(attributes.Data);
                    break;
                case IFLA_IFNAME:
                    name = Encoding.UTF8.GetString(attributes.Data.TrimEnd((byte)0));
                    break;
                case IFLA_MTU:
                    mtu = (int)Math.Min(attributes.UInt32, int.MaxValue);
                    break;
                case IFLA_OPERSTATE when attributes.Data.Length >= 1:
                    lowerLayerDown = attributes.Data[0] == IF_OPER_LOWERLAYERDOWN;
                    break;
                case IFLA_STATS64 when attributes.Data.Length >= 64:
                    counters = ReadCounters(attributes.Data);
                    break;
                case IFLA_CARRIER when attributes.Data.Length >= 1:
                    carrier = attributes.Data[0] != 0;
                    break;
            }
        }

        if (name is null) return null;
        // What carrier a driver reports while the interface is down says nothing about the cable.
        bool? hasCarrier = isUp ? carrier && !lowerLayerDown : null;
        if (HardwareType.KindOf(hardware) == InterfaceKind.Loopback) mac = null;
        return new HostInterface(index, name, HardwareType.KindOf(hardware), isUp, hasCarrier, mtu, mac, []) { Counters = counters };
    }

    // struct rtnl_link_stats64: rx_packets, tx_packets, rx_bytes, tx_bytes, rx_errors, tx_errors, rx_dropped, tx_dropped, …, u64 each.
    private static InterfaceCounters ReadCounters(ReadOnlySpan<byte> data) => new(
        At(data, 0), At(data, 2), At(data, 4), At(data, 6), At(data, 1), At(data, 3), At(data, 5), At(data, 7));

    private static long At(ReadOnlySpan<byte> data, int place) => (long)Math.Min(HostOrder.ReadUInt64(data, 8 * place), long.MaxValue);

}
