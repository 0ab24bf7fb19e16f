using Fathom.Hosts.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Cli.Host;

/// <summary>What <c>fathom host up</c> is asked for.</summary>
/// <param name="Device">The device's name.</param>
/// <param name="IsTap">A TAP device, else TUN.</param>
/// <param name="Addresses">The host's addresses.</param>
/// <param name="PeerAddresses">This machine's addresses on the device, to be set; empty: somebody else sets it up.</param>
/// <param name="Gateways">The host's gateways.</param>
internal sealed record HostUpRequest(
    string Device, bool IsTap, IReadOnlyList<InterfaceAddress> Addresses, IReadOnlyList<InterfaceAddress> PeerAddresses, IReadOnlyList<IpAddress> Gateways)
{
    public MacAddress? HardwareAddress { get; init; }

    public int? Mtu { get; init; }

    public IReadOnlyList<HostService> Services { get; init; } = [];

    public bool Trace { get; init; }

    public bool UseOffloads { get; init; }

    /// <summary>Where frames are saved, or null.</summary>
    public string? Pcap { get; init; }

    /// <summary>When to stop by itself, or null.</summary>
    public TimeSpan? Limit { get; init; }
}
