using Fathom.Services.Transport;

namespace Fathom.Lab.Scenarios;

/// <summary>Looks whether the parts of a scenario fit together.</summary>
internal static class ScenarioCheck
{
    private const ushort HttpPort = 80;
    private const ushort HttpsPort = 443;
    private const ushort DnsPort = 53;

    // A message stays one that can be read.
    private const int MostNames = 16;

    /// <param name="scenario">The scenario.</param>
    /// <param name="fromAt">The place that names the host where commands run; none: no place does.</param>
    public static void Check(Scenario scenario, ScenarioPlace fromAt)
    {
        if (scenario.Hosts.All(h => h.Name != scenario.From)) throw Refuse(fromAt, $"from: there is no host '{scenario.From}'{There(scenario.Hosts.Select(static h => h.Name))}");
        var plugged = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var link in scenario.Links) Inherited(link.InheritedAt, () => Check(scenario, link, plugged));
        if (scenario.Hosts.Any(scenario.PlansRoutesOf)) CheckPrefixes(scenario);
        foreach (var host in scenario.Hosts) Inherited(host.InheritedAt, () => Check(scenario, host, plugged));
    }

    // What is inherited has its own place in another file: the one that inherits it is said.
    private static void Inherited(ScenarioPlace? inheritedAt, Action check)
    {
        try
        {
            check();
        }
        catch (ScenarioException e) when (inheritedAt is { } at)
        {
            throw Refuse(at, $"what is inherited no longer fits: {e.Message}");
        }
    }

    private static void Check(Scenario scenario, LinkSpec link, Dictionary<string, string> plugged)
    {
        foreach (var end in new[] { link.Left, link.Right })
        {
            var found = FindInterface(scenario, end, link.At);
            if (found.Network is { } network) throw Refuse(link.At, $"there are two cables in '{end}': it is plugged into the network {network} already");
            if (!plugged.TryAdd(end, OtherEnd(link, end))) throw Refuse(link.At, $"there are two cables in '{end}': the other leads to {plugged[end]}");
            if (link.IsPointToPoint) CheckLine(scenario, link, end, found);
        }
    }

    private static string OtherEnd(LinkSpec link, string end) => link.Left == end ? link.Right : link.Left;

    // What needs an Ethernet cannot be at a line that carries IP packets only.
    private static void CheckLine(Scenario scenario, LinkSpec link, string end, InterfaceSpec port)
    {
        var owner = scenario.Hosts.First(h => h.Name == end[..end.LastIndexOf('.')]);
        var reason = port.Dhcp || owner.Services.OfType<ServiceSpec.Dhcp>().Any(d => d.Interface == port.Name) ? "DHCP" : port.Advertises is not null ? "a router's advertising itself" : null;
        if (reason is not null) throw Refuse(link.At, $"{end}: {reason} needs an Ethernet, and this line is point-to-point");
    }

    // Two networks with one prefix (two homes behind address translation, say) cannot be told apart by addresses.
    private static void CheckPrefixes(Scenario scenario)
    {
        var all = new List<(Wire.Internet.IpPrefix Prefix, string Segment, string Name, ScenarioPlace At)>();
        foreach (var host in scenario.Hosts)
        {
            foreach (var port in host.Interfaces)
            {
                var name = $"{host.Name}.{port.Name}";
                var segment = port.Network is { } network ? $"the network {network}" : scenario.Links.FirstOrDefault(l => l.EndsAt(name)) is { } link ? $"the link {link.Left} to {link.Right}" : name;
                all.AddRange(port.Addresses.Where(static a => !a.Address.IsLinkLocal).Select(a => (new Wire.Internet.IpPrefix(a.Address, a.PrefixLength), segment, name, host.InheritedAt ?? port.At)));
            }
        }

        // In this order a prefix stands behind those that it is in.
        all.Sort(static (one, other) => one.Prefix.CompareTo(other.Prefix));
        var widest = 0;
        for (var i = 1; i < all.Count; i++)
        {
            if (!all[widest].Prefix.Contains(all[i].Prefix)) widest = i;
            else if (all[widest].Segment != all[i].Segment)
            {
                var (first, second) = all[widest].At <= all[i].At ? (all[widest], all[i]) : (all[i], all[widest]);
                throw Refuse(second.At, $"{second.Name}: {second.Prefix} is on {second.Segment}, and {first.Prefix} on {first.Segment} ({first.Name}, line {first.At.Line}); automatic routes cannot tell them apart: name the routes of the hosts instead");
            }
        }
    }

    private static void Check(Scenario scenario, HostSpec host, Dictionary<string, string> plugged)
    {
        foreach (var port in host.Interfaces)
        {
            if (port.Network is { } network && scenario.Networks.All(n => n.Name != network)) throw Refuse(port.At, $"{host.Name}.{port.Name}: there is no network '{network}'{There(scenario.Networks.Select(static n => n.Name))}");
            if (port.Network is null && !plugged.ContainsKey($"{host.Name}.{port.Name}")) throw Refuse(port.At, $"{host.Name}.{port.Name} is plugged in nowhere: give it a network, or a link");
            if (port.Advertises is not null && !host.Forwards) throw Refuse(port.At, $"{host.Name}.{port.Name}: only a router advertises itself (forwards: true)");
        }

        // A link-local address is one of its link, and may be there on each.
        foreach (var again in host.Interfaces.SelectMany(static i => i.Addresses.Select(a => (i.Name, i.At, a.Address))).Where(static a => !a.Address.IsLinkLocal).GroupBy(static a => a.Address).Where(static g => g.Count() > 1))
        {
            throw Refuse(again.ElementAt(1).At, $"{host.Name}.{again.ElementAt(1).Name}: {host.Name}.{again.First().Name} has the address {again.Key} already: expected each once");
        }

        if (host.Interfaces.Select(static i => i.Name).Distinct().Count() < host.Interfaces.Count) throw Refuse(host.At, $"{host.Name}: two interfaces have one name");
        foreach (var box in host.Boxes) Check(host, box);
        foreach (var dhcp in host.Services.OfType<ServiceSpec.Dhcp>()) Check(scenario, host, dhcp);
        CheckPorts(host);

        foreach (var route in host.Routes)
        {
            if (route.To.Version != route.Via.Version) throw Refuse(route.At, $"{host.Name}: the next hop {route.Via} is of another version of IP than {route.To}");
            if (host.Interfaces.Any(i => i.Addresses.Any(a => a.Address == route.Via))) throw Refuse(route.At, $"{host.Name}: the next hop {route.Via} is its own address: expected that of a router on one of its links");
            if (!host.Interfaces.Any(i => i.Addresses.Any(a => a.Address.Version == route.Via.Version && new Wire.Internet.IpPrefix(a.Address, a.PrefixLength).Contains(route.Via))) && !route.Via.IsLinkLocal)
                throw Refuse(route.At, $"{host.Name}: the next hop {route.Via} is on none of its links; expected an address in {LinksOf(host)}");
        }

        foreach (var service in host.Services.OfType<ServiceSpec.Dns>())
        {
            foreach (var zone in service.Zones)
            {
                if (scenario.Zones.All(z => z.Name != zone)) throw Refuse(service.At, $"{host.Name}: there is no zone '{zone}'{There(scenario.Zones.Select(static z => z.Name))}");
            }
        }
    }

    // One process has a port, the second cannot start.
    private static void CheckPorts(HostSpec host)
    {
        var taken = new Dictionary<ushort, string>();
        foreach (var service in host.Services)
        {
            var (name, ports) = service switch
            {
                ServiceSpec.Dns => ("dns", (ushort[])[DnsPort]),
                ServiceSpec.Resolver => ("resolver", [DnsPort]),
                ServiceSpec.Web { Https: true } => ("web", [HttpPort, HttpsPort]),
                ServiceSpec.Web => ("web", [HttpPort]),
                ServiceSpec.Small small when SmallService.Find(small.Name) is { } known => (small.Name, [known.Port]),
                _ => (string.Empty, []),
            };
            foreach (var port in ports)
            {
                if (!taken.TryAdd(port, name)) throw Refuse(service.At, $"{host.Name}: its port {port} has {(taken[port] == name ? $"another {name}" : taken[port])} already: give {name} a host of its own");
            }
        }
    }

    private static void Check(HostSpec host, BoxSpec box)
    {
        switch (box)
        {
            case BoxSpec.Nat nat:
                Need(host, nat.Outside, nat.At);
                break;
            case BoxSpec.MssClamp clamp:
                Need(host, clamp.Interface, clamp.At);
                break;
            case BoxSpec.Portal portal:
                if (!Need(host, portal.Inside, portal.At).Addresses.Any(static a => a.Address.IsV4)) throw Refuse(portal.At, $"{host.Name}.{portal.Inside}: a portal needs an IPv4 address");
                break;
            case BoxSpec.Firewall wall:
                foreach (var rule in wall.Rules)
                {
                    if (rule.In is { } from) Need(host, from, rule.At);
                    if (rule.Out is { } to) Need(host, to, rule.At);
                }

                break;
        }
    }

    private static void Check(Scenario scenario, HostSpec host, ServiceSpec.Dhcp dhcp)
    {
        var own = Need(host, dhcp.Interface, dhcp.At).Addresses.Where(static a => a.Address.IsV4).Select(static a => new Wire.Internet.IpPrefix(a.Address, a.PrefixLength)).FirstOrDefault(p => p.Contains(dhcp.First) && p.Contains(dhcp.Last));
        if (own == default) throw Refuse(dhcp.At, $"{host.Name}.{dhcp.Interface} has no address in the subnet of {dhcp.First} to {dhcp.Last}");
        foreach (var (name, address, at) in dhcp.Reservations)
        {
            if (scenario.Hosts.All(h => h.Name != name) && FindInterface(scenario, name) is null) throw Refuse(at, $"there is no host or interface '{name}'");
            if (!own.Contains(address)) throw Refuse(at, $"{address} is not in {own}");
        }
    }

    private static InterfaceSpec Need(HostSpec host, string name, ScenarioPlace at)
        => host.Interfaces.FirstOrDefault(i => i.Name == name) ?? throw Refuse(at, $"{host.Name} has no interface '{name}'{There(host.Interfaces.Select(static i => i.Name))}");

    private static string LinksOf(HostSpec host)
        => host.Interfaces.SelectMany(static i => i.Addresses).Select(static a => new Wire.Internet.IpPrefix(a.Address, a.PrefixLength).ToString()).ToList() is { Count: > 0 } links ? string.Join(", ", links) : "the prefix of one of its addresses, of which it has none";

    // What a wrong name may have been meant to be.
    private static string There(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count == 0 ? "; there is none" : $"; there {(all.Count == 1 ? "is" : "are")} {string.Join(", ", all.Take(MostNames))}{(all.Count > MostNames ? " and more" : string.Empty)}";
    }

    private static InterfaceSpec FindInterface(Scenario scenario, string end, ScenarioPlace at)
    {
        if (FindInterface(scenario, end) is { } found) return found;
        var dot = end.LastIndexOf('.');
        var reason = dot < 0 ? "expected host.interface"
            : scenario.Hosts.FirstOrDefault(h => h.Name == end[..dot]) is { } host ? $"{host.Name} has {(host.Interfaces.Count == 0 ? "none" : string.Join(", ", host.Interfaces.Select(static i => i.Name)))}"
            : $"there is no host '{end[..dot]}'";
        throw Refuse(at, $"there is no interface '{end}': {reason}");
    }

    private static InterfaceSpec? FindInterface(Scenario scenario, string end)
    {
        var dot = end.LastIndexOf('.');
        return dot < 0 ? null : scenario.Hosts.FirstOrDefault(h => h.Name == end[..dot])?.Interfaces.FirstOrDefault(i => i.Name == end[(dot + 1)..]);
    }

    private static ScenarioException Refuse(ScenarioPlace at, string reason) => new(at, reason);
}
