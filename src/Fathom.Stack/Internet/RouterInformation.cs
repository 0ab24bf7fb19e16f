using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>What routers advertise on a link, as it stands now.</summary>
/// <param name="Interface">The link.</param>
/// <param name="Routers">Default routers, by their link-local addresses.</param>
/// <param name="Prefixes">Prefixes that are on the link.</param>
/// <param name="Managed">Addresses are to be had by DHCPv6 (RFC 4861 §4.2).</param>
/// <param name="OtherConfiguration">Other things are to be had by DHCPv6.</param>
/// <param name="DnsServers">Resolvers (RFC 8106 §5.1).</param>
/// <param name="SearchList">Search domains in DNS wire form (RFC 8106 §5.2); from the network: escape them before they are shown.</param>
public sealed record RouterInformation(
    NetworkInterface Interface,
    IReadOnlyList<IpAddress> Routers,
    IReadOnlyList<IpPrefix> Prefixes,
    bool Managed,
    bool OtherConfiguration,
    IReadOnlyList<IpAddress> DnsServers,
    IReadOnlyList<ReadOnlyMemory<byte>> SearchList);
