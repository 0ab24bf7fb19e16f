using Fathom.Wire.Transport;

namespace Fathom.Hosts.Transport;

/// <summary>Where and how to listen.</summary>
/// <param name="Local">The address (unspecified: all) and port (0: an ephemeral one).</param>
/// <param name="Backlog">Connections that may wait to be accepted, at least 1.</param>
public sealed record ListenOptions(IpEndpoint Local, int Backlog = 128);
