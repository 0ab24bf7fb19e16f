using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Transport;

/// <summary>Finds the sockets because of which an address and port cannot be bound (EADDRINUSE).</summary>
public static class AddressInUse
{
    /// <summary>The sockets that stand in the way, a listening one first.</summary>
    /// <param name="host">The host.</param>
    /// <param name="protocol">TCP or UDP.</param>
    /// <param name="wanted">What could not be bound.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <returns>The sockets; empty where there are none, or the host does not list its sockets.</returns>
    public static async Task<IReadOnlyList<HostSocket>> FindAsync(INetworkHost host, IpProtocol protocol, IpEndpoint wanted, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        var sockets = (await host.GetSocketsAsync(cancellation)).Value?.Sockets ?? [];
        return [.. sockets.Where(s => s.Protocol == protocol && s.Local.Port == wanted.Port && Overlaps(s, wanted)).OrderByDescending(static s => s.IsListening)];
    }

    // The unspecified address stands for all of its version; "::" that is not IPv6 only for those of IPv4, too.
    private static bool Overlaps(HostSocket socket, IpEndpoint wanted)
    {
        var (theirs, ours) = (socket.Local.Address.WithZone(0).Unmap(), wanted.Address.WithZone(0).Unmap());
        if (socket.Local.Address.IsV6 && socket.Local.Address.IsUnspecified && socket.IsV6Only != true) return true;
        return theirs.Version == ours.Version && (theirs == ours || theirs.IsUnspecified || ours.IsUnspecified);
    }
}
