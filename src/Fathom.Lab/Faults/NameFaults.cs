using Fathom.Hosts.Application;
using Fathom.Lab.Application;
using Fathom.Lab.Internet;
using Fathom.Services.Application.Dns;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Faults;

/// <summary>Faults of names: of who is asked, of what is answered, and of the host's own file.</summary>
internal static class NameFaults
{
    private const ushort DnsPort = 53;
    private const string Resolvers = "a resolver";
    private const string AnyServer = "a resolver, or the zone's own server";

    // resolv.conf(5): what libc does where nothing is said.
    private static readonly ResolverConfiguration Nothing = new([], [], 1, TimeSpan.FromSeconds(5), 2, [], "the host", "the host's own list of names");

    public static IEnumerable<Fault> All =>
    [
        new("dns.no-server", FaultSide.Client, "a host", "No resolver is configured.", static place => Configure(place, static c => c with { Servers = [] })),
        new("dns.server-unreachable", FaultSide.Resolver, Resolvers, "The resolver answers no questions.", static place =>
            place.Host is { } host ? Undo.Filter(host, new FirewallRule(FirewallAction.Drop) { Way = FirewallWay.In, DestinationPorts = DnsPort }) : Undo.NeedsHost),
        new("dns.server-degraded", FaultSide.Client, "a host with a resolver", "The first of two resolvers that are configured does not exist.", static place =>
            place.Host is { } host && host.Resolver is not { Servers.Count: > 0 } ? $"{host.Name} has no resolver."
            : Configure(place, c => c with { Servers = [new IpEndpoint(Unused(place.Lab, c.Servers[0].Address), c.Servers[0].Port), .. c.Servers] })),
        new("dns.refused", FaultSide.Resolver, Resolvers, "The resolver refuses to answer (REFUSED).", static place => ServiceChange.Resolver(place, DnsTrouble.Refused)),
        new("dns.servfail", FaultSide.Resolver, AnyServer, "The server fails (SERVFAIL), and says no more.", static place => ServiceChange.Dns(place, DnsTrouble.ServerFailure)),
        new("dns.nxdomain", FaultSide.Resolver, AnyServer, "The server says of every name that it does not exist.", static place => ServiceChange.Dns(place, DnsTrouble.NoSuchName)),
        new("dns.no-address", FaultSide.Resolver, AnyServer, "The server says of every name that it has no such record.", static place => ServiceChange.Dns(place, DnsTrouble.NoRecords)),
        new("dns.lame-delegation", FaultSide.NameServer, "the server of a zone", "The server does not serve the zone that was delegated to it: it refuses questions.", static place => ServiceChange.Authority(place, DnsTrouble.Refused)),
        new("dns.cname-loop", FaultSide.NameServer, AnyServer, "Every name is an alias of another, which is an alias of the first.", static place => ServiceChange.Dns(place, DnsTrouble.AliasLoop)),
        new("dns.tcp-blocked", FaultSide.Resolver, Resolvers, "The resolver cuts its answers over UDP, and TCP to its port 53 vanishes.", static place =>
        {
            var effect = ServiceChange.Resolver(place, DnsTrouble.Truncated);
            if (effect.Mend is not { } mend) return effect;
            var allow = Undo.Filter(place.Host!, new FirewallRule(FirewallAction.Drop) { Way = FirewallWay.In, Protocol = IpProtocol.Tcp, DestinationPorts = DnsPort });
            return mend + allow;
        }),
        new("dns.malformed", FaultSide.Resolver, Resolvers, "The resolver's answers cannot be read: they announce records that do not come.", static place => ServiceChange.Resolver(place, DnsTrouble.Malformed)),
        new("dns.hosts-override", FaultSide.Client, "a host; the targets say for what", "The host's own list of names sends the target's name to an address that nobody has.", Override),
        new("dns.hijacked", FaultSide.Resolver, Resolvers, "The resolver has an address, its own, for names that do not exist.", static place => ServiceChange.Resolver(place, DnsTrouble.Hijacked)),
        new("dns.dnssec-bogus", FaultSide.Resolver, Resolvers, "The resolver finds the signatures of every zone wrong: it answers SERVFAIL, unless checking is turned off.", static place => ServiceChange.Resolver(place, DnsTrouble.Bogus)),
    ];

    private static FaultEffect Configure(FaultPlace place, Func<ResolverConfiguration, ResolverConfiguration> change)
    {
        if (place.Host is not { } host) return Undo.NeedsHost;
        var before = host.Network.Resolver;
        host.Network.Resolver = change(host.Resolver ?? Nothing);
        return (Action)(() => host.Network.Resolver = before);
    }

    private static FaultEffect Override(FaultPlace place)
    {
        if (place.Targets.Count == 0) return "This fault needs a target.";
        var names = place.Lab.Hosts.SelectMany(static h => h.Services).OfType<DnsService>().SelectMany(static s => s.Zones).SelectMany(static z => z.Records)
            .Where(r => r.Address is { } address && place.Targets.Contains(address)).Select(static r => r.Name.ToString()).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (names.Count == 0) return "No zone of the lab has a name for the target.";
        return Configure(place, c => c with { HostsFile = [new HostsEntry(Unused(place.Lab, place.Targets[0]), names, 1), .. c.HostsFile], HostsSource = Nothing.HostsSource });
    }

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
