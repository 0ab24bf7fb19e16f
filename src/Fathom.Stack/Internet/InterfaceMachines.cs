using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>The machines of the internet layer that belong to one interface.</summary>
internal sealed class InterfaceMachines(IpLayer ip, NetworkInterface on, RouterDiscovery? routers, StackRandom random)
{
    private GroupReports? _groupsV4;
    private GroupReports? _groupsV6;

    /// <summary>Follows routers' advertisements; null where none are followed.</summary>
    public RouterDiscovery? Routers => routers;

    /// <summary>Advertises this host as a router; null where it does not.</summary>
    public RouterAdvertiser? Advertiser { get; set; }

    /// <summary>Tells routers of groups. Made when it is needed: a line with one other end never does.</summary>
    public GroupReports GroupsOf(IpVersion version) => version == IpVersion.V4
        ? _groupsV4 ??= new GroupReports(ip, on, IpVersion.V4, random)
        : _groupsV6 ??= new GroupReports(ip, on, IpVersion.V6, random);
}
