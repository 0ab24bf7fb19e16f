using Fathom.Diagnosis.Internet;
using Fathom.Hosts.Link;
using Fathom.Probes;
using Fathom.Probes.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Diagnosis.Link;

/// <summary>
/// Sends an echo request to an address in a frame to the gateway, whatever the routing table says: if the address answers, it is
/// not on this link. Needs the privilege to send and to capture frames.
/// </summary>
internal static class FrameThroughGateway
{
    // As many as neighbor resolution sends, and as far apart as fits into a second.
    private const int Attempts = 3;

    private const byte HopLimit = 64;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Makes the experiment.</summary>
    /// <returns>True if the address answered, false if it did not, null if the experiment could not be made; with the evidence.</returns>
    public static async Task<(bool? Answered, IReadOnlyList<string> Evidence)> TryAsync(
        ProbeContext context, HostInterface? link, Subject subject, IpAddress gateway, CancellationToken cancellation)
    {
        if (!context.Packets.IsCapturing || link?.HardwareAddress is not { } mine || subject.Route?.Source is not { } source) return (null, []);
        var neighbor = await NeighborProbe.RunAsync(context, link.Index, gateway, TimeSpan.FromSeconds(3.6), cancellation);
        var gatewayMac = (neighbor as NeighborOutcome.Answered)?.Entry.HardwareAddress ?? (neighbor as NeighborOutcome.Unconfirmed)?.Entry.HardwareAddress;
        if (gatewayMac is null) return (null, []);
        var target = subject.Address.WithZone(0);
        context.Packets.Watch(target);
        var identifier = context.Host.Random.NextUInt16();
        for (ushort sequence = 1; sequence <= Attempts; sequence++)
        {
            var frame = Build(mine, gatewayMac.Value, source.WithZone(0), target, identifier, sequence);
            if (await context.Host.SendFrameAsync(link.Index, frame, cancellation) is not null) return (null, []);
            var start = context.Host.Time.GetTimestamp();
            while (context.Since(start) < Wait)
            {
                if (context.Packets.Any(p => p.Facts.IsEchoReply && p.Facts.Source == target && p.Facts.EchoIdentifier == identifier))
                    return (true, context.Packets.Find(p => (p.Facts.IsEchoReply || p.Facts.IsEchoRequest) && p.Facts.EchoIdentifier == identifier, 2));
                await Task.Delay(Poll, context.Host.Time, cancellation);
            }
        }

        return (false, context.Packets.Find(p => p.Facts.IsEchoRequest && p.Facts.EchoIdentifier == identifier));
    }

    private static byte[] Build(MacAddress from, MacAddress to, IpAddress source, IpAddress destination, ushort identifier, ushort sequence)
    {
        const int DataLength = 24;
        var icmpLength = 8 + DataLength;
        var frame = new byte[EthernetFrame.HeaderLength + (source.IsV6 ? Ipv6Packet.HeaderLength : Ipv4Packet.MinHeaderLength) + icmpLength];
        var icmp = frame.AsSpan(frame.Length - icmpLength);
        var ip = frame.AsSpan(EthernetFrame.HeaderLength);
        new EthernetHeader(to, from, source.IsV6 ? EtherType.Ipv6 : EtherType.Ipv4).WriteTo(frame);
        if (source.IsV6)
        {
            new Ipv6Header { NextHeader = IpProtocol.Icmpv6, HopLimit = HopLimit, Source = source, Destination = destination }.WriteTo(ip);
            Icmpv6Header.EchoRequest(identifier, sequence).WriteTo(icmp, source, destination);
        }
        else
        {
            new Ipv4Header { TimeToLive = HopLimit, Protocol = IpProtocol.Icmp, Source = source, Destination = destination }.WriteTo(ip);
            IcmpHeader.EchoRequest(identifier, sequence).WriteTo(icmp);
        }

        return frame;
    }
}
