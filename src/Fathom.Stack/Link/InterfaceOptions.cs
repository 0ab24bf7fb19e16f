using Fathom.Wire.Link;

namespace Fathom.Stack.Link;

/// <summary>What an interface is to be.</summary>
public sealed record InterfaceOptions
{
    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>What its frames are.</summary>
    public InterfaceMedium Medium { get; init; } = InterfaceMedium.PointToPoint;

    /// <summary>The largest IP packet it carries, in octets; IPv6 runs from 1,280 on (RFC 8200 §5), IPv4 from 68 on (RFC 791 §3.2).</summary>
    public int Mtu { get; init; } = 1500;

    /// <summary>Its MAC address; Ethernet needs one, other media have none.</summary>
    public MacAddress? HardwareAddress { get; init; }

    /// <summary>What its device takes over.</summary>
    public InterfaceOffloads Offloads { get; init; }

    /// <summary>Frames that wait for the driver at most; more are dropped. The default is Linux's txqueuelen.</summary>
    public int OutputQueueLimit { get; init; } = 1000;
}
