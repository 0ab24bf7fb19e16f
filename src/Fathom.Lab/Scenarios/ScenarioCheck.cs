namespace Fathom.Lab.Scenarios;

/// <summary>Looks whether the parts of a scenario fit together.</summary>
internal static class ScenarioCheck
{
    public static void Check(Scenario scenario)
    {
        if (scenario.Hosts.All(h => h.Name != scenario.From)) throw Refuse(0, $"from: there is no host '{scenario.From}'");
        var plugged = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in scenario.Links)
        {
            foreach (var end in new[] { link.Left, link.Right })
            {
                if (FindInterface(scenario, end) is not { } found) throw Refuse(link.Line, $"there is no interface '{end}': expected host.interface");
                if (found.Network is not null || !plugged.Add(end)) throw Refuse(link.Line, $"there are two cables in '{end}'");
            }
        }

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

        foreach (var route in host.Routes)
        {
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
