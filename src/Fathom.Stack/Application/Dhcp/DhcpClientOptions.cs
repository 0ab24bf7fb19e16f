using Fathom.Wire.Internet;

namespace Fathom.Stack.Application.Dhcp;

/// <summary>How a DHCP client behaves.</summary>
public sealed record DhcpClientOptions
{
    /// <summary>The name that the server is told; null: none.</summary>
    public string? HostName { get; init; }

    /// <summary>An address that the host had before, which it asks for first (INIT-REBOOT); null: none.</summary>
    public IpAddress? Previous { get; init; }

    /// <summary>
    /// The client begins after a random part of this. RFC 2131 §4.4.1 has one to ten seconds, for the day on which a whole building gets its power back; a second is what users wait for.
    /// </summary>
    public TimeSpan StartWithin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The MTU that the server tells holds for IPv4 while the lease lasts (RFC 2132 §5.1).</summary>
    public bool FollowsMtu { get; init; } = true;

    /// <summary>The metric of its routes; of several interfaces the lowest is the way out.</summary>
    public int RouteMetric { get; init; } = 100;
}
