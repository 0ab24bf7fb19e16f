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
        var claims = ClaimsOf(packets, address.WithZone(0), mine);
        return claims.Count < 2 ? null : new Finding(Causes.NeighborDuplicateAddress, severity, Stage.Neighbor,
            $"{claims.Count} machines of this link have the address {address}: {string.Join(" and ", claims.Select(static c => c.Mac))} answer for it. Packets go to whichever answered last.",
            [.. claims.Select(c => packets.Name(c.Packet))])
        {
            Fix = $"Find both machines by their MAC addresses, and give one of them another address than {address}.",
        };
    }

    /// <summary>Judges the same for this host's own address: one other machine is enough.</summary>
    /// <param name="packets">The recorder.</param>
    /// <param name="address">The address.</param>
    /// <param name="mine">The MAC addresses of this host.</param>
    /// <param name="severity">How much it matters.</param>
    public static Finding? JudgeOwn(PacketRecorder packets, IpAddress address, IReadOnlyCollection<MacAddress> mine, Severity severity)
        => ClaimsOf(packets, address.WithZone(0), mine) is not [var other, ..] ? null : new Finding(Causes.NeighborDuplicateAddress, severity, Stage.Neighbor,
            $"{other.Mac} answers for {address}, which is this machine's own address: packets for this machine may go there.", [packets.Name(other.Packet)])
        {
            Fix = "Find the other machine by its MAC address, and give one of the two another address.",
        };

    /// <summary>Evidence ids of the answers that were captured for an address of this link.</summary>
    /// <param name="packets">The recorder.</param>
    /// <param name="address">The address.</param>
    /// <param name="mine">The MAC addresses of this host.</param>
    public static IReadOnlyList<string> ClaimEvidence(PacketRecorder packets, IpAddress address, IReadOnlyCollection<MacAddress> mine)
        => [.. ClaimsOf(packets, address.WithZone(0), mine).Select(c => packets.Name(c.Packet))];

    /// <summary>Who was heard to have an address of this link, each once, with the packet that says so.</summary>
    /// <param name="packets">The recorder.</param>
    /// <param name="address">The address, without zone.</param>
    /// <param name="mine">The MAC addresses of this host.</param>
    public static List<(RecordedPacket Packet, MacAddress Mac)> ClaimsOf(PacketRecorder packets, IpAddress address, IReadOnlyCollection<MacAddress> mine)
    {
        var claims = new List<(RecordedPacket, MacAddress Mac)>();
        foreach (var packet in packets.Read(p => p.IsResolutionOf(address)))
        {
            if (ClaimOf(packet, address) is { } mac && !mine.Contains(mac) && claims.TrueForAll(c => c.Mac != mac)) claims.Add((packet, mac));
        }

        return claims;
    }

    // RFC 5227 §2.4: whoever sends ARP with the address as its own claims it, reply or not; so does a neighbor advertisement.
    private static MacAddress? ClaimOf(RecordedPacket packet, IpAddress address)
    {
        var facts = packet.Facts;
        if (packet.Frame.Direction == FrameDirection.Sent) return null;
        if (facts.IsArp) return facts.ArpSender == address ? facts.ArpSenderMac : null;
        return facts.IcmpType == (byte)Icmpv6Type.NeighborAdvertisement && facts.NeighborTarget == address ? facts.NeighborMac ?? facts.SourceMac : null;
    }
}
