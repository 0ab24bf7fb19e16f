using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Labs.Up;

/// <summary>The networks that this machine is on already: a lab that has the same ones would take their packets.</summary>
internal sealed class MachineNetworks
{
    private readonly List<(IpPrefix Prefix, string Interface)> _networks = [];

    /// <summary>Reads them; what cannot be read is taken not to be there.</summary>
    /// <param name="host">This machine.</param>
    /// <param name="except">An interface that does not count: the lab's own.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static async Task<MachineNetworks> ReadAsync(INetworkHost host, string except, CancellationToken cancellation)
    {
        var read = new MachineNetworks();
        var interfaces = await host.GetInterfacesAsync(cancellation);
        foreach (var found in interfaces.Value ?? [])
        {
            if (found.Name == except || found.Kind == InterfaceKind.Loopback) continue;
            foreach (var address in found.Addresses)
            {
                if (!address.Address.IsLinkLocal) read._networks.Add((new IpPrefix(address.Address.WithZone(0), address.PrefixLength), found.Name));
            }
        }

        return read;
    }

    /// <summary>Says which of some prefixes the machine has already; null: none.</summary>
    /// <param name="prefixes">The prefixes; a default route is meant by who asks for it.</param>
    public string? Conflict(IReadOnlyList<IpPrefix> prefixes)
    {
        foreach (var (own, name) in _networks)
        {
            foreach (var prefix in prefixes)
            {
                if (!prefix.IsDefault && prefix.Version == own.Version && prefix.Overlaps(own)) return $"This machine is on {own} already, by {name}, and the lab has {prefix}.";
            }
        }

        return null;
    }
}
