namespace Fathom.Wire.Dissection;

/// <summary>What a captured frame begins with: LINKTYPE_ numbers of the pcap registry (draft-ietf-opsawg-pcaplinktype).</summary>
public static class LinkType
{
    /// <summary>BSD loopback: an address family in the capturing host's byte order.</summary>
    public const int Null = 0;

    /// <summary>Ethernet, without preamble and frame check sequence.</summary>
    public const int Ethernet = 1;

    /// <summary>IPv4 or IPv6, from the IP header on.</summary>
    public const int RawIp = 101;

    /// <summary>OpenBSD loopback: an address family in network byte order.</summary>
    public const int Loop = 108;

    /// <summary>Linux cooked capture, version 1.</summary>
    public const int LinuxCooked = 113;

    /// <summary>IPv4, from the IP header on.</summary>
    public const int Ipv4 = 228;

    /// <summary>IPv6, from the IP header on.</summary>
    public const int Ipv6 = 229;

    /// <summary>Linux cooked capture, version 2.</summary>
    public const int LinuxCookedV2 = 276;
}
