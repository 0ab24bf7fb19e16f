namespace Fathom.Wire.Link;

/// <summary>What an Ethernet frame carries: numbers of the IEEE EtherType registry, as on the wire.</summary>
public enum EtherType : ushort
{
    /// <summary>None: the frame is an IEEE 802.3 length frame, or was not read.</summary>
    None = 0,

    /// <summary>IPv4, RFC 894.</summary>
    Ipv4 = 0x0800,

    /// <summary>Address Resolution Protocol, RFC 826.</summary>
    Arp = 0x0806,

    /// <summary>Wake-on-LAN magic packet.</summary>
    WakeOnLan = 0x0842,

    /// <summary>Reverse ARP, RFC 903.</summary>
    Rarp = 0x8035,

    /// <summary>VLAN tag, IEEE 802.1Q.</summary>
    Vlan = 0x8100,

    /// <summary>IPv6, RFC 2464.</summary>
    Ipv6 = 0x86DD,

    /// <summary>Flow control, IEEE 802.3 annex 31B.</summary>
    FlowControl = 0x8808,

    /// <summary>Slow protocols (LACP), IEEE 802.3 annex 57A.</summary>
    SlowProtocols = 0x8809,

    /// <summary>MPLS, RFC 5332.</summary>
    Mpls = 0x8847,

    /// <summary>MPLS with an upstream-assigned label, RFC 5332.</summary>
    MplsMulticast = 0x8848,

    /// <summary>PPPoE discovery, RFC 2516.</summary>
    PppoeDiscovery = 0x8863,

    /// <summary>PPPoE session, RFC 2516.</summary>
    PppoeSession = 0x8864,

    /// <summary>EAP over LAN, IEEE 802.1X.</summary>
    Eapol = 0x888E,

    /// <summary>Service VLAN tag, IEEE 802.1ad (the outer tag of QinQ).</summary>
    ServiceVlan = 0x88A8,

    /// <summary>Link Layer Discovery Protocol, IEEE 802.1AB.</summary>
    Lldp = 0x88CC,

    /// <summary>MACsec, IEEE 802.1AE.</summary>
    MacSec = 0x88E5,

    /// <summary>Precision Time Protocol, IEEE 1588.</summary>
    Ptp = 0x88F7,

    /// <summary>Ethernet configuration testing protocol (loopback).</summary>
    Loopback = 0x9000,

    /// <summary>An outer VLAN tag as it was used before IEEE 802.1ad.</summary>
    LegacyServiceVlan = 0x9100,
}
