using Fathom.Hosts.Link;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>ARPHRD_* of linux/if_arp.h: what an interface's frames begin with.</summary>
internal static class HardwareType
{
    public const ushort Ethernet = 1;
    public const ushort Loopback = 772;
    private const ushort Ppp = 512;
    private const ushort RawIp = 519;
    private const ushort Tunnel = 768; // IP in IP
    private const ushort Tunnel6 = 769;
    private const ushort Sit = 776;
    private const ushort Gre = 778;
    private const ushort Gre6 = 823;
    private const ushort None = 65534; // TUN, WireGuard

    // LINKTYPE_ numbers of the pcap registry.
    private const int LinkTypeEthernet = 1;
    private const int LinkTypeRawIp = 101;

    public static InterfaceKind KindOf(ushort type) => type switch
    {
        Loopback => InterfaceKind.Loopback,
        Ethernet => InterfaceKind.Ethernet,
        Ppp or RawIp or Tunnel or Tunnel6 or Sit or Gre or Gre6 or None => InterfaceKind.Tunnel,
        _ => InterfaceKind.Unknown,
    };

    /// <summary>True where frames begin with an Ethernet header; the loopback interface's do, with zero addresses.</summary>
    public static bool CarriesEthernet(ushort type) => type is Ethernet or Loopback;

    /// <summary>The LINKTYPE_ of frames that a packet socket delivers; null where it is neither Ethernet nor bare IP.</summary>
    public static int? LinkTypeOf(ushort type) => CarriesEthernet(type) ? LinkTypeEthernet
        : KindOf(type) == InterfaceKind.Tunnel ? LinkTypeRawIp
        : null;
}
