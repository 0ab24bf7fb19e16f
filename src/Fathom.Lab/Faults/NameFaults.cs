using Fathom.Hosts.Application;
using Fathom.Lab.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Faults;

/// <summary>Faults of the way to names, as far as hosts and routers have them.</summary>
internal static class NameFaults
{
    private const ushort DnsPort = 53;

    public static IEnumerable<Fault> All =>
    [
        new("dns.no-server", FaultSide.Client, "a host", "No resolver is configured.", static place =>
        {
            if (place.Host is not { } host) return Undo.NeedsHost;
            var before = host.Network.Resolver;
            host.Network.Resolver = new ResolverConfiguration([], [], 1, TimeSpan.FromSeconds(5), 2, [], "nobody", "nobody");
            return (Action)(() => host.Network.Resolver = before);
        }),
        new("dns.server-unreachable", FaultSide.Resolver, "a resolver", "The resolver answers no questions.", static place =>
            place.Host is { } host ? Undo.Filter(host, new FirewallRule(FirewallAction.Drop) { Way = FirewallWay.In, DestinationPorts = DnsPort }) : Undo.NeedsHost),
        new("dns.server-degraded", FaultSide.Client, "a host with a resolver", "The first of two resolvers that are configured does not exist.", static place =>
        {
            if (place.Host is not { } host) return Undo.NeedsHost;
            if (host.Resolver is not { Servers: [var first, ..] } known) return $"{host.Name} has no resolver.";
            var before = host.Network.Resolver;
            host.Network.Resolver = known with { Servers = [new IpEndpoint(Unused(place.Lab, first.Address), first.Port), .. known.Servers] };
            return (Action)(() => host.Network.Resolver = before);
        }),
        new("dns.tcp-blocked", FaultSide.Resolver, "a resolver; seen where an answer does not fit UDP", "TCP to the resolver's port 53 vanishes.", static place =>
            place.Host is { } host
                ? Undo.Filter(host, new FirewallRule(FirewallAction.Drop) { Way = FirewallWay.In, Protocol = IpProtocol.Tcp, DestinationPorts = DnsPort })
                : Undo.NeedsHost),
    ];

    // The nearest address behind another that nobody in the lab has.
    private static IpAddress Unused(Lab lab, IpAddress near)
    {
        var taken = lab.Hosts.SelectMany(static h => h.Stack.Addresses).Select(static a => a.Address.WithZone(0)).ToHashSet();
        var value = near.Value + 1;
        while (taken.Contains(Make(value))) value++;
        return Make(value);

        IpAddress Make(UInt128 number) => near.IsV4 ? IpAddress.FromV4((uint)number) : IpAddress.FromV6(number);
    }
}
