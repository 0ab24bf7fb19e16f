namespace Fathom.Wire.Dissection;

/// <summary>The layers that a <see cref="DecodedPacket"/> has.</summary>
[Flags]
public enum PacketLayers : ushort
{
    /// <summary>None: the frame could not be read, or its link type is not known.</summary>
    None = 0,

    /// <summary>Ethernet II or IEEE 802.3.</summary>
    Ethernet = 1,

    /// <summary>A Linux cooked header, or a BSD loopback's address family.</summary>
    OtherLink = 2,

    /// <summary>One VLAN tag or more.</summary>
    Vlan = 4,

    /// <summary>An LLC header, of an IEEE 802.3 frame.</summary>
    Llc = 8,

    /// <summary>ARP or RARP.</summary>
    Arp = 0x10,

    /// <summary>IPv4.</summary>
    Ipv4 = 0x20,

    /// <summary>IPv6.</summary>
    Ipv6 = 0x40,

    /// <summary>IPv6 extension headers.</summary>
    Ipv6Extensions = 0x80,

    /// <summary>ICMP.</summary>
    Icmp = 0x100,

    /// <summary>ICMPv6.</summary>
    Icmpv6 = 0x200,

    /// <summary>UDP.</summary>
    Udp = 0x400,

    /// <summary>TCP.</summary>
    Tcp = 0x800,
}
