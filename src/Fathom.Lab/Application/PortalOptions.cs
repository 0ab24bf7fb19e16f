using Fathom.Wire.Transport;

namespace Fathom.Lab.Application;

/// <summary>How a captive portal behaves.</summary>
/// <param name="Portal">Where its web server listens: an IPv4 address of the router, or one behind it, and a port.</param>
public sealed record PortalOptions(IpEndpoint Portal)
{
    /// <summary>How it answers HTTP requests for other hosts.</summary>
    public PortalAnswer Answer { get; init; }

    /// <summary>It turns questions to DNS servers to itself, and has its own address for every name; else it turns connections to port 80.</summary>
    public bool ByName { get; init; }

    /// <summary>Clients that are remembered at most, and connections that are turned to the portal at once.</summary>
    public int Limit { get; init; } = 4096;
}
