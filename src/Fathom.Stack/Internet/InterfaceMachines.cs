using Fathom.Stack.Link;

namespace Fathom.Stack.Internet;

/// <summary>The machines of the internet layer that belong to one interface.</summary>
/// <param name="Interface">The interface.</param>
/// <param name="GroupsV4">Tells routers of groups.</param>
/// <param name="GroupsV6">The same for IPv6.</param>
/// <param name="Routers">Follows routers' advertisements; null where none are followed.</param>
internal sealed record InterfaceMachines(NetworkInterface Interface, GroupReports GroupsV4, GroupReports GroupsV6, RouterDiscovery? Routers)
{
    /// <summary>Advertises this host as a router; null where it does not.</summary>
    public RouterAdvertiser? Advertiser { get; set; }
}
