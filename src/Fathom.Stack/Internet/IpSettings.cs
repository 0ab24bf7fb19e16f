using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>How the internet layer behaves.</summary>
public sealed record IpSettings
{
    /// <summary>
    /// Packets for others are passed on: the host is a router. It then also takes packets for any of its addresses on any interface (weak host model, as RFC 1812 has it);
    /// otherwise only on the interface that has the address, and a source address binds to its interface (strong host model, RFC 1122 §3.3.4.2).
    /// </summary>
    public bool Forwarding { get; init; }

    /// <summary>Redirects of routers are followed; a router never does (RFC 1122 §3.3.1.2, RFC 1812 §5.2.7.2).</summary>
    public bool AcceptRedirects { get; init; } = true;

    /// <summary>A router tells hosts of better first hops (RFC 1812 §5.2.7.2, RFC 4861 §8.2); at the rate of errors.</summary>
    public bool SendRedirects { get; init; } = true;

    /// <summary>TTL and hop limit of what the stack sends itself (RFC 1700: 64).</summary>
    public byte HopLimit { get; init; } = 64;

    /// <summary>
    /// The smallest path MTU that an ICMP error may bring about over IPv4, in octets. 552 is Linux's: a link below it is not met, and a forged error would cut
    /// transfers into crumbs (RFC 1191 §3 allows down to 68).
    /// </summary>
    public int MinPathMtuV4 { get; init; } = 552;

    /// <summary>The same over IPv6: the smallest MTU there is (RFC 8200 §5). A report of less than that is discarded, whatever stands here (RFC 8201 §4).</summary>
    public int MinPathMtuV6 { get; init; } = Ipv6Packet.MinMtu;

    /// <summary>How long a path MTU that an error told of is believed (RFC 1191 §6.3, RFC 8201 §5.3: 10 minutes).</summary>
    public TimeSpan PathMtuLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>ICMP errors a second, to all (RFC 1812 §4.3.2.8, RFC 4443 §2.4f); Linux's icmp_msgs_per_sec.</summary>
    public int ErrorRate { get; init; } = 1000;

    /// <summary>ICMP errors at once, to all; Linux's icmp_msgs_burst.</summary>
    public int ErrorBurst { get; init; } = 50;

    /// <summary>ICMP errors a second to one destination: Linux's ratelimit of one in 1,000 ms.</summary>
    public int ErrorRatePerHost { get; init; } = 1;

    /// <summary>ICMP errors at once to one destination: Linux's XRLIM_BURST_FACTOR.</summary>
    public int ErrorBurstPerHost { get; init; } = 6;

    /// <summary>
    /// ICMP timestamp requests are answered, which a host may do (RFC 1122 §3.2.2.8). The stack has no clock of the day, and says so in the answer. Off, as it is of little use but to
    /// those who look for hosts.
    /// </summary>
    public bool AnswersTimestamps { get; init; }

    /// <summary>How neighbors on Ethernet are found and kept.</summary>
    public NeighborSettings Neighbors { get; init; } = new();

    /// <summary>An Ethernet interface gives itself a link-local IPv6 address of its MAC address (RFC 4862 §5.3).</summary>
    public bool LinkLocalAddresses { get; init; } = true;

    /// <summary>Solicitations that look for another host with the same IPv6 address before it is used (RFC 4862 §5.1: DupAddrDetectTransmits, 1); 0: none.</summary>
    public int DuplicateAddressTransmits { get; init; } = 1;

    /// <summary>
    /// A static IPv4 address on Ethernet is probed for before it is used, which takes 5 to 7 seconds (RFC 5227 §2.1.1). Off, it is announced at once, as the usual systems do,
    /// and defended all the same. Addresses of DHCP are always probed for.
    /// </summary>
    public bool ProbeStaticAddresses { get; init; }

    /// <summary>Routers' advertisements are asked for and followed on Ethernet, unless the host is a router itself (RFC 4861 §6.3, RFC 4862 §5.5).</summary>
    public bool AcceptRouterAdvertisements { get; init; } = true;

    /// <summary>Bounds of reassembly.</summary>
    public IpReassemblerOptions Reassembly { get; init; } = new();
}
