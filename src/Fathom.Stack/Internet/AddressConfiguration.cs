using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Gives interfaces addresses and takes them away, with what hangs on an address: its route, its group, the look for duplicates.</summary>
internal sealed class AddressConfiguration(IpLayer ip, NeighborDiscovery discovery, StackRandom random)
{
    /// <summary>Gives an interface an address.</summary>
    /// <param name="to">The interface.</param>
    /// <param name="address">The address: one host's.</param>
    /// <param name="prefixLength">Bits of the prefix that is on the link.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="added">The address; perhaps not usable yet.</param>
    /// <returns>False if the host has the address already.</returns>
    public bool TryAdd(NetworkInterface to, IpAddress address, int prefixLength, AddressOrigin origin, [NotNullWhen(true)] out LocalAddress? added)
    {
        if (address.IsMulticast || address.IsUnspecified) throw new ArgumentException("The address is not one host's.", nameof(address));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)prefixLength, (uint)address.BitLength, nameof(prefixLength));
        var local = new LocalAddress(to, Zones.On(address, to), prefixLength, origin);
        added = local;
        if (!ip.Addresses.TryAdd(local)) return false;

        // RFC 5942 §4: an address that a router's prefix made says nothing of what is on the link; the prefix does that itself.
        if (!to.IsLoopback && origin != AddressOrigin.Autoconfigured) ip.Routes.Add(ConnectedRoute(local));
        if (to.Medium == InterfaceMedium.Ethernet) Check(local);
        if (ip.Events.IsOn) ip.Events.Add(new AddressChanged(ip.Clock.Now, to, local.Address, null, local.State, origin));
        ip.Paths.MarkChanged();
        return true;
    }

    /// <summary>Takes an address away.</summary>
    /// <returns>False if the interface does not have it.</returns>
    public bool Remove(NetworkInterface from, IpAddress address)
    {
        if (!ip.Addresses.TryFind(Zones.On(address, from), out var local) || local.Interface != from) return false;
        ip.Addresses.Remove(local);
        local.Guard?.Stop();

        // Another address of the same prefix keeps the prefix on the link.
        if (!ip.Addresses.All.Any(a => a.Interface == from && a.Prefix == local.Prefix)) ip.Routes.Remove(ConnectedRoute(local));
        if (address.IsV6 && from.Medium == InterfaceMedium.Ethernet) ip.LeaveGroup(from, MulticastMapping.SolicitedNode(address));
        if (ip.Events.IsOn) ip.Events.Add(new AddressChanged(ip.Clock.Now, from, local.Address, local.State, null, local.Origin));
        local.State = AddressState.Duplicate;
        ip.Paths.MarkChanged();
        return true;
    }

    private static Route ConnectedRoute(LocalAddress local) => new(local.Prefix, local.Interface, null, 0, RouteOrigin.Connected);

    private void Check(LocalAddress local)
    {
        local.Guard = new AddressGuard(ip, local, ip.Arp, discovery, random);
        if (local.Address.IsV6) ip.JoinGroup(local.Interface, MulticastMapping.SolicitedNode(local.Address));
        var probes = local.Address.IsV6 ? ip.Settings.DuplicateAddressTransmits > 0 : ip.Settings.ProbeStaticAddresses || local.Origin == AddressOrigin.Dhcp;
        local.Guard.Start(probes, ip.Clock.Now);
    }
}
