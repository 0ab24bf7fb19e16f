using System.Diagnostics.CodeAnalysis;
using Fathom.Hosts.Link;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Evidence;

/// <summary>One packet that a recorder kept.</summary>
/// <param name="Number">Its number in the recorder and in a capture file made of it, from 1.</param>
/// <param name="Frame">The frame.</param>
/// <param name="Facts">What its headers say.</param>
public sealed record RecordedPacket(int Number, CapturedFrame Frame, PacketFacts Facts)
{
    private string? _summary;

    /// <summary>One line for a person.</summary>
    public string Summary => _summary ??= Dissector.Dissect(Frame.LinkType, Frame.Bytes).Summary;

    /// <summary>Reads a frame; false where not even its first headers can be read.</summary>
    /// <param name="number">The number to give it.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="packet">The packet, or null.</param>
    public static bool TryMake(int number, CapturedFrame frame, [NotNullWhen(true)] out RecordedPacket? packet)
    {
        ArgumentNullException.ThrowIfNull(frame);
        packet = PacketFacts.TryRead(frame.LinkType, frame.Bytes.Span, out var facts) ? new RecordedPacket(number, frame, facts) : null;
        return packet is not null;
    }

    /// <summary>The packet is to or from one of the addresses, asks for one, or is an ICMP error about a packet to one.</summary>
    /// <param name="addresses">The addresses, without zones.</param>
    public bool Concerns(IReadOnlySet<IpAddress> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        if (Facts.IsArp) return addresses.Contains(Facts.ArpTarget) || addresses.Contains(Facts.ArpSender);
        if (!Facts.IsIp) return false;
        return addresses.Contains(Facts.Source) || addresses.Contains(Facts.Destination)
            || (Facts.IsIcmpError && (addresses.Contains(Facts.Quoted.Destination) || addresses.Contains(Facts.Quoted.Source)))
            || (Facts.NeighborTarget is { } target && addresses.Contains(target));
    }

    /// <summary>A segment or datagram between two endpoints, or an ICMP error that quotes one of this host's.</summary>
    /// <param name="protocol">6 for TCP, 17 for UDP.</param>
    /// <param name="local">This end.</param>
    /// <param name="remote">The other end.</param>
    public bool IsOfFlow(int protocol, IpEndpoint local, IpEndpoint remote)
    {
        var here = new IpEndpoint(local.Address.WithZone(0), local.Port);
        var there = new IpEndpoint(remote.Address.WithZone(0), remote.Port);
        if (Facts.IsIcmpError)
        {
            return Facts.Quoted.HasPorts && (int)Facts.Quoted.Protocol == protocol
                && Facts.Quoted.SourcePort == here.Port && Facts.Quoted.DestinationEndpoint == there;
        }

        if (!Facts.HasPorts || (int)Facts.Protocol != protocol) return false;

        // The local address of a socket that is not yet bound to one is unspecified: its port is enough.
        return (Facts.SourcePort == here.Port && Facts.DestinationEndpoint == there)
            || (Facts.DestinationPort == here.Port && Facts.SourceEndpoint == there);
    }

    /// <summary>ARP or neighbor discovery that asks or answers for an address.</summary>
    /// <param name="address">The address.</param>
    public bool IsResolutionOf(IpAddress address)
    {
        var plain = address.WithZone(0);
        return Facts.IsArp ? Facts.ArpTarget == plain || Facts.ArpSender == plain : Facts.NeighborTarget == plain;
    }

    /// <summary>An echo request or reply to or from an address, or an ICMP error about a packet to it.</summary>
    /// <param name="address">The address.</param>
    public bool IsIcmpAbout(IpAddress address)
    {
        var plain = address.WithZone(0);
        if (Facts.IsIcmpError) return Facts.Quoted.Destination == plain;
        return (Facts.IsEchoRequest && Facts.Destination == plain) || (Facts.IsEchoReply && Facts.Source == plain);
    }
}
