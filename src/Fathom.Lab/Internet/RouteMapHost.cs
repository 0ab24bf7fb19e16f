using Fathom.Lab.Link;
using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Internet;

/// <summary>A host as <see cref="RoutePlanner"/> sees it.</summary>
internal sealed class RouteMapHost(LabHost host)
{
    public LabHost Host { get; } = host;

    /// <summary>Where it is attached.</summary>
    public List<RouteMapEnd> Ends { get; } = [];

    /// <summary>Segments that are not known to lead nowhere else.</summary>
    public int OpenSegments { get; set; }

    /// <summary>It hangs on the rest by <see cref="Uplink"/> alone.</summary>
    public bool IsStub { get; set; }

    /// <summary>The one way to the rest, where it is a stub.</summary>
    public RouteMapEnd? Uplink { get; set; }

    /// <summary>The prefixes that are reached through it alone; once the map is made, the fewest that say so.</summary>
    public List<IpPrefix> Below { get; private set; } = [];

    /// <summary>Says the same with the fewest prefixes.</summary>
    public void MergeBelow()
    {
        if (Below.Count > 1) Below = [.. IpPrefixes.Merge(Below)];
    }

    /// <summary>The addresses that were set by hand, those of one link alone and of the host alone not among them.</summary>
    public IReadOnlyList<AssignedAddress> Addresses { get; } =
        [.. host.Stack.Addresses.Where(static a => a.Interface.Medium != InterfaceMedium.Loopback && !a.Address.IsLinkLocal && a.Origin == AddressOrigin.Static)];

    /// <summary>Its first address of a version at one port; what its neighbors there send to.</summary>
    public IpAddress? AddressAt(HostPort port, IpVersion version)
    {
        foreach (var address in Addresses)
        {
            if (address.Interface == port.Interface && address.Address.Version == version) return address.Address.WithZone(0);
        }

        return null;
    }
}
