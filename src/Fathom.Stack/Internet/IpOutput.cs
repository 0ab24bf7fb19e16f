using System.Buffers.Binary;
using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Writes IP headers, cuts what is too large, and hands packets to interfaces.</summary>
internal sealed class IpOutput(IpLayer ip)
{
    public void Send(PacketBuffer segment, IpPath path, IpProtocol protocol, in IpSendOptions options, TimeSpan now)
    {
        var version = path.Destination.Version;
        var counters = ip.CountersOf(version);
        counters.OutRequests++;
        if (!path.IsUsable)
        {
            Refuse(segment, path, protocol, DropReason.NoRoute, IcmpErrorKind.NoRoute, 0, now);
            return;
        }

        var mtu = path.Mtu;
        var header = version == IpVersion.V4 ? Ipv4Packet.MinHeaderLength : Ipv6Packet.HeaderLength;
        if (segment.SegmentSize == 0 && segment.Length + header > mtu)
        {
            if (options.DontFragment) Refuse(segment, path, protocol, DropReason.TooBig, IcmpErrorKind.PacketTooBig, (uint)mtu, now);
            else if (!ip.Hooks.IsEmpty && version == IpVersion.V4) SendWhole(default, segment, path, protocol, options, mtu, now);
            else SendFragments(segment, path, protocol, options, mtu - header, now);
            return;
        }

        WriteHeader(segment, path, protocol, options, FlowLabelOf(segment, path, protocol));

        // RFC 1112 §6.1: who listens to a group on this host hears this host too. Neighbor discovery and reports are for others.
        if (protocol == IpProtocol.Udp && path.Destination.IsMulticast && ip.Groups.IsMember(path.Interface, path.Destination)) ip.Loop(segment, path.Interface);
        if (!ip.Hooks.IsEmpty && !PassHooks(segment, path, now)) return;
        Transmit(segment, path, protocol, now);
    }

    /// <summary>Sends an upper layer's packet with options in its IPv4 header. Rare, so that nothing else need ask for them.</summary>
    public void SendWith(ReadOnlyMemory<byte> headerOptions, PacketBuffer segment, IpPath path, IpProtocol protocol, in IpSendOptions options, TimeSpan now)
    {
        ip.CountersOf(IpVersion.V4).OutRequests++;
        if (!path.IsUsable) Refuse(segment, path, protocol, DropReason.NoRoute, IcmpErrorKind.NoRoute, 0, now);
        else SendWhole(headerOptions, segment, path, protocol, options, path.Mtu, now);
    }

    /// <summary>Hands a whole packet to an interface.</summary>
    public void Transmit(PacketBuffer packet, NetworkInterface through, IpAddress nextHop, IpProtocol protocol, TimeSpan now)
    {
        NeighborEntry? unknown = null;
        Transmit(packet, through, nextHop, ref unknown, false, protocol, now);
    }

    private void Transmit(PacketBuffer packet, IpPath path, IpProtocol protocol, TimeSpan now)
    {
        var sawProgress = path.SawProgress;
        path.SawProgress = false;
        Transmit(packet, path.Interface, path.NextHop, ref path.Neighbor, sawProgress, protocol, now);
    }

    private void Transmit(PacketBuffer packet, NetworkInterface through, IpAddress nextHop, ref NeighborEntry? neighbor, bool sawProgress, IpProtocol protocol, TimeSpan now)
    {
        var counters = ip.CountersOf(nextHop.Version);
        if (packet.Checksum == ChecksumState.Partial && (through.Offloads & InterfaceOffloads.Checksum) == 0) PartialChecksum.Complete(packet, protocol);
        counters.OutTransmits++;
        if (through.Neighbors is { } neighbors) neighbors.Send(packet, nextHop, ref neighbor, sawProgress, now);
        else if (!through.Transmit(packet)) counters.Drop(DropReason.QueueFull);
    }

    // Of a whole upper layer's packet: the ports of TCP and UDP are its first four octets. Only IPv6 has the label.
    private static uint FlowLabelOf(PacketBuffer segment, IpPath path, IpProtocol protocol)
    {
        if (path.Destination.IsV4) return 0;
        var hasPorts = protocol is IpProtocol.Tcp or IpProtocol.Udp && segment.Length >= sizeof(uint);
        return path.FlowLabelOf(protocol, hasPorts ? BinaryPrimitives.ReadUInt32BigEndian(segment.Span) : 0);
    }

    private static void WriteHeader(PacketBuffer segment, IpPath path, IpProtocol protocol, in IpSendOptions options, uint flowLabel, ReadOnlyMemory<byte> headerOptions = default)
    {
        if (path.Destination.IsV4)
        {
            var header = new Ipv4Header
            {
                Dscp = options.Dscp,
                Ecn = options.Ecn,
                Identification = (ushort)path.NextIdentification++,
                DontFragment = options.DontFragment,
                TimeToLive = options.HopLimit,
                Protocol = protocol,
                Source = path.Source,
                Destination = path.Destination,
                Options = headerOptions,
            };
            segment.Prepend(header.Length);
            header.WriteTo(segment.Span);
            return;
        }

        segment.Prepend(Ipv6Packet.HeaderLength);
        new Ipv6Header
        {
            Dscp = options.Dscp,
            Ecn = options.Ecn,
            FlowLabel = flowLabel,
            NextHeader = protocol,
            HopLimit = options.HopLimit,
            Source = path.Source,
            Destination = path.Destination,
        }.WriteTo(segment.Span);
    }

