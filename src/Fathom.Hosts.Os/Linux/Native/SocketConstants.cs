namespace Fathom.Hosts.Os.Linux.Native;

/// <summary>Numbers of the Linux socket interface, under the names that the manual pages give them (asm-generic, so x64 and arm64).</summary>
internal static class SocketConstants
{
    // Address families, bits/socket.h.
    public const int AF_UNIX = 1;
    public const int AF_INET = 2;
    public const int AF_INET6 = 10;
    public const int AF_NETLINK = 16;
    public const int AF_PACKET = 17;

    // Socket types and flags.
    public const int SOCK_STREAM = 1;
    public const int SOCK_DGRAM = 2;
    public const int SOCK_RAW = 3;
    public const int SOCK_NONBLOCK = 0x800;
    public const int SOCK_CLOEXEC = 0x80000;

    // Protocols, which are levels of options too.
    public const int IPPROTO_IP = 0;
    public const int IPPROTO_ICMP = 1;
    public const int IPPROTO_TCP = 6;
    public const int IPPROTO_IPV6 = 41;
    public const int IPPROTO_ICMPV6 = 58;
    public const int SOL_SOCKET = 1;
    public const int SOL_RAW = 255;
    public const int SOL_PACKET = 263;

    // SOL_SOCKET, socket(7).
    public const int SO_REUSEADDR = 2;
    public const int SO_ERROR = 4;
    public const int SO_BROADCAST = 6;
    public const int SO_RCVBUF = 8;
    public const int SO_LINGER = 13;
    public const int SO_RCVTIMEO = 20;
    public const int SO_BINDTODEVICE = 25;
    public const int SO_ATTACH_FILTER = 26;
    public const int SO_RCVBUFFORCE = 33;
    public const int SO_TIMESTAMPNS = 35;

    // Ancillary data of AF_UNIX, unix(7).
    public const int SCM_RIGHTS = 1;

    // IPPROTO_IP, ip(7).
    public const int IP_TTL = 2;
    public const int IP_MTU_DISCOVER = 10;
    public const int IP_RECVERR = 11;
    public const int IP_RECVTTL = 12;
    public const int IP_MTU = 14;
    public const int IP_RECVERR_RFC4884 = 26;
    public const int IP_MULTICAST_TTL = 33;

    // IPPROTO_IPV6, ipv6(7).
    public const int IPV6_UNICAST_HOPS = 16;
    public const int IPV6_MULTICAST_HOPS = 18;
    public const int IPV6_MTU_DISCOVER = 23;
    public const int IPV6_MTU = 24;
    public const int IPV6_RECVERR = 25;
    public const int IPV6_V6ONLY = 26;
    public const int IPV6_RECVERR_RFC4884 = 31;
    public const int IPV6_RECVHOPLIMIT = 51;
    public const int IPV6_HOPLIMIT = 52;

    // Values of IP_MTU_DISCOVER and IPV6_MTU_DISCOVER.
    public const int PMTUDISC_DONT = 0;
    public const int PMTUDISC_PROBE = 3;

    // IPPROTO_TCP, tcp(7).
    public const int TCP_NODELAY = 1;
    public const int TCP_MAXSEG = 2;
    public const int TCP_INFO = 11;

    // Flags of send and receive calls.
    public const int MSG_TRUNC = 0x20;
    public const int MSG_DONTWAIT = 0x40;
    public const int MSG_ERRQUEUE = 0x2000;
    public const int MSG_NOSIGNAL = 0x4000;

    public const int SHUT_WR = 1;
}
