using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>What the neighbor caches ask of the protocols that resolve addresses: ARP for IPv4, neighbor discovery for IPv6.</summary>
internal sealed class AddressResolution(IpLayer ip, ArpMachine arp, NeighborDiscovery discovery) : INeighborMachine
{
    public void Solicit(NetworkInterface on, NeighborEntry neighbor, bool isToAll, TimeSpan now)
    {
        if (SourceFor(on, neighbor) is not { } source) return;
        if (neighbor.Address.IsV4) arp.Request(on, source, neighbor.Address, isToAll ? null : neighbor.HardwareAddress);
        else discovery.Solicit(on, source, neighbor.Address, isToAll, now);
    }

    public void TakeUndeliverable(NetworkInterface on, PacketBuffer packet, TimeSpan now)
    {
        ip.TakeUndeliverable(packet, on, now);
        ip.Pool.Return(packet);
    }

    public bool IsBroadcast(NetworkInterface on, IpAddress address) => ip.Addresses.IsBroadcast(on, address);

    public void NoteReachability(NetworkInterface on, NeighborEntry neighbor, bool isReachable)
    {
        // Only a router's state decides over ways: what is on the link has no other way.
        if (!isReachable) ip.Redirects.ForgetRouter(on, neighbor.Address);
        if (ip.Routes.HasGateway(neighbor.Address.WithZone(0))) ip.Paths.MarkChanged();
    }

    public void NoteNoRouter(NetworkInterface on, NeighborEntry neighbor, TimeSpan now) => ip.RouterDiscoveryOf(on)?.ForgetRouter(neighbor.Address, now);

    // RFC 4861 §7.2.2: the address that the packet which waits comes from, so that the neighbor learns it; else any of the interface's.
    private IpAddress? SourceFor(NetworkInterface on, NeighborEntry neighbor)
    {
        if (neighbor.FirstWaiting is { } packet)
        {
            IpAddress? source = neighbor.Address.IsV4
                ? Ipv4Packet.TryRead(packet.Span, out var v4, out _) ? v4.Source : null
                : Ipv6Packet.TryRead(packet.Span, out var v6, out _) ? Zones.On(v6.Source, on) : null;
            if (source is { } from && ip.Addresses.TryFind(from, out var local) && local.Interface == on && local.IsUsable) return from;
        }

        return SourceSelection.Choose(ip.Addresses, on, neighbor.Address);
    }
}
