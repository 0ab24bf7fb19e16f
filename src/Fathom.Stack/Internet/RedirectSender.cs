using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Tells a host that its packets had better go to another neighbor at once (RFC 1812 §5.2.7.2, RFC 4861 §8.2). The packet itself is passed on all the same.</summary>
internal sealed class RedirectSender(IpLayer ip)
{
    // Of the packet as much as an error quotes: RFC 1812 §4.3.2.3; over IPv6 what fits the minimum MTU beside the message, in words of eight.
    private const int QuotedV4 = 576 - Ipv4Packet.MinHeaderLength - IcmpMessage.HeaderLength;
    private const int LinkLayerOptionLength = 8;
    private const int QuotedHeaderLength = 8;
    private const int QuotedV6 = (Ipv6Packet.MinMtu - Ipv6Packet.HeaderLength - NeighborRedirect.FixedLength - LinkLayerOptionLength - QuotedHeaderLength) & ~7;

    /// <summary>Tells, where there is something to tell.</summary>
    /// <param name="packet">The packet, from its IP header on; it leaves where it came in.</param>
    /// <param name="source">Its source.</param>
    /// <param name="destination">Its destination.</param>
    /// <param name="nextHop">Where it goes.</param>
    /// <param name="on">The link.</param>
    /// <param name="now">The time.</param>
    public void Tell(ReadOnlySpan<byte> packet, IpAddress source, IpAddress destination, IpAddress nextHop, NetworkInterface on, TimeSpan now)
    {
        // Only a neighbor can take the other way, and only Ethernet has another.
        if (!ip.Settings.SendRedirects || on.Medium != InterfaceMedium.Ethernet || ip.Routes.Find(source, on) is not { Gateway: null }) return;
        if (ip.Addresses.IsBroadcast(on, source)) return;
        if (source.IsV4) TellV4(packet, source, nextHop, on, now);
        else TellV6(packet, source, destination, nextHop, on, now);
    }

    private void TellV4(ReadOnlySpan<byte> packet, IpAddress source, IpAddress nextHop, NetworkInterface on, TimeSpan now)
    {
        // RFC 1812 §5.2.7.2: the source is on the network of the better hop.
        if (SourceSelection.Choose(ip.Addresses, on, source) is not { } from || !ip.Addresses.TryFind(from, out var own) || !own.Prefix.Contains(nextHop) || !own.Prefix.Contains(source)) return;
        if (!ip.Errors.MaySend(source, now) || !ip.TryFindPath(source, from, out var path)) return;
        var quoted = packet[..Math.Min(packet.Length, QuotedV4)];
        var message = ip.Pool.Rent(quoted.Length);
        quoted.CopyTo(message.Append(quoted.Length));
        message.Prepend(IcmpMessage.HeaderLength);
        IcmpHeader.Redirect(nextHop).WriteTo(message.Span);
        ip.Errors.Count(IpVersion.V4, (byte)IcmpType.Redirect);
        Note(path, (byte)IcmpType.Redirect, code: 1, now);
        ip.Send(message, path, IpProtocol.Icmp, new IpSendOptions(ip.Settings.HopLimit, 0, Ecn.NotCapable, false), now);
    }

    private void TellV6(ReadOnlySpan<byte> packet, IpAddress source, IpAddress destination, IpAddress nextHop, NetworkInterface on, TimeSpan now)
    {
        // RFC 4861 §8.1: a redirect is from a link-local address, and names a router by its own.
        if (destination.IsMulticast || (!nextHop.IsLinkLocal && nextHop.WithZone(0) != destination.WithZone(0)) || LinkLocalOf(on) is not { } from) return;
        if (!ip.Errors.MaySend(source, now)) return;
        var mac = on.Neighbors!.TryFind(nextHop, out var neighbor) && neighbor.HasHardwareAddress ? LinkLayerOptionLength : 0;
        var quoted = packet[..(Math.Min(packet.Length, QuotedV6) & ~7)];
        var length = NeighborRedirect.FixedLength + mac + QuotedHeaderLength + quoted.Length;
        var buffer = ip.Pool.Rent(length);
        var bytes = buffer.Append(length);
        var options = bytes[NeighborRedirect.FixedLength..];
        if (mac > 0) options = options[NdOptionWriter.WriteLinkLayerAddress(options, NdOptionType.TargetLinkLayerAddress, neighbor!.HardwareAddress)..];
        NdOptionWriter.WriteRedirectedHeader(options, quoted);
        new NeighborRedirectHeader(nextHop, destination).WriteTo(bytes, from, source);
        Note(new IpPath(from, source, on, source), (byte)Icmpv6Type.Redirect, code: 0, now);
        ip.SendOnLink(buffer, on, from, source, IpProtocol.Icmpv6, now);
    }

    private IpAddress? LinkLocalOf(NetworkInterface on)
    {
        foreach (var own in ip.Addresses.All)
        {
            if (own.Interface == on && own.IsUsable && own.Address.IsV6 && own.Address.IsLinkLocal) return own.Address;
        }

        return null;
    }

    private void Note(IpPath path, byte type, byte code, TimeSpan now)
    {
        if (ip.Events.IsOn) ip.Events.Add(new IcmpErrorSent(now, path.Source, path.Destination, type, code));
    }
}
