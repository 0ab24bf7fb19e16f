using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet.Path;

/// <summary>A "fragmentation needed" (RFC 1191) or "packet too big" (RFC 4443 §3.2).</summary>
/// <param name="By">Who said so; null where the system does not tell.</param>
/// <param name="Asked">The packet's length, in octets.</param>
/// <param name="Mtu">What the next link takes, in octets.</param>
/// <param name="IsLocal">This host's own stack said so, about its own interface or what it learned before.</param>
public sealed record PathMtuReport(IpAddress? By, int Asked, int Mtu, bool IsLocal);
