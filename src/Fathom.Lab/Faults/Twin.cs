using Fathom.Lab.Link;
using Fathom.Stack;
using Fathom.Stack.Internet;

namespace Fathom.Lab.Faults;

/// <summary>A machine that somebody has given an address that another has already.</summary>
internal static class Twin
{
    public static FaultEffect Add(FaultPlace place)
    {
        if (place.Port is not { Link: { } link } port) return Undo.NeedsInterface;
        var far = link.Left == port ? link.Right : link.Left;
        if (far is not SwitchPort { Switch: var network }) return $"{port.Name} is not on a network with a switch: nobody else can be there.";
        var addresses = port.Host.Stack.Addresses.Where(a => a.Interface == port.Interface && !a.Address.IsLinkLocal).ToList();
        if (addresses.Count == 0) return $"{port.Name} has no address.";

        // Set by hand, and not looked for before: else it would notice, and keep away (RFC 4862 §5.4, RFC 5227 §2.1).
        var options = new StackOptions { Ip = new IpSettings { DuplicateAddressTransmits = 0 } };
        var twin = place.Lab.AddHost(new LabHostOptions(NameFor(place.Lab, port.Host.Name)) { Stack = options });
        var own = twin.AddPort("eth0", port.Interface.Mtu);
        var cable = place.Lab.Connect(own, network.AddPort(), link.ToRight.Settings, link.ToLeft.Settings);
        foreach (var address in addresses) twin.AddAddress(own, address.Address, address.PrefixLength);
        return (Action)cable.Pull;
    }

    private static string NameFor(Lab lab, string name)
    {
        var number = 1;
        while (lab.Find($"twin-{number}-of-{name}") is not null) number++;
        return $"twin-{number}-of-{name}";
    }
}
