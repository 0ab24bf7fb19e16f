using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Hands packets for this host to the layers above, fragments put together and extension headers obeyed first.</summary>
internal sealed class IpDelivery(IpLayer ip)
{
    private Dictionary<NetworkInterface, IpReassembly>? _reassembly;
    private readonly Ipv6ExtensionCheck _extensions = new(ip);

    public void Deliver(PacketBuffer packet, in Ipv4Packet view, NetworkInterface on, TimeSpan now)
    {
        if (view.IsFragment)
        {
            if (ReassemblyOf(on).TryComplete(packet, IpVersion.V4, now, out var whole))
            {
                if (Ipv4Packet.TryRead(whole.Span, out var joined, out _)) Deliver(whole, joined, on, now);
                ip.Pool.Return(whole);
            }

            return;
        }

        var counters = ip.CountersOf(IpVersion.V4);
        if (ip.UpperLayerOf(IpVersion.V4, view.Protocol) is not { } upper)
        {
            ip.Errors.Report(view.Bytes, on, IcmpErrorKind.ProtocolUnreachable, 0, now);
            ip.NoteDrop(IpVersion.V4, DropReason.UnknownProtocol, on, view.Source, view.Destination, now);
            return;
        }

        counters.InDelivers++;
        var header = view.HeaderLength;
        var arrival = new Arrival(view.Source, view.Destination, on, view.TimeToLive, view.Dscp, view.Ecn, now) { HeaderLength = header };
        packet.TrimStart(header);
        upper.Receive(packet, arrival);
    }

    public void Deliver(PacketBuffer packet, in Ipv6Packet view, NetworkInterface on, IpAddress source, IpAddress destination, bool isToGroup, TimeSpan now)
        => Deliver(packet, view, on, source, destination, isToGroup, false, now);

    private void Deliver(PacketBuffer packet, in Ipv6Packet view, NetworkInterface on, IpAddress source, IpAddress destination, bool isToGroup, bool hadFragmentHeader, TimeSpan now)
    {
        if (!_extensions.TryPass(view, on, isToGroup, now, out var protocol, out var offset, out var isFragment)) return;
        if (isFragment)
        {
            if (ReassemblyOf(on).TryComplete(packet, IpVersion.V6, now, out var whole))
            {
                if (Ipv6Packet.TryRead(whole.Span, out var joined, out _)) Deliver(whole, joined, on, source, destination, isToGroup, true, now);
                ip.Pool.Return(whole);
            }

            return;
        }

        if (ip.UpperLayerOf(IpVersion.V6, protocol) is not { } upper) return;
        ip.CountersOf(IpVersion.V6).InDelivers++;
        var arrival = new Arrival(source, destination, on, view.HopLimit, view.Dscp, view.Ecn, now) { HeaderLength = offset, HadFragmentHeader = hadFragmentHeader };
        packet.TrimStart(offset);
        upper.Receive(packet, arrival);
    }

    /// <summary>Takes a fragment; the packet that it completes is the caller's.</summary>
    public bool TryComplete(PacketBuffer fragment, IpVersion version, NetworkInterface on, TimeSpan now, [NotNullWhen(true)] out PacketBuffer? whole)
        => ReassemblyOf(on).TryComplete(fragment, version, now, out whole);

    private IpReassembly ReassemblyOf(NetworkInterface on)
    {
        _reassembly ??= [];
        if (!_reassembly.TryGetValue(on, out var reassembly)) _reassembly[on] = reassembly = new IpReassembly(ip, on);
        return reassembly;
    }
}