    private bool PassHooks(PacketBuffer packet, IpPath path, TimeSpan now)
    {
        var through = path.Interface;
        if (ip.Hooks.Pass(packet, HookPlace.Output, null, through, now) && ip.Hooks.Pass(packet, HookPlace.Postrouting, null, through, now)) return true;
        ip.Pool.Return(packet);
        return false;
    }

    // Hooks see the packet before it is cut: only so do all of its pieces fare alike.
    private void SendWhole(ReadOnlyMemory<byte> headerOptions, PacketBuffer segment, IpPath path, IpProtocol protocol, in IpSendOptions options, int mtu, TimeSpan now)
    {
        PartialChecksum.Complete(segment, protocol);
        WriteHeader(segment, path, protocol, options, FlowLabelOf(segment, path, protocol), headerOptions);
        if (!PassHooks(segment, path, now)) return;
        if (segment.Length <= mtu)
        {
            Transmit(segment, path, protocol, now);
            return;
        }

        SendFragments(segment, path.Interface, path.NextHop, protocol, mtu, now);
        ip.Pool.Return(segment);
    }

    /// <summary>Cuts a whole IPv4 packet and hands its pieces to an interface; the packet stays the caller's.</summary>
    /// <returns>False if it cannot be cut.</returns>
    public bool SendFragments(PacketBuffer packet, NetworkInterface through, IpAddress nextHop, IpProtocol protocol, int mtu, TimeSpan now)
    {
        if (!Ipv4Fragmenter.TryFragment(packet.Span, mtu, out var fragments, out _)) return false;
        var counters = ip.CountersOf(IpVersion.V4);
        counters.FragmentedPackets++;
        foreach (var bytes in fragments)
        {
            var fragment = ip.Pool.Rent(bytes.Length);
            bytes.CopyTo(fragment.Append(bytes.Length));
            counters.FragmentsCreated++;
            Transmit(fragment, through, nextHop, protocol, now);
        }

        return true;
    }

    // RFC 791 §3.2 and RFC 8200 §4.5: every piece but the last is a multiple of eight octets long.
    private void SendFragments(PacketBuffer segment, IpPath path, IpProtocol protocol, in IpSendOptions options, int room, TimeSpan now)
    {
        var counters = ip.CountersOf(path.Destination.Version);
        var isV4 = path.Destination.IsV4;
        PartialChecksum.Complete(segment, protocol);
        if (!isV4) room -= Ipv6Fragment.HeaderLength;
        room &= ~7;
        var identification = path.NextIdentification++;
        var flowLabel = FlowLabelOf(segment, path, protocol);
        counters.FragmentedPackets++;
        for (var at = 0; at < segment.Length; at += room)
        {
            var isLast = segment.Length - at <= room;
            var piece = segment.Span.Slice(at, isLast ? segment.Length - at : room);
            var fragment = ip.Pool.Rent(piece.Length);
            piece.CopyTo(fragment.Append(piece.Length));
            if (isV4)
            {
                fragment.Prepend(Ipv4Packet.MinHeaderLength);
                new Ipv4Header
                {
                    Dscp = options.Dscp,
                    Ecn = options.Ecn,
                    Identification = (ushort)identification,
                    MoreFragments = !isLast,
                    FragmentOffset = at,
                    TimeToLive = options.HopLimit,
                    Protocol = protocol,
                    Source = path.Source,
                    Destination = path.Destination,
                }.WriteTo(fragment.Span);
            }
            else
            {
                fragment.Prepend(Ipv6Fragment.HeaderLength);
                new Ipv6FragmentHeader(protocol, at, !isLast, identification).WriteTo(fragment.Span);
                WriteHeader(fragment, path, IpProtocol.Fragment, options, flowLabel);
            }

            counters.FragmentsCreated++;
            if (ip.Hooks.IsEmpty || PassHooks(fragment, path, now)) Transmit(fragment, path, protocol, now);
        }

        ip.Pool.Return(segment);
    }

    // The upper layer hears of it as it would of a router's error, from this host itself; later, since it is in the middle of sending.
    private void Refuse(PacketBuffer segment, IpPath path, IpProtocol protocol, DropReason reason, IcmpErrorKind kind, uint detail, TimeSpan now)
    {
        ip.NoteDrop(path.Destination.Version, reason, null, path.Source, path.Destination, now);
        var (type, code, _) = IcmpErrors.Encode(kind, detail, path.Destination.Version);
        var report = new IcmpReport(path.Source, type, code, kind == IcmpErrorKind.PacketTooBig ? (int)detail : 0, path.Source, path.Destination, now) { IsLocal = true };
        ip.Refuse(segment, protocol, report);
    }
}
