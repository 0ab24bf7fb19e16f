namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>Numbers of the TUN/TAP driver (linux/if_tun.h) and of interfaces (linux/sockios.h), under their own names; the same on x64 and arm64.</summary>
internal static class TunConstants
{
    public const string Device = "/dev/net/tun";

    // open(2).
    public const int O_RDWR = 2;
    public const int O_NONBLOCK = 0x800;
    public const int O_CLOEXEC = 0x80000;

    // ioctl(2) requests on the device.
    public const nuint TUNSETIFF = 0x400454CA;
    public const nuint TUNSETOFFLOAD = 0x400454D0;
    public const nuint TUNSETVNETHDRSZ = 0x400454D8;

    // Flags of TUNSETIFF.
    public const short IFF_TUN = 0x1;
    public const short IFF_TAP = 0x2;
    public const short IFF_NO_PI = 0x1000;
    public const short IFF_VNET_HDR = 0x4000;

    // What the reader of the device takes: unfinished checksums, and large TCP packets (TUNSETOFFLOAD).
    public const uint TUN_F_CSUM = 0x1;
    public const uint TUN_F_TSO4 = 0x2;
    public const uint TUN_F_TSO6 = 0x4;

    // ioctl(2) requests on any socket, netdevice(7); struct ifreq is a name of 16 octets and 24 more.
    public const nuint SIOCGIFMTU = 0x8921;
    public const int InterfaceRequestLength = 40;
    public const int NameLength = 16; // IFNAMSIZ, the final zero included

    // poll(2).
    public const short POLLIN = 0x1;
    public const short POLLOUT = 0x4;

    // eventfd(2).
    public const int EFD_NONBLOCK = 0x800;
    public const int EFD_CLOEXEC = 0x80000;
}
