using System.Numerics;
using Fathom.Lab.Link;
using Fathom.Stack.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Faults;

/// <summary>Faults of a host's own addresses.</summary>
internal static class AddressFaults
{
    public static IEnumerable<Fault> All =>
    [
        new("address.missing", FaultSide.Client, "an interface", "The interface has lost its addresses, and the routes that went with them.", static place => place.Port is { } port ? Take(port) : Undo.NeedsInterface),
        new("address.self-assigned", FaultSide.Client, "an interface", "No DHCP server has answered: the interface has only an address that it gave itself.", static place =>
        {
            if (place.Port is not { } port) return Undo.NeedsInterface;
            var back = Take(port);

            // RFC 3927 §2.1: a number of one's own; the MAC address says which, or on a line without one, the interface's number. Neither the first nor the last 256 are given.
            var number = (uint)(0x0100 + ((port.HardwareAddress?.Value ?? (ulong)port.Index) % 0xFE00));
            var own = IpAddress.FromV4(0xA9FE_0000 | number);
            port.Host.AddAddress(port, own, 16);
            return (Action)(() =>
            {
                port.Host.Stack.RemoveAddress(port.Interface, own);
                back();
            });
        }),
        new("address.wrong-prefix", FaultSide.Client, "an interface; the targets say how wrong", "The prefix length is so short that far hosts look near.", WrongPrefix),
    ];

    private static Action Take(HostPort port)
    {
        var host = port.Host;
        var addresses = Global(port);
        var routes = Undo.Routes(host, r => r.Interface == port.Interface && r.Gateway is not null, static _ => null);
        foreach (var address in addresses) host.Stack.RemoveAddress(port.Interface, address.Address);
        return () =>
        {
            foreach (var address in addresses) host.AddAddress(port, address.Address, address.PrefixLength);
            routes();
        };
    }

    private static FaultEffect WrongPrefix(FaultPlace place)
    {
        if (place.Port is not { } port) return Undo.NeedsInterface;
        var changed = new List<(IpAddress Address, int Right)>();
        foreach (var own in Global(port))
        {
            // So short that the first target of this version is in it; without one, an eighth of the usual.
            var target = place.Targets.FirstOrDefault(t => t.Version == own.Address.Version);
            var wrong = place.Targets.Any(t => t.Version == own.Address.Version) ? CommonBits(own.Address, target) : own.PrefixLength / 8;
            if (wrong >= own.PrefixLength) continue;
            changed.Add((own.Address, own.PrefixLength));
            Change(port, own.Address, wrong);
        }

        if (changed.Count == 0) return "The targets are on the interface's own link: no prefix is too short for them.";
        return (Action)(() =>
        {
            foreach (var (address, right) in changed) Change(port, address, right);
        });
    }

    private static void Change(HostPort port, IpAddress address, int length)
    {
        port.Host.Stack.RemoveAddress(port.Interface, address);
        port.Host.AddAddress(port, address, length);
    }

    private static int CommonBits(IpAddress one, IpAddress other)
    {
        var different = one.Value ^ other.Value;
        var zeros = (int)UInt128.LeadingZeroCount(different);
        return Math.Max(1, zeros - (128 - one.BitLength));
    }

    private static List<AssignedAddress> Global(HostPort port)
        => [.. port.Host.Stack.Addresses.Where(a => a.Interface == port.Interface && !a.Address.IsLinkLocal)];
}
