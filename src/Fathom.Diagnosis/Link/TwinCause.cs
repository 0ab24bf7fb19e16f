using Fathom.Hosts.Link;
using Fathom.Probes.Evidence;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Diagnosis.Link;

/// <summary>Two machines that have one address: each answers for it, and packets go to whichever was heard last (RFC 5227 §1).</summary>
internal static class TwinCause
{
    /// <summary>Judges the answers that were captured for an address of this link; nothing is sent.</summary>
    /// <param name="packets">The recorder.</param>
    /// <param name="address">The address.</param>
    /// <param name="mine">The MAC addresses of this host.</param>
    /// <param name="severity">How much it matters.</param>
    public static Finding? Judge(PacketRecorder packets, IpAddress address, IReadOnlyCollection<MacAddress> mine, Severity severity)
    {
        var plain = address.WithZone(0);
        var claims = packets.Read(p => p.IsResolutionOf(plain)).Select(p => (Packet: p, Mac: ClaimOf(p, plain))).Where(c => c.Mac is { } mac && !mine.Contains(mac)).DistinctBy(static c => c.Mac).ToList();
        return claims.Count < 2 ? null : Of(plain, [.. claims.Select(static c => c.Mac!.Value)], [.. claims.Select(c => packets.Name(c.Packet))], severity);
    }

    /// <summary>The finding.</summary>
    public static Finding Of(IpAddress address, IReadOnlyList<MacAddress> machines, IReadOnlyList<string> evidence, Severity severity)
        => new(Causes.NeighborDuplicateAddress, severity, Stage.Neighbor,
            $"{machines.Count} machines of this link have the address {address}: {string.Join(" and ", machines)} answer for it. Packets go to whichever answered last.", evidence)
        {
            Fix = $"Find both machines by their MAC addresses, and give one of them another address than {address}.",
        };

    /// <summary>This host's own address, which another machine has, too.</summary>
    public static Finding OfOwn(IpAddress address, MacAddress other, IReadOnlyList<string> evidence, Severity severity)
        => new(Causes.NeighborDuplicateAddress, severity, Stage.Neighbor,
            $"{other} answers for {address}, which is this machine's own address: packets for this machine may go there.", evidence)
        {
            Fix = "Find the other machine by its MAC address, and give one of the two another address.",
        };

    // RFC 5227 §2.4: whoever sends ARP with the address as its own claims it, reply or not; so does a neighbor advertisement.
    private static MacAddress? ClaimOf(RecordedPacket packet, IpAddress address)
    {
        var facts = packet.Facts;
        if (packet.Frame.Direction == FrameDirection.Sent) return null;
        if (facts.IsArp) return facts.ArpSender == address ? facts.ArpSenderMac : null;
        return facts.IcmpType == (byte)Icmpv6Type.NeighborAdvertisement && facts.NeighborTarget == address ? facts.NeighborMac ?? facts.SourceMac : null;
    }
}
