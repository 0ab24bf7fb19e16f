using Fathom.Wire.Link;

namespace Fathom.Hosts.Link;

/// <summary>One network interface as it is now.</summary>
/// <param name="Index">The system's number for it; also the zone of its link-local addresses.</param>
/// <param name="Name">The system's name for it: "eth0".</param>
/// <param name="Kind">What it is.</param>
/// <param name="IsUp">Administratively up.</param>
/// <param name="HasCarrier">The link below works (cable in, association made); null where the system does not say.</param>
/// <param name="Mtu">The largest IP packet it carries, in octets; null where unknown.</param>
/// <param name="HardwareAddress">Its MAC address, or null where it has none.</param>
/// <param name="Addresses">Its IP addresses.</param>
public sealed record HostInterface(
    int Index,
    string Name,
    InterfaceKind Kind,
    bool IsUp,
    bool? HasCarrier,
    int? Mtu,
    MacAddress? HardwareAddress,
    IReadOnlyList<InterfaceAddress> Addresses)
{
    /// <summary>What it has counted, or null where the system does not tell.</summary>
    public InterfaceCounters? Counters { get; init; }

    /// <summary>Up, and not known to be without carrier.</summary>
    public bool IsUsable => IsUp && HasCarrier != false;
}
