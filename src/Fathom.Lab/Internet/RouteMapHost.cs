using Fathom.Lab.Link;
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

    /// <summary>The prefixes that are reached through it alone, the fewest that say so.</summary>
    public IReadOnlyList<IpPrefix> Below { get; set; } = [];

    /// <summary>Its first address of a version at one end; what its neighbors there send to.</summary>
    public static IpAddress? AddressAt(HostPort port, IpVersion version)
    {
        foreach (var address in port.Host.Stack.Addresses)
        {
            if (address.Interface == port.Interface && address.Address.Version == version && !address.Address.IsLinkLocal) return address.Address.WithZone(0);
        }

        return null;
    }
}
