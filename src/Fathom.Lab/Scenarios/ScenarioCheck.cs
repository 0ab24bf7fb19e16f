using Fathom.Services.Transport;

namespace Fathom.Lab.Scenarios;

/// <summary>Looks whether the parts of a scenario fit together.</summary>
internal static class ScenarioCheck
{
    private const ushort HttpPort = 80;
    private const ushort HttpsPort = 443;
    private const ushort DnsPort = 53;

    /// <param name="scenario">The scenario.</param>
    /// <param name="fromAt">The line that names the host where commands run; 0: none does.</param>
    public static void Check(Scenario scenario, int fromAt)
    {
        if (scenario.Hosts.All(h => h.Name != scenario.From)) throw Refuse(fromAt, $"from: there is no host '{scenario.From}'");
        var plugged = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in scenario.Links)
        {
            foreach (var end in new[] { link.Left, link.Right })
            {
                if (FindInterface(scenario, end) is not { } found) throw Refuse(link.Line, $"there is no interface '{end}': expected host.interface");
                if (found.Network is not null || !plugged.Add(end)) throw Refuse(link.Line, $"there are two cables in '{end}'");
            }
        }

        CheckLines(scenario);
        if (scenario.Hosts.Any(scenario.PlansRoutesOf)) CheckPrefixes(scenario);
        foreach (var host in scenario.Hosts)
        {
            try
            {
                Check(scenario, host, plugged);
            }
            catch (ScenarioException e) when (host.InheritedAt is { } at)
            {
                // Its own line is one of another file.
                throw Refuse(at, $"what is inherited no longer fits: {e.Error.Reason}");
            }
        }
    }

    // What needs an Ethernet cannot be at a line that carries IP packets only.
    private static void CheckLines(Scenario scenario)
    {
        foreach (var link in scenario.Links.Where(static l => l.IsPointToPoint))
        {
            foreach (var end in new[] { link.Left, link.Right })
            {
                var port = FindInterface(scenario, end)!;
                var owner = scenario.Hosts.First(h => h.Name == end[..end.LastIndexOf('.')]);
                var reason = port.Dhcp || owner.Services.OfType<ServiceSpec.Dhcp>().Any(d => d.Interface == port.Name) ? "DHCP" : port.Advertises is not null ? "a router's advertising itself" : null;
                if (reason is not null) throw Refuse(link.Line, $"{end}: {reason} needs an Ethernet, and this line is point-to-point");
            }
        }
    }

    // Two networks with one prefix (two homes behind address translation, say) cannot be told apart by addresses.
    private static void CheckPrefixes(Scenario scenario)
    {
        var all = new List<(Wire.Internet.IpPrefix Prefix, string Segment, string Name, int Line)>();
        foreach (var host in scenario.Hosts)
        {
            foreach (var port in host.Interfaces)
            {
                var name = $"{host.Name}.{port.Name}";
                var segment = port.Network is { } network ? $"the network {network}" : scenario.Links.FirstOrDefault(l => l.EndsAt(name)) is { } link ? $"the link {link.Left} to {link.Right}" : name;
                all.AddRange(port.Addresses.Where(static a => !a.Address.IsLinkLocal).Select(a => (new Wire.Internet.IpPrefix(a.Address, a.PrefixLength), segment, name, host.InheritedAt ?? port.Line)));
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
                var (first, second) = all[widest].Line <= all[i].Line ? (all[widest], all[i]) : (all[i], all[widest]);
                throw Refuse(second.Line, $"{second.Name}: {second.Prefix} is on {second.Segment}, and {first.Prefix} on {first.Segment}; automatic routes cannot tell them apart: name the routes of the hosts instead");
            }
        }
    }

    private static void Check(Scenario scenario, HostSpec host, HashSet<string> plugged)
    {
        foreach (var port in host.Interfaces)
        {
            if (port.Network is { } network && scenario.Networks.All(n => n.Name != network)) throw Refuse(host.Line, $"{host.Name}.{port.Name}: there is no network '{network}'");
            if (port.Network is null && !plugged.Contains($"{host.Name}.{port.Name}")) throw Refuse(host.Line, $"{host.Name}.{port.Name} is plugged in nowhere: give it a network, or a link");
            if (port.Advertises is not null && !host.Forwards) throw Refuse(port.Line, $"{host.Name}.{port.Name}: only a router advertises itself (forwards: true)");
        }

        if (host.Interfaces.Select(static i => i.Name).Distinct().Count() < host.Interfaces.Count) throw Refuse(host.Line, $"{host.Name}: two interfaces have one name");
        foreach (var box in host.Boxes) Check(host, box);
        foreach (var dhcp in host.Services.OfType<ServiceSpec.Dhcp>()) Check(scenario, host, dhcp);
        CheckPorts(host);

        foreach (var route in host.Routes)
        {
            if (route.To.Version != route.Via.Version) throw Refuse(route.Line, $"{host.Name}: the next hop {route.Via} is of another version of IP than {route.To}");
            if (!host.Interfaces.Any(i => i.Addresses.Any(a => a.Address.Version == route.Via.Version && new Wire.Internet.IpPrefix(a.Address, a.PrefixLength).Contains(route.Via))) && !route.Via.IsLinkLocal)
                throw Refuse(route.Line, $"{host.Name}: the next hop {route.Via} is on none of its links");
        }

        foreach (var service in host.Services.OfType<ServiceSpec.Dns>())
        {
            foreach (var zone in service.Zones)
            {
                if (scenario.Zones.All(z => z.Name != zone)) throw Refuse(service.Line, $"{host.Name}: there is no zone '{zone}'");
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
                if (!taken.TryAdd(port, name)) throw Refuse(service.Line, $"{host.Name}: its port {port} has {(taken[port] == name ? $"another {name}" : taken[port])} already: give {name} a host of its own");
            }
        }
    }

    private static void Check(HostSpec host, BoxSpec box)
    {
        switch (box)
        {
            case BoxSpec.Nat nat:
                Need(host, nat.Outside, nat.Line);
                break;
            case BoxSpec.MssClamp clamp:
                Need(host, clamp.Interface, clamp.Line);
                break;
            case BoxSpec.Portal portal:
                if (!Need(host, portal.Inside, portal.Line).Addresses.Any(static a => a.Address.IsV4)) throw Refuse(portal.Line, $"{host.Name}.{portal.Inside}: a portal needs an IPv4 address");
                break;
            case BoxSpec.Firewall wall:
                foreach (var rule in wall.Rules)
                {
                    if (rule.In is { } from) Need(host, from, rule.Line);
                    if (rule.Out is { } to) Need(host, to, rule.Line);
                }

                break;
        }
    }

    private static void Check(Scenario scenario, HostSpec host, ServiceSpec.Dhcp dhcp)
    {
        var own = Need(host, dhcp.Interface, dhcp.Line).Addresses.Where(static a => a.Address.IsV4).Select(static a => new Wire.Internet.IpPrefix(a.Address, a.PrefixLength)).FirstOrDefault(p => p.Contains(dhcp.First) && p.Contains(dhcp.Last));
        if (own == default) throw Refuse(dhcp.Line, $"{host.Name}.{dhcp.Interface} has no address in the subnet of {dhcp.First} to {dhcp.Last}");
        foreach (var (name, address, line) in dhcp.Reservations)
        {
            if (scenario.Hosts.All(h => h.Name != name) && FindInterface(scenario, name) is null) throw Refuse(line, $"there is no host or interface '{name}'");
            if (!own.Contains(address)) throw Refuse(line, $"{address} is not in {own}");
        }
    }

    private static InterfaceSpec Need(HostSpec host, string name, int line)
        => host.Interfaces.FirstOrDefault(i => i.Name == name) ?? throw Refuse(line, $"{host.Name} has no interface '{name}'; there are {string.Join(", ", host.Interfaces.Select(static i => i.Name))}");

    private static InterfaceSpec? FindInterface(Scenario scenario, string end)
    {
        var dot = end.LastIndexOf('.');
        return dot < 0 ? null : scenario.Hosts.FirstOrDefault(h => h.Name == end[..dot])?.Interfaces.FirstOrDefault(i => i.Name == end[(dot + 1)..]);
    }

    private static ScenarioException Refuse(int line, string reason) => new(new ScenarioError(line, line == 0 ? 0 : 1, reason));
}
