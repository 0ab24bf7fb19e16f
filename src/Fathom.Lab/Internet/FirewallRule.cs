using Fathom.Lab.Link;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Internet;

/// <summary>A rule of a firewall: what is not said matches everything. The first rule that matches decides.</summary>
/// <param name="Action">What is done with a packet that matches.</param>
public sealed record FirewallRule(FirewallAction Action)
{
    /// <summary>Which way it goes.</summary>
    public FirewallWay Way { get; init; }

    /// <summary>Which version of IP.</summary>
    public IpVersion? Version { get; init; }

    /// <summary>What it carries.</summary>
    public IpProtocol? Protocol { get; init; }

    /// <summary>Who sent it.</summary>
    public IpPrefix? Source { get; init; }

    /// <summary>Whom it is for.</summary>
    public IpPrefix? Destination { get; init; }

    /// <summary>Its source port, where it is TCP or UDP.</summary>
    public PortSpan? SourcePorts { get; init; }

    /// <summary>Its destination port, where it is TCP or UDP.</summary>
    public PortSpan? DestinationPorts { get; init; }

    /// <summary>Where it came in.</summary>
    public HostPort? From { get; init; }

    /// <summary>Where it goes out.</summary>
    public HostPort? To { get; init; }
}
