using Fathom.Hosts.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet.Path;

/// <summary>One probe.</summary>
/// <param name="HopLimit">Its hop limit, from 1; 255 reaches any destination.</param>
/// <param name="PacketLength">Octets of the whole IP packet, which must not be fragmented then; null for a small one.</param>
public readonly record struct HopQuestion(byte HopLimit, int? PacketLength = null)
{
    private const int Ipv4Header = 20;
    private const int Ipv6Header = 40;
    private const int TransportHeader = 8; // ICMP echo and UDP alike

    /// <summary>Octets after the ICMP or UDP header: what makes the packet as long as asked for.</summary>
    /// <param name="version">The IP version.</param>
    /// <param name="least">The least that the prober needs.</param>
    internal int DataLength(IpVersion version, int least)
        => PacketLength is { } length ? Math.Max(least, length - TransportHeader - (version == IpVersion.V6 ? Ipv6Header : Ipv4Header)) : least;

    /// <summary>How the packet is sent.</summary>
    internal PacketOptions Options => new(HopLimit, PacketLength is not null);
}
