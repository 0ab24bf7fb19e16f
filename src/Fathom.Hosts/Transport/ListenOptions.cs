using Fathom.Wire.Transport;

namespace Fathom.Hosts.Transport;

/// <summary>Where and how to listen.</summary>
/// <param name="Local">The address (unspecified: all of its version, so that :: takes no IPv4, RFC 3493 §5.3) and port (0: an ephemeral one).</param>
/// <param name="Backlog">Connections that may wait to be accepted, at least 1.</param>
public sealed record ListenOptions(IpEndpoint Local, int Backlog = 128)
{
    /// <summary>
    /// The port may be taken although connections of an earlier listener are still in TIME-WAIT on it (SO_REUSEADDR): what a server wants
    /// that is started again. It never lets two sockets listen at one address and port. Without it such a port is
    /// <see cref="HostRefusalKind.AddressInUse"/> for about a minute.
    /// </summary>
    public bool ReuseAddress { get; init; } = true;
}
