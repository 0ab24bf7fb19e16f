using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Walks the extension headers of a packet for this host, and does what they ask (RFC 8200 §4).</summary>
internal sealed class Ipv6ExtensionCheck(IpLayer ip)
{
    // Octets from the header's first to the field that names the next header, and to the routing type.
    private const int NextHeaderAt = 6;
    private const int RoutingTypeAt = 2;
    private const int OptionsAt = 2;

    /// <summary>Walks to the upper layer, or to a fragment header.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="on">Where it came in.</param>
    /// <param name="isToGroup">It, or its frame, was sent to several hosts.</param>
    /// <param name="now">The time.</param>
    /// <param name="protocol">The upper layer's protocol.</param>
    /// <param name="offset">Octets in front of the upper layer.</param>
    /// <param name="isFragment">A fragment header was met: the packet is to be put together first.</param>
    /// <returns>False: it was dropped, and its sender told where that is due.</returns>
    public bool TryPass(in Ipv6Packet packet, NetworkInterface on, bool isToGroup, TimeSpan now, out IpProtocol protocol, out int offset, out bool isFragment)
    {
        offset = Ipv6Packet.HeaderLength;
        protocol = packet.NextHeader;
        isFragment = false;
        var namedAt = NextHeaderAt;
        if (ip.UpperLayerOf(IpVersion.V6, protocol) is not null) return true;
        var walk = packet.EnumerateExtensions();
        while (walk.MoveNext())
        {
            var at = Ipv6Packet.HeaderLength + walk.Current.Offset;
            switch (walk.Current.Protocol)
            {
                // RFC 8200 §4.1: anywhere but first it is not recognized.
                case IpProtocol.HopByHop when walk.Current.Offset == 0:
                case IpProtocol.DestinationOptions:
                    if (!AreOptionsFine(packet, walk.Current.Bytes, at, on, isToGroup, now)) return false;
                    break;
                case IpProtocol.Routing:
                    if (!IsRoutingDone(packet, walk.Current.Bytes, at, on, now)) return false;
                    break;
                case IpProtocol.Fragment:
                    isFragment = true;
                    return true;
                default:
                    return Refuse(packet, on, IcmpErrorKind.ProtocolUnreachable, namedAt, DropReason.UnknownProtocol, now);
            }

            namedAt = at;
        }

        protocol = walk.NextProtocol;
        offset = Ipv6Packet.HeaderLength + walk.NextOffset;
        if (walk.Error.IsError) return Drop(packet, on, DropReason.Unreadable, now);
        if (ip.UpperLayerOf(IpVersion.V6, protocol) is not null) return true;

        // RFC 8200 §4.7: nothing follows, and nothing is to be said.
        if (protocol == IpProtocol.NoNextHeader) return Drop(packet, on, DropReason.UnknownProtocol, now);
        return Refuse(packet, on, IcmpErrorKind.ProtocolUnreachable, namedAt, DropReason.UnknownProtocol, now);
    }

    // RFC 8200 §4.2: the two highest bits of an option that is not known say what becomes of the packet.
    private bool AreOptionsFine(in Ipv6Packet packet, ReadOnlySpan<byte> header, int at, NetworkInterface on, bool isToGroup, TimeSpan now)
    {
        var options = new Ipv6OptionEnumerator(header[OptionsAt..]);
        while (options.MoveNext())
        {
            var option = options.Current;
            if (option.Type is Ipv6OptionType.Pad1 or Ipv6OptionType.PadN or Ipv6OptionType.RouterAlert || option.UnknownAction == 0) continue;
            var pointer = at + OptionsAt + option.Offset;
            if (option.UnknownAction == 2 || (option.UnknownAction == 3 && !isToGroup)) return Refuse(packet, on, IcmpErrorKind.UnknownOption, pointer, DropReason.Option, now);
            return Drop(packet, on, DropReason.Option, now);
        }

        return !options.Error.IsError || Refuse(packet, on, IcmpErrorKind.BadField, at + OptionsAt + options.Error.Offset, DropReason.Option, now);
    }

    // RFC 8200 §4.4: a routing header that is not known here is passed over once no stop is left. Type 0 is never obeyed (RFC 5095 §3), nor are the others.
    private bool IsRoutingDone(in Ipv6Packet packet, ReadOnlySpan<byte> header, int at, NetworkInterface on, TimeSpan now)
        => (Ipv6Routing.TryRead(header, out var routing, out _) && routing.SegmentsLeft == 0)
            || Refuse(packet, on, IcmpErrorKind.BadField, at + RoutingTypeAt, DropReason.SourceRoute, now);

    private bool Refuse(in Ipv6Packet packet, NetworkInterface on, IcmpErrorKind kind, int pointer, DropReason reason, TimeSpan now)
    {
        ip.Errors.Report(packet.Bytes, on, kind, (uint)pointer, now);
        return Drop(packet, on, reason, now);
    }

    private bool Drop(in Ipv6Packet packet, NetworkInterface on, DropReason reason, TimeSpan now)
    {
        ip.NoteDrop(IpVersion.V6, reason, on, Zones.On(packet.Source, on), Zones.On(packet.Destination, on), now);
        return false;
    }
}
