using Fathom.Stack.Internet;
using Fathom.Stack.Link;

namespace Fathom.Lab;

/// <summary>What was set by hand on a host, and so is there again after a restart: what a machine has on its disk.</summary>
internal sealed class HostSetup
{
    private readonly List<AssignedAddress> _addresses;
    private readonly List<Route> _routes;

    private HostSetup(List<AssignedAddress> addresses, List<Route> routes) => (_addresses, _routes) = (addresses, routes);

    /// <summary>Reads it off a host.</summary>
    public static HostSetup Of(LabHost host) => new(
        [.. host.Stack.Addresses.Where(static a => a.Origin == AddressOrigin.Static && a.Interface.Medium != InterfaceMedium.Loopback)],
        [.. host.Stack.Routes.Routes.Where(static r => r.Origin == RouteOrigin.Static && r.Interface.Medium != InterfaceMedium.Loopback)]);

    /// <summary>Gives it to the host's new stack: interfaces as the old ones were, in their order.</summary>
    public void ApplyTo(LabHost host)
    {
        foreach (var port in host.Ports)
        {
            var old = port.Interface;
            port.Interface = host.Stack.AddInterface(new InterfaceOptions { Name = old.Name, Medium = old.Medium, Mtu = old.Mtu, HardwareAddress = old.HardwareAddress, Offloads = old.Offloads });
        }

        foreach (var address in _addresses) host.Stack.AddAddress(New(address.Interface), address.Address.WithZone(0), address.PrefixLength);
        foreach (var route in _routes) host.Stack.Routes.Add(route with { Interface = New(route.Interface) });

        NetworkInterface New(NetworkInterface old) => host.Stack.Interfaces[old.Index - 1];
    }
}
