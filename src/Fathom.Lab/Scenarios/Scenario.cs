using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Wire.Application.Dns;

namespace Fathom.Lab.Scenarios;

/// <summary>A virtual internet as data: what is there, what it does, and how it is connected.</summary>
/// <param name="Title">What it is, in a few words.</param>
public sealed record Scenario(string Title)
{
    // Ethernet's (RFC 894).
    internal const int UsualMtu = 1500;

    /// <summary>What it shows, in a sentence or two.</summary>
    public string About { get; init; } = string.Empty;

    /// <summary>The date and time at which it begins; null: the lab's usual.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Where commands run that do not name another host.</summary>
    public required string From { get; init; }

    /// <summary>What is checked where nothing is named: a URL, or a host of the scenario.</summary>
    public required string Target { get; init; }

    /// <summary>Where the target stands in the file; no place where it is inherited.</summary>
    public ScenarioPlace TargetAt { get; init; }

    /// <summary>Hosts that name no routes of their own get those of the shortest paths.</summary>
    public bool PlansRoutes { get; init; }

    /// <summary>Links that several hosts share: each is a switch with a cable to every interface.</summary>
    public required IReadOnlyList<NetworkSpec> Networks { get; init; }

    /// <summary>Cables between two interfaces.</summary>
    public required IReadOnlyList<LinkSpec> Links { get; init; }

    /// <summary>The hosts, routers among them.</summary>
    public required IReadOnlyList<HostSpec> Hosts { get; init; }

    /// <summary>The root servers, as the scenario's resolvers know them; null where it has no resolver.</summary>
    public RootHints? Roots
        => Hosts.SelectMany(static h => h.Services).OfType<ServiceSpec.Resolver>().FirstOrDefault() is { } resolver
            ? RootHints.Of(resolver.Roots.Select(static r => (DnsName.Parse(r.Name), r.Addresses)), "the scenario")
            : null;

    /// <summary>Whether a host gets the routes of the shortest paths: it asks for them, or the scenario does and it names none and gets none by DHCP.</summary>
    /// <param name="host">The host.</param>
    public bool PlansRoutesOf(HostSpec host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.PlansRoutes || (PlansRoutes && host.Routes.Count == 0 && !host.Interfaces.Any(static i => i.Dhcp));
    }

    /// <summary>
    /// The largest IP packet that an interface takes for sending, in octets: its own, or what the cable that it sends into carries, at most 1,500. An interface that names more than
    /// its cable carries makes a black hole.
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="port">Its interface.</param>
    public int MtuOf(HostSpec host, InterfaceSpec port)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(port);
        if (port.Mtu is { } own) return own;
        var name = $"{host.Name}.{port.Name}";
        var cable = port.Network is { } network ? Networks.FirstOrDefault(n => n.Name == network)?.Cable
            : Links.FirstOrDefault(l => l.EndsAt(name)) is { } link ? (link.Left == name ? link.ToRight : link.ToLeft)
            : null;
        return Math.Min(UsualMtu, cable?.Mtu ?? UsualMtu);
    }

    /// <summary>DNS zones by name, as text in the format of zone files (RFC 1035 §5).</summary>
    public required IReadOnlyList<ZoneSpec> Zones { get; init; }
}
