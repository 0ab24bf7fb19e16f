using Fathom.Hosts.Application;
using Fathom.Hosts.Link;
using Fathom.Stack;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Hosts.Os.Link;

/// <summary>What a <see cref="TunHost"/> is to be.</summary>
/// <param name="Device">The device's name; one that is there is taken, else it is made. "tun%d" lets the kernel number it.</param>
public sealed record TunOptions(string Device)
{
    /// <summary>The host's name, for people.</summary>
    public string Name { get; init; } = "fathom";

    /// <summary>Ethernet frames (TAP) instead of IP packets (TUN).</summary>
    public bool IsTap { get; init; }

    /// <summary>The stack's MTU in octets; null: that of the device.</summary>
    public int? Mtu { get; init; }

    /// <summary>The MAC address of a TAP device's stack; null: one by chance, locally administered.</summary>
    public MacAddress? HardwareAddress { get; init; }

    /// <summary>The stack's addresses.</summary>
    public IReadOnlyList<InterfaceAddress> Addresses { get; init; } = [];

    /// <summary>Its default gateways, one for each version at the most. On TUN everything goes to the other end, and none is needed.</summary>
    public IReadOnlyList<IpAddress> Gateways { get; init; } = [];

    /// <summary>The kernel's own addresses on the device. If there are any they are set, and the device is brought up with the MTU.</summary>
    public IReadOnlyList<InterfaceAddress> PeerAddresses { get; init; } = [];

    /// <summary>Let the kernel take over checksums and segmentation (IFF_VNET_HDR), as far as it does.</summary>
    public bool UseOffloads { get; init; } = true;

    /// <summary>How the stack behaves.</summary>
    public StackOptions Stack { get; init; } = new();

    /// <summary>How it resolves names; null: not at all.</summary>
    public ResolverConfiguration? Resolver { get; init; }

    /// <summary>The certificates that it trusts; null: none.</summary>
    public TrustAnchors? TrustAnchors { get; init; }

    /// <summary>
    /// How long the stack's thread looks for the next frame before it sleeps; zero: not at all. It saves wake-ups where answers come within that time, and costs
    /// that much processor time after each frame.
    /// </summary>
    public TimeSpan Spin { get; init; }
}
