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

    /// <summary>
    /// The name of the only interface to send through and to receive from, or null for what the routing table says. With a local address of null or 0.0.0.0 such a socket hears
    /// broadcasts and speaks before the interface has an address: that is what DHCP needs (RFC 2131 §4.1).
    /// </summary>
    public string? Interface { get; init; }
}
