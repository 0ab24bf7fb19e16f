using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Takes IPv4 packets from interfaces: what is wrong with them, and whether they are for this host (RFC 1122 §3.2.1, RFC 1812 §5.2 and §5.3).</summary>
internal sealed class Ipv4Input(IpLayer ip, IpDelivery delivery, IpForwarder forwarder)
{
    public bool Receive(PacketBuffer packet, NetworkInterface on, bool wasGroupFrame, TimeSpan now)
    {
        ip.CountersOf(IpVersion.V4).InReceives++;
        if (!Ipv4Packet.TryRead(packet.Span, out var view, out _)) return Drop(DropReason.Unreadable, on, default, default, now);
        var (source, destination) = (view.Source, view.Destination);
        if (!on.IsLoopback && !view.ChecksumIsValid) return Drop(DropReason.HeaderChecksum, on, source, destination, now);
        packet.Truncate(view.TotalLength); // padding of a short Ethernet frame

        if (!on.IsLoopback && Refuses(source, destination, on) is { } reason) return Drop(reason, on, source, destination, now);
        if (view.HeaderLength > Ipv4Packet.MinHeaderLength && !AreOptionsFine(view, on, now)) return false;

        if (!ip.Hooks.IsEmpty)
        {
            if (view.IsFragment && ip.Hooks.NeedWholePackets) return ReceiveFragment(packet, on, wasGroupFrame, now);
            if (!ip.Hooks.Pass(packet, HookPlace.Prerouting, on, null, now)) return false;
            (source, destination) = (view.Source, view.Destination); // the view lies over the packet: it shows what a hook has written
        }

        return Route(packet, view, source, destination, on, wasGroupFrame, now);
    }

    private bool Route(PacketBuffer packet, in Ipv4Packet view, in IpAddress source, in IpAddress destination, NetworkInterface on, bool wasGroupFrame, TimeSpan now)
    {
        var mayBeOwn = ip.Addresses.MayConcern((uint)destination.Value);
        if (mayBeOwn && ip.Addresses.TryFind((uint)destination.Value, out var local) && local.IsUsable)
        {
            // RFC 1122 §3.3.6: a frame to many with a packet to one is a loop waiting to happen.
            if (wasGroupFrame) return Drop(DropReason.Martian, on, source, destination, now);
            if (local.Interface != on && !on.IsLoopback && !ip.Settings.Forwarding) return Drop(DropReason.NotForThisHost, on, source, destination, now);
            return Deliver(packet, view, on, now);
        }

        if (destination.IsMulticast)
        {
            if (!ip.Groups.IsMember(on, destination)) return Drop(DropReason.NotAMember, on, source, destination, now);
            return Deliver(packet, view, on, now);
        }

        if (mayBeOwn && ip.Addresses.IsBroadcast(on, destination))
        {
            return Deliver(packet, view, on, now);
        }

        if (!ip.Settings.Forwarding || wasGroupFrame) return Drop(DropReason.NotForThisHost, on, source, destination, now);
        return forwarder.Forward(packet, view, on, now);
    }

    /// <summary>Takes this host's own packet to a group.</summary>
    public void ReceiveLooped(PacketBuffer packet, NetworkInterface on, TimeSpan now)
    {
        if (Ipv4Packet.TryRead(packet.Span, out var view, out _)) delivery.Deliver(packet, view, on, now);
    }

    private bool Deliver(PacketBuffer packet, in Ipv4Packet view, NetworkInterface on, TimeSpan now)
    {
        if (ip.Hooks.IsEmpty || ip.Hooks.Pass(packet, HookPlace.Input, on, null, now)) delivery.Deliver(packet, view, on, now);
        return false;
    }

    // A hook wants the packet whole; the last fragment brings it.
    private bool ReceiveFragment(PacketBuffer fragment, NetworkInterface on, bool wasGroupFrame, TimeSpan now)
    {
        if (delivery.TryComplete(fragment, IpVersion.V4, on, now, out var whole) && !Receive(whole, on, wasGroupFrame, now)) ip.Pool.Return(whole);
        return false;
    }

    // RFC 1812 §5.3.7 and RFC 1122 §3.2.1.3: addresses that no packet on a wire can have.
    private DropReason? Refuses(in IpAddress source, in IpAddress destination, NetworkInterface on)
    {
        var (from, to) = ((uint)source.Value, (uint)destination.Value);
        if (from >> 28 >= 0xE || from >> 24 == 127 || to >> 24 is 0 or 127 || (to >> 28 == 0xF && to != uint.MaxValue)) return DropReason.Martian;

        // "This host on this network" may ask all hosts, before it has an address.
        if (from >> 24 == 0 && !(from == 0 && (to == uint.MaxValue || destination.IsMulticast))) return DropReason.Martian;
        if (!ip.Addresses.MayConcern(from)) return null;
        if (ip.Addresses.TryFind(from, out var own) && own.IsUsable) return DropReason.OwnSource;
        return ip.Addresses.IsBroadcast(on, source) ? DropReason.Martian : null;
    }

    private bool AreOptionsFine(in Ipv4Packet packet, NetworkInterface on, TimeSpan now)
    {
        var options = packet.EnumerateOptions();
        while (options.MoveNext())
        {
            if (options.Current.Type is not (Ipv4OptionType.LooseSourceRoute or Ipv4OptionType.StrictSourceRoute)) continue;

            // RFC 7126 §4.3 advises to drop them; RFC 1812 §5.2.4.1 has the sender told.
            ip.Errors.Report(packet.Bytes, on, IcmpErrorKind.SourceRouteRefused, 0, now);
            Drop(DropReason.SourceRoute, on, packet.Source, packet.Destination, now);
            return false;
        }

        if (!options.Error.IsError) return true;
        ip.Errors.Report(packet.Bytes, on, IcmpErrorKind.BadField, (uint)(Ipv4Packet.MinHeaderLength + options.Error.Offset), now);
        Drop(DropReason.Option, on, packet.Source, packet.Destination, now);
        return false;
    }

    private bool Drop(DropReason reason, NetworkInterface on, IpAddress source, IpAddress destination, TimeSpan now)
    {
        ip.NoteDrop(IpVersion.V4, reason, on, source, destination, now);
        return false;
    }
}
