using System.Globalization;

namespace Fathom.Wire.Link;

/// <summary>Names of EtherTypes for people.</summary>
public static class EtherTypeText
{
    /// <summary>The protocol's usual name: "IPv4"; or the number, "0x1234", for one that is not known here.</summary>
    /// <param name="type">The type.</param>
    public static string Describe(this EtherType type) => type switch
    {
        EtherType.Ipv4 => "IPv4",
        EtherType.Arp => "ARP",
        EtherType.WakeOnLan => "Wake-on-LAN",
        EtherType.Rarp => "RARP",
        EtherType.Vlan => "VLAN tag",
        EtherType.Ipv6 => "IPv6",
        EtherType.FlowControl => "Ethernet flow control",
        EtherType.SlowProtocols => "slow protocols",
        EtherType.Mpls => "MPLS",
        EtherType.MplsMulticast => "MPLS multicast",
        EtherType.PppoeDiscovery => "PPPoE discovery",
        EtherType.PppoeSession => "PPPoE session",
        EtherType.Eapol => "EAP over LAN",
        EtherType.ServiceVlan => "service VLAN tag",
        EtherType.Lldp => "LLDP",
        EtherType.MacSec => "MACsec",
        EtherType.Ptp => "PTP",
        EtherType.Loopback => "loopback test",
        EtherType.LegacyServiceVlan => "service VLAN tag (0x9100)",
        _ => string.Create(CultureInfo.InvariantCulture, $"0x{(ushort)type:x4}"),
    };

    /// <summary>True for the three types that announce a VLAN tag.</summary>
    /// <param name="type">The type.</param>
    public static bool IsVlanTag(this EtherType type)
        => type is EtherType.Vlan or EtherType.ServiceVlan or EtherType.LegacyServiceVlan;
}
