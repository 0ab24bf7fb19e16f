using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Takes ICMP errors: finds whose packet they quote, learns path MTUs, and tells the upper layer (RFC 1122 §3.2.2, RFC 4443 §3, RFC 1191, RFC 8201).</summary>
internal sealed class IcmpErrorInput(IpLayer ip)
{
    // RFC 792: eight octets behind the header are always quoted, and they hold the ports.
    private const int MinQuoted = 8;

    public void Take(in IcmpMessage message, in Arrival arrival)
    {
        if (!Ipv4Packet.TryReadTruncated(message.QuotedPacket, out var quoted, out _) || quoted.FragmentOffset != 0 || quoted.Payload.Length < MinQuoted) return;

        // RFC 1122 §3.2.2: only about what this host has sent.
        if (!ip.Addresses.IsUsable(quoted.Source)) return;
        var mtu = 0;
        if (message.Type == IcmpType.DestinationUnreachable && message.Code == (byte)IcmpUnreachableCode.FragmentationNeeded)
            mtu = message.NextHopMtu != 0 ? message.NextHopMtu : Plateau(quoted.TotalLength);
        var report = new IcmpReport(arrival.Source, (byte)message.Type, message.Code, mtu, quoted.Source, quoted.Destination, arrival.At) { HopLimit = arrival.HopLimit };
        Tell(report, quoted.Protocol, quoted.Payload, ip.Settings.MinPathMtuV4);
    }

    public void Take(in Icmpv6Message message, in Arrival arrival)
    {
        if (!Ipv6Packet.TryReadTruncated(message.QuotedPacket, out var quoted, out _)) return;
        var (source, destination) = (Zones.On(quoted.Source, arrival.Interface), Zones.On(quoted.Destination, arrival.Interface));
        if (!ip.Addresses.IsUsable(source)) return;
        if (!quoted.TryReadUpperLayer(out var upper, out _) || upper.FragmentOffset != 0 || upper.Bytes.Length < MinQuoted) return;
        var mtu = message.Type == Icmpv6Type.PacketTooBig ? (int)Math.Min(message.Mtu, int.MaxValue) : 0;
        var report = new IcmpReport(arrival.Source, (byte)message.Type, message.Code, mtu, source, destination, arrival.At) { HopLimit = arrival.HopLimit };
        Tell(report, upper.Protocol, upper.Bytes, ip.Settings.MinPathMtuV6);
    }

    public void TakeRedirect(in IcmpMessage message, in Arrival arrival)
    {
        if (!Ipv4Packet.TryReadTruncated(message.QuotedPacket, out var quoted, out _) || !ip.Addresses.IsUsable(quoted.Source)) return;
        ip.Redirects.Take(arrival.Source, quoted.Destination, message.Gateway, arrival.Interface, arrival.At);
    }

    private void Tell(in IcmpReport report, IpProtocol protocol, ReadOnlySpan<byte> quoted, int floor)
    {
        var upper = ip.UpperLayerOf(report.Source.Version, protocol);
        if (report.NextHopMtu > 0 && upper is not null) LearnMtu(report, upper, quoted, floor);
        upper?.HandleError(report, quoted);
    }

    private void LearnMtu(in IcmpReport report, IUpperLayer upper, ReadOnlySpan<byte> quoted, int floor)
    {
        // RFC 8201 §4: an MTU below the least that IPv6 has is no report to believe a part of.
        if (!upper.Recognizes(report, quoted) || (report.Destination.IsV6 && report.NextHopMtu < Ipv6Packet.MinMtu))
        {
            if (ip.Events.IsOn) ip.Events.Add(new PathMtuRefused(report.At, report.Destination, report.NextHopMtu, report.Reporter));
            return;
        }

        if (!ip.TryFindPath(report.Destination, report.Source, out var path)) return;
        var before = path.Mtu;
        var mtu = Math.Max(report.NextHopMtu, floor);

        // RFC 8201 §4: a report never raises the estimate.
        if (mtu >= before) return;
        ip.PathMtus.Set(path.Destination, mtu, report.At);
        if (ip.Events.IsOn) ip.Events.Add(new PathMtuLowered(report.At, path.Destination, before, mtu, report.Reporter));
    }

    // RFC 1191 §7: a router older than the field sends none; the next of the usual MTUs below what did not fit is tried.
    private static int Plateau(int length)
    {
        ReadOnlySpan<ushort> plateaus = [32000, 17914, 8166, 4352, 2002, 1492, 1006, 508, 296, 68];
        foreach (var plateau in plateaus)
        {
            if (plateau < length) return plateau;
        }

        return plateaus[^1];
    }
}
