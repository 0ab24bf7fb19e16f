using Fathom.Wire.Link;

namespace Fathom.Wire.Internet;

/// <summary>Multicast addresses that follow from others.</summary>
public static class MulticastMapping
{
    // 01-00-5e and a zero bit, then 23 bits of the group (RFC 1112 §6.4): 32 groups share each MAC address.
    private const ulong V4Base = 0x0100_5E00_0000;
    private const ulong V4Mask = 0x7F_FFFF;

    // 33-33, then the low 32 bits (RFC 2464 §7).
    private const ulong V6Base = 0x3333_0000_0000;

    private static readonly UInt128 SolicitedNodeBase = IpAddress.Parse("ff02::1:ff00:0").Value;

    /// <summary>The Ethernet address that frames to a multicast group carry; null for an address that is not multicast.</summary>
    /// <param name="group">The group.</param>
    public static MacAddress? MacOf(IpAddress group)
    {
        if (!group.IsMulticast) return null;
        return MacAddress.FromValue(group.IsV6 ? V6Base | (uint)group.Value : V4Base | ((ulong)group.Value & V4Mask));
    }

    /// <summary>The IP groups whose frames a multicast MAC address carries, as a phrase; null where IP uses none such.</summary>
    /// <param name="mac">The MAC address.</param>
    public static string? GroupsOf(MacAddress mac)
    {
        if (mac.Value >> 32 == V6Base >> 32) return $"IPv6 groups that end in {(mac.Value >> 16) & 0xFFFF:x}:{mac.Value & 0xFFFF:x}";
        if (mac.Value >> 23 != V4Base >> 23) return null;
        var low = (uint)(mac.Value & V4Mask);
        return $"32 IPv4 groups, among them {IpAddress.FromV4(0xE000_0000 | low)} and {IpAddress.FromV4(0xEF80_0000 | low)}";
    }

    /// <summary>The group that every interface with the address listens to, for neighbor discovery (RFC 4291 §2.7.1).</summary>
    /// <param name="address">An IPv6 unicast address.</param>
    public static IpAddress SolicitedNode(IpAddress address)
    {
        if (!address.IsV6) throw new ArgumentException("Solicited-node groups are IPv6's.", nameof(address));
        return IpAddress.FromV6(SolicitedNodeBase | (address.Value & 0xFF_FFFF));
    }
}
