using Fathom.Hosts;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet;

/// <summary>This host's own addresses, by which errors of its own stack are told from the network's.</summary>
public static class OwnAddresses
{
    /// <summary>The addresses of all interfaces, without zones; empty where the host does not tell.</summary>
    /// <param name="host">The host.</param>
    /// <param name="cancellation">Ends the question.</param>
    public static async ValueTask<IReadOnlyCollection<IpAddress>> FindAsync(INetworkHost host, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        var interfaces = await host.GetInterfacesAsync(cancellation);
        return interfaces.Value is { } known ? [.. known.SelectMany(static i => i.Addresses).Select(static a => a.Address.WithZone(0))] : [];
    }
}
