using Fathom.Wire.Internet;

namespace Fathom.Hosts.Link;

/// <summary>What a capture keeps.</summary>
public sealed record CaptureOptions
{
    /// <summary>Octets of each frame to keep; the rest is cut off. 65,535 covers every frame without segmentation offload.</summary>
    public int SnapLength { get; init; } = 65535;

    /// <summary>Octets that may wait to be read before frames are dropped.</summary>
    public int BufferSize { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// Null: everything is kept. Else only ARP, ICMP and ICMPv6, and the IP packets from or to one of these addresses, so that
    /// a busy machine's other traffic costs nothing. A host may keep more than was asked for.
    /// </summary>
    public IReadOnlyList<IpAddress>? Addresses { get; init; }

    /// <summary>The interface to capture on; null for all of them.</summary>
    public int? InterfaceIndex { get; init; }

    /// <summary>
    /// Asks the interface for the frames that are addressed to others too, as far as the link brings them. Only with an <see cref="InterfaceIndex"/>;
    /// a host that cannot do so captures without.
    /// </summary>
    public bool IsPromiscuous { get; init; }
}
