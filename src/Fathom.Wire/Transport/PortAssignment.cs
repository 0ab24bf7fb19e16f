namespace Fathom.Wire.Transport;

/// <summary>A port that is registered for a service, for one transport (RFC 6335).</summary>
/// <param name="Name">The service's name: "https".</param>
/// <param name="Port">The port, 1 to 65535.</param>
/// <param name="Transport">"tcp", "udp" or "sctp".</param>
/// <param name="Aliases">Other names for it.</param>
public sealed record PortAssignment(string Name, ushort Port, string Transport, IReadOnlyList<string> Aliases);
