using System.Buffers.Binary;
using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Passes packets of others on (RFC 1812 §5.2 and §5.3, RFC 8200 §3).</summary>
internal sealed class IpForwarder(IpLayer ip, IpOutput output, RedirectSender redirects)
{
    private const int TimeToLiveAt = 8;
    private const int ChecksumAt = 10;
    private const int HopLimitAt = 7;

    public bool Forward(PacketBuffer packet, in Ipv4Packet view, NetworkInterface on, TimeSpan now)
    {
        var (source, destination) = (view.Source, view.Destination);
        ip.CountersOf(IpVersion.V4).InForwarded++;

        // RFC 3927 §7: link-local addresses stay on their link. "This host" has no place to answer to.
        if (source.IsLinkLocal || destination.IsLinkLocal || source.IsUnspecified) return Drop(packet, DropReason.Martian, on, now);
        if (view.TimeToLive <= 1) return Refuse(packet, on, IcmpErrorKind.HopLimitExceeded, 0, DropReason.HopLimit, now);
        if (ip.Routes.Find(destination) is not { } route) return Refuse(packet, on, IcmpErrorKind.NoRoute, 0, DropReason.NoRoute, now);
        if (route.IsProhibited) return Refuse(packet, on, IcmpErrorKind.Prohibited, 0, DropReason.NoRoute, now);
        var through = route.Interface;
        if (!ip.Hooks.IsEmpty && !ip.Hooks.Pass(packet, HookPlace.Forward, on, through, now)) return false;
        var isTooLong = !Fits(packet, through.MtuV4, view.HeaderLength);
        if (isTooLong && view.DontFragment) return Refuse(packet, on, IcmpErrorKind.PacketTooBig, (uint)through.MtuV4, DropReason.TooBig, now);

        // RFC 1812 §5.3.1; the checksum changes by that one word (RFC 1624).
        var header = packet.Span;
        var before = BinaryPrimitives.ReadUInt16BigEndian(header[TimeToLiveAt..]);
        header[TimeToLiveAt]--;
        var after = BinaryPrimitives.ReadUInt16BigEndian(header[TimeToLiveAt..]);
        var checksum = InternetChecksum.Update(BinaryPrimitives.ReadUInt16BigEndian(header[ChecksumAt..]), before, after);
        BinaryPrimitives.WriteUInt16BigEndian(header[ChecksumAt..], checksum);

        if (view.HeaderLength > Ipv4Packet.MinHeaderLength) RecordPath(header[..view.HeaderLength], through, now);
        if (!ip.Hooks.IsEmpty && !ip.Hooks.Pass(packet, HookPlace.Postrouting, on, through, now)) return false;
        ip.CountersOf(IpVersion.V4).OutForwarded++;
        var nextHop = route.Gateway ?? destination;
        if (through == on) redirects.Tell(packet.Span, source, destination, nextHop, on, now);
        if (MustSplit(packet, through, InterfaceOffloads.SegmentationV4)) return SendSegments(packet, view.HeaderLength, view.Protocol, through, nextHop, now);
        if (isTooLong) return SendFragments(packet, view.Protocol, through, nextHop, now);
        output.Transmit(packet, through, nextHop, view.Protocol, now);
        return true;
    }

