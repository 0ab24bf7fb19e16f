using Fathom.Wire.Internet;

namespace Fathom.Stack.Application.Dhcp;

/// <summary>What a server gave.</summary>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">Bits of the prefix on the link, of the subnet mask; without one, of the address's class (RFC 1122 §3.2.1.3).</param>
/// <param name="Server">The server.</param>
/// <param name="Routes">Routes: of the classless list where there is one, else by way of the routers (RFC 3442); a router of null: on the link.</param>
/// <param name="DnsServers">Resolvers, best first.</param>
/// <param name="DomainName">The domain, as it came; from the network: escape it before it is shown.</param>
/// <param name="Mtu">The MTU that the server recommends, in octets; 0: none. Followed over IPv4 where it is no more than the interface carries.</param>
/// <param name="RenewAt">T1, in the driver's time.</param>
/// <param name="RebindAt">T2, in the driver's time.</param>
/// <param name="ExpiresAt">When it ends, in the driver's time; null: never.</param>
public sealed record DhcpLease(
    IpAddress Address,
    int PrefixLength,
    IpAddress Server,
    IReadOnlyList<(IpPrefix Prefix, IpAddress? Router)> Routes,
    IReadOnlyList<IpAddress> DnsServers,
    ReadOnlyMemory<byte> DomainName,
    int Mtu,
    TimeSpan RenewAt,
    TimeSpan RebindAt,
    TimeSpan? ExpiresAt);
