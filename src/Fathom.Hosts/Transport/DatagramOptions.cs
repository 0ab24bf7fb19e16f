using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Transport;

/// <summary>How a UDP socket is opened.</summary>
/// <param name="Version">IPv4 or IPv6.</param>
public sealed record DatagramOptions(IpVersion Version)
{
    /// <summary>The local address and port; null for the host's choice (port 0: an ephemeral one).</summary>
    public IpEndpoint? Local { get; init; }

    /// <summary>
    /// The only peer: datagrams from anyone else are dropped by the system, and ICMP errors are this peer's.
    /// Null for an unconnected socket.
    /// </summary>
    public IpEndpoint? Remote { get; init; }
}