    public bool Forward(PacketBuffer packet, in Ipv6Packet view, NetworkInterface on, TimeSpan now)
    {
        ip.CountersOf(IpVersion.V6).InForwarded++;
        var (source, destination) = (view.Source, view.Destination);
        if (destination.IsLinkLocal || source.IsUnspecified) return Drop(packet, DropReason.Martian, on, now);

        // RFC 4007 §9: a packet leaves its source's zone nowhere.
        if (source.IsLinkLocal) return Refuse(packet, on, IcmpErrorKind.BeyondScope, 0, DropReason.Martian, now);
        if (view.HopLimit <= 1) return Refuse(packet, on, IcmpErrorKind.HopLimitExceeded, 0, DropReason.HopLimit, now);
        if (ip.Routes.Find(destination) is not { } route) return Refuse(packet, on, IcmpErrorKind.NoRoute, 0, DropReason.NoRoute, now);
        if (route.IsProhibited) return Refuse(packet, on, IcmpErrorKind.Prohibited, 0, DropReason.NoRoute, now);
        var through = route.Interface;
        if (!ip.Hooks.IsEmpty && !ip.Hooks.Pass(packet, HookPlace.Forward, on, through, now)) return false;
        if (!Fits(packet, through.MtuV6, Ipv6Packet.HeaderLength)) return Refuse(packet, on, IcmpErrorKind.PacketTooBig, (uint)through.MtuV6, DropReason.TooBig, now);
        packet.Span[HopLimitAt]--;
        if (!ip.Hooks.IsEmpty && !ip.Hooks.Pass(packet, HookPlace.Postrouting, on, through, now)) return false;
        ip.CountersOf(IpVersion.V6).OutForwarded++;

        // Only what a device has left undone needs to know the transport.
        var (protocol, offset) = (view.NextHeader, Ipv6Packet.HeaderLength);
        if ((packet.Checksum == ChecksumState.Partial || packet.SegmentSize != 0) && view.TryReadUpperLayer(out var upper, out _)) (protocol, offset) = (upper.Protocol, upper.Offset);
        var nextHop = route.Gateway is { } gateway ? Zones.On(gateway, through) : destination;
        if (through == on) redirects.Tell(packet.Span, source, destination, nextHop, on, now);
        if (MustSplit(packet, through, InterfaceOffloads.SegmentationV6)) return SendSegments(packet, offset, protocol, through, nextHop, now);
        output.Transmit(packet, through, nextHop, protocol, now);
        return true;
    }

    // RFC 1812 §5.3.13.5 and §5.3.13.6: the address is that of the interface through which the packet leaves.
    private void RecordPath(Span<byte> header, NetworkInterface through, TimeSpan now)
    {
        foreach (var own in ip.Addresses.All)
        {
            if (own.Interface != through || !own.Address.IsV4 || !own.IsUsable) continue;
            Ipv4PathRecord.Add(ip, header[Ipv4Packet.MinHeaderLength..], own.Address, now);
            header[ChecksumAt..(ChecksumAt + 2)].Clear();
            BinaryPrimitives.WriteUInt16BigEndian(header[ChecksumAt..], InternetChecksum.Compute(header));
            return;
        }
    }

    private static bool Fits(PacketBuffer packet, int mtu, int header)
        => packet.SegmentSize == 0 ? packet.Length <= mtu : header + packet.TransportHeaderLength + packet.SegmentSize <= mtu;

    private static bool MustSplit(PacketBuffer packet, NetworkInterface through, InterfaceOffloads needed) => packet.SegmentSize != 0 && (through.Offloads & needed) == 0;

    private bool SendSegments(PacketBuffer packet, int headerLength, IpProtocol protocol, NetworkInterface through, IpAddress nextHop, TimeSpan now)
    {
        if (ip.Segmenter is not { } segmenter || segmenter.Protocol != protocol) return Drop(packet, DropReason.TooBig, through, now);
        var at = 0;
        while (segmenter.Next(packet, headerLength, ref at, ip.Pool) is { } piece) output.Transmit(piece, through, nextHop, protocol, now);
        return false;
    }

    private bool SendFragments(PacketBuffer packet, IpProtocol protocol, NetworkInterface through, IpAddress nextHop, TimeSpan now)
    {
        PartialChecksum.Complete(packet, protocol);
        if (!output.SendFragments(packet, through, nextHop, protocol, through.MtuV4, now)) return Drop(packet, DropReason.TooBig, through, now);
        return false;
    }

    private bool Refuse(PacketBuffer packet, NetworkInterface on, IcmpErrorKind kind, uint detail, DropReason reason, TimeSpan now)
    {
        ip.Errors.Report(packet.Span, on, kind, detail, now);
        return Drop(packet, reason, on, now);
    }

    private bool Drop(PacketBuffer packet, DropReason reason, NetworkInterface on, TimeSpan now)
    {
        var version = packet.Span[0] >> 4 == 6 ? IpVersion.V6 : IpVersion.V4;
        var (source, destination) = version == IpVersion.V6
            ? (IpAddress.FromBytes(packet.Span.Slice(8, 16)), IpAddress.FromBytes(packet.Span.Slice(24, 16)))
            : (IpAddress.FromBytes(packet.Span.Slice(12, 4)), IpAddress.FromBytes(packet.Span.Slice(16, 4)));
        ip.NoteDrop(version, reason, on, source, destination, now);
        return false;
    }
}
