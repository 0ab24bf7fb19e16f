using Fathom.Wire.Transport;

namespace Fathom.Lab.Application;

/// <summary>How a captive portal behaves.</summary>
/// <param name="Portal">Where its web server listens: an IPv4 address of the router, or one behind it, and a port.</param>
public sealed record PortalOptions(IpEndpoint Portal)
{
    /// <summary>Other clients' HTTP requests are answered with a redirect (302) to the portal; else with the status that is made for it, 511 (RFC 6585 §6).</summary>
    public bool Redirects { get; init; }

    /// <summary>Clients that are remembered at most, and connections that are turned to the portal at once.</summary>
    public int Limit { get; init; } = 4096;
}
