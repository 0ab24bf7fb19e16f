using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Stack;
using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Hosts.Stack.Link;

/// <summary>The stack's interfaces as the port tells them.</summary>
internal static class HostTables
{
    /// <summary>The interfaces. Called with the gate held.</summary>
    public static List<HostInterface> Interfaces(NetworkStack stack)
    {
        var addresses = stack.Addresses;
        return [.. stack.Interfaces.Select(i => Of(i, [.. addresses.Where(a => a.Interface == i).Select(Of)]))];
    }

    private static HostInterface Of(NetworkInterface network, IReadOnlyList<InterfaceAddress> addresses)
    {
        var kind = network.Medium switch
        {
            InterfaceMedium.Ethernet => InterfaceKind.Ethernet,
            InterfaceMedium.Loopback => InterfaceKind.Loopback,
            _ => InterfaceKind.Tunnel,
        };
        var counted = network.GetStatistics();
        return new HostInterface(network.Index, network.Name, kind, network.IsUp, network.HasCarrier, network.Mtu, network.HardwareAddress, addresses)
        {
            Counters = new InterfaceCounters(
                counted.InPackets, counted.InOctets, counted.InErrors, counted.InDiscards + counted.InUnknownProtocols, counted.OutPackets, counted.OutOctets, null, counted.OutDiscards),
        };
    }

    private static InterfaceAddress Of(AssignedAddress address) => new(address.Address, address.PrefixLength, address.State switch
    {
        AddressState.Tentative => InterfaceAddressState.Tentative,
        AddressState.Duplicate => InterfaceAddressState.Duplicate,
        AddressState.Deprecated => InterfaceAddressState.Deprecated,
        _ => InterfaceAddressState.Preferred,
    });
}
