using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Takes IPv6 packets from interfaces: what is wrong with their addresses, and whether they are for this host (RFC 8200, RFC 4291 §2).</summary>
internal sealed class Ipv6Input(IpLayer ip, IpDelivery delivery, IpForwarder forwarder)
{
    public bool Receive(PacketBuffer packet, NetworkInterface on, bool wasGroupFrame, TimeSpan now)
    {
        ip.CountersOf(IpVersion.V6).InReceives++;
        if (!Ipv6Packet.TryRead(packet.Span, out var view, out _)) return Drop(DropReason.Unreadable, on, IpAddress.AnyV6, IpAddress.AnyV6, now);
        var (source, destination) = (WithZone(view.Source, on), WithZone(view.Destination, on));
        packet.Truncate(Ipv6Packet.HeaderLength + view.PayloadLength);

        if (!on.IsLoopback && Refuses(source, destination) is { } reason) return Drop(reason, on, source, destination, now);
        if (!ip.Hooks.IsEmpty)
        {
            if (!ip.Hooks.Pass(packet, HookPlace.Prerouting, on, null, now)) return false;
            (source, destination) = (WithZone(view.Source, on), WithZone(view.Destination, on)); // the view lies over the packet: it shows what a hook has written
        }

        if (ip.Addresses.TryFind(destination, out var local) && local.IsUsable)
        {
            if (local.Interface != on && !on.IsLoopback && !ip.Settings.Forwarding) return Drop(DropReason.NotForThisHost, on, source, destination, now);
            return Deliver(packet, view, on, source, destination, wasGroupFrame, now);
        }

        if (destination.IsMulticast)
        {
            if (!ip.Groups.IsMember(on, destination)) return Drop(DropReason.NotAMember, on, source, destination, now);
            return Deliver(packet, view, on, source, destination, true, now);
        }

        if (!ip.Settings.Forwarding || wasGroupFrame) return Drop(DropReason.NotForThisHost, on, source, destination, now);
        return forwarder.Forward(packet, view, on, now);
    }

    /// <summary>Takes this host's own packet to a group.</summary>
    public void ReceiveLooped(PacketBuffer packet, NetworkInterface on, TimeSpan now)
    {
        if (Ipv6Packet.TryRead(packet.Span, out var view, out _)) delivery.Deliver(packet, view, on, Zones.On(view.Source, on), Zones.On(view.Destination, on), true, now);
    }

    private bool Deliver(PacketBuffer packet, in Ipv6Packet view, NetworkInterface on, IpAddress source, IpAddress destination, bool isToGroup, TimeSpan now)
    {
        if (ip.Hooks.IsEmpty || ip.Hooks.Pass(packet, HookPlace.Input, on, null, now)) delivery.Deliver(packet, view, on, source, destination, isToGroup, now);
        return false;
    }

    // Over loopback a link-local address of this host keeps the zone that it has; the wire has none to show.
    private IpAddress WithZone(IpAddress address, NetworkInterface on)
    {
        if (!on.IsLoopback || !address.IsLinkLocal) return Zones.On(address, on);
        foreach (var own in ip.Addresses.All)
        {
            if (own.Address.WithZone(0) == address) return own.Address;
        }

        return address;
    }

    private DropReason? Refuses(IpAddress source, IpAddress destination)
    {
        // RFC 4291 §2.7, §2.5.3, §2.5.2: a group sends nothing; the loopback never leaves its host; nobody is the unspecified address.
        if (source.IsMulticast || source.IsLoopback || destination.IsLoopback || destination.IsUnspecified) return DropReason.Martian;

        // Addresses of IPv4 inside those of IPv6 are for programs, not for wires (RFC 4942 §2.2).
        if (source.IsV4Mapped || destination.IsV4Mapped) return DropReason.Martian;

        // RFC 4291 §2.7: scope 0 is reserved, and interface-local groups do not cross a wire.
        if (destination.IsMulticast && ((int)(destination.Value >> 112) & 0xF) is 0 or 1) return DropReason.Martian;

        // Before it has an address a host only asks groups (RFC 4862 §5.4, RFC 3810 §5.2.13).
        if (source.IsUnspecified) return destination.IsMulticast ? null : DropReason.Martian;
        return ip.Addresses.TryFind(source, out var own) && own.IsUsable ? DropReason.OwnSource : null;
    }

    private bool Drop(DropReason reason, NetworkInterface on, IpAddress source, IpAddress destination, TimeSpan now)
    {
        ip.NoteDrop(IpVersion.V6, reason, on, source, destination, now);
        return false;
    }
}
