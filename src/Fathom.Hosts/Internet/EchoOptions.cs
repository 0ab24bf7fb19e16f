using Fathom.Wire.Internet;

namespace Fathom.Hosts.Internet;

/// <summary>How an echo socket is opened.</summary>
/// <param name="Version">ICMP for IPv4, ICMPv6 for IPv6.</param>
public sealed record EchoOptions(IpVersion Version)
{
    /// <summary>The source address, or null for the host's choice.</summary>
    public IpAddress? Source { get; init; }

    /// <summary>The name of the only interface to send from and to receive on, or null for what the routing table says.</summary>
    public string? Interface { get; init; }
}
