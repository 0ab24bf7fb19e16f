using System.Diagnostics.CodeAnalysis;
using Fathom.Hosts.Link;
using Fathom.Lab;
using Fathom.Lab.Link;
using Fathom.Lab.Scenarios;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Labs.Up;

/// <summary>A free place on a network of a lab, beside a host that is there: the addresses, gateways and resolvers that one more machine is to have.</summary>
internal sealed class LabPlace
{
    // The number of the machine on its network where that is free: above what people give by hand, below where DHCP usually begins.
    private const int UsualNumber = 77;

    // Nothing is sent for it.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private LabPlace(NetworkSpec network, LabSwitch wire, LabHost beside)
    {
        Network = network;
        Switch = wire;
        Beside = beside;
    }

    /// <summary>The network.</summary>
    public NetworkSpec Network { get; }

    /// <summary>Its switch.</summary>
    public LabSwitch Switch { get; }

    /// <summary>The host whose neighbor the machine is.</summary>
    public LabHost Beside { get; }

    /// <summary>One free address of each version that the network has.</summary>
    public required IReadOnlyList<InterfaceAddress> Addresses { get; init; }

    /// <summary>A second free IPv4 address: the one from which a TUN device's other end reports what did not arrive. Null: there is none.</summary>
    public IpAddress? EndAddress { get; init; }

    /// <summary>The way to everywhere else, one of each version at the most.</summary>
    public required IReadOnlyList<IpAddress> Gateways { get; init; }

    /// <summary>The resolvers that the neighbor asks.</summary>
    public required IReadOnlyList<IpAddress> Resolvers { get; init; }

    /// <summary>Finds it, in a world that has come up.</summary>
    /// <param name="world">The world.</param>
    /// <param name="name">A network or a host; null: the scenario's own host.</param>
    /// <param name="place">The place, or null.</param>
    /// <param name="reason">Why there is none.</param>
    public static bool TryFind(LabWorld world, string? name, [NotNullWhen(true)] out LabPlace? place, out string reason)
    {
        var scenario = world.Scenario;
        place = null;
        name ??= scenario.From;
        var network = scenario.Networks.FirstOrDefault(n => n.Name == name);
        var host = scenario.Hosts.FirstOrDefault(h => h.Name == name);
        if (network is null && host is null)
        {
            reason = $"--from {name}: there is no such network or host in the scenario; its networks are {string.Join(", ", scenario.Networks.Select(static n => n.Name))}";
            return false;
        }

        network ??= scenario.Networks.FirstOrDefault(n => host!.Interfaces.Any(i => i.Network == n.Name));
        if (network is null)
        {
            reason = $"--from {name}: it is on no network that one more machine could be plugged into; there are {string.Join(", ", scenario.Networks.Select(static n => n.Name))}";
            return false;
        }

        host ??= scenario.Hosts.Where(h => h.Interfaces.Any(i => i.Network == network.Name)).OrderBy(h => h.Name != scenario.From).ThenBy(static h => h.Forwards).FirstOrDefault();
        if (host is null)
        {
            reason = $"--from {name}: nobody is on the network, so that it has no addresses";
            return false;
        }

        reason = string.Empty;
        place = At(world, network, world.Lab.Find(host.Name)!);
        return true;
    }

    private static LabPlace At(LabWorld world, NetworkSpec network, LabHost host)
    {
        var lab = world.Lab;
        var pools = world.Scenario.Hosts.SelectMany(static h => h.Services).OfType<ServiceSpec.Dhcp>().ToList();
        var wire = lab.Switches.First(s => s.Name == network.Name);
        var port = host.Ports.First(p => wire.Ports.Any(s => s.Link is { } link && (link.Left == p || link.Right == p)));
        var own = host.Stack.Addresses.Where(a => a.Interface == port.Interface && !a.Address.IsLinkLocal).ToList();
        var taken = lab.Hosts.SelectMany(static h => h.Stack.Addresses).Select(static a => a.Address).ToHashSet();
        var addresses = new List<InterfaceAddress>();
        IpAddress? end = null;
        foreach (var address in own.DistinctBy(static a => a.Address.Version))
        {
            var prefix = new IpPrefix(address.Address.WithZone(0), address.PrefixLength);
            if (Free(prefix, IsTaken) is not { } free) continue;
            addresses.Add(new InterfaceAddress(free, address.PrefixLength));
            if (free.IsV4) end = Free(prefix, a => a == free || IsTaken(a));
        }

        // A router is itself the way to everywhere else.
        IEnumerable<IpAddress> gateways = host.Forwards
            ? own.Select(static a => a.Address)
            : host.Stack.Routes.Routes.Where(r => r.Prefix.IsDefault && r.Interface == port.Interface && r.Gateway is not null).OrderBy(static r => r.Metric).Select(static r => r.Gateway!.Value);
        return new LabPlace(network, wire, host)
        {
            Addresses = addresses,
            EndAddress = end,
            Gateways = [.. gateways.Select(static g => g.WithZone(0)).DistinctBy(static g => g.Version)],
            Resolvers = [.. (lab.Run(() => host.Network.GetResolverConfigurationAsync(CancellationToken.None).AsTask(), Soon).Value?.Servers ?? []).Select(static s => s.Address)],
        };

        // What DHCP may give to somebody else any time is as good as taken.
        bool IsTaken(IpAddress address) => taken.Contains(address) || pools.Exists(p => address.Version == p.First.Version && address >= p.First && address <= p.Last);
    }

    private static IpAddress? Free(IpPrefix prefix, Func<IpAddress, bool> isTaken)
    {
        // All but the network's own address and, in IPv4, its broadcast address; as many as are worth looking at.
        var count = prefix.HostBits >= 16 ? ushort.MaxValue : (1 << prefix.HostBits) - 2;
        var first = prefix.Version == IpVersion.V6 ? 0x77 : UsualNumber;
        for (var i = 0; i < count; i++)
        {
            var number = ((first - 1 + i) % count) + 1;
            var candidate = Numbered(prefix, number);
            if (!isTaken(candidate)) return candidate;
        }

        return null;
    }

    private static IpAddress Numbered(IpPrefix prefix, int number)
    {
        Span<byte> octets = stackalloc byte[prefix.Address.Length];
        prefix.Address.WriteTo(octets);
        octets[^1] |= (byte)number;
        octets[^2] |= (byte)(number >> 8);
        return IpAddress.FromBytes(octets);
    }
}
