using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Fathom.Lab.Application;
using Fathom.Lab.Link;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Faults;

/// <summary>Where a fault is put. Made from a text: "laptop", "laptop/eth0", "www:443", "home-router-provider-router" (a link, by the names of its two ends).</summary>
public sealed record FaultPlace
{
    private FaultPlace(Lab lab, string text)
    {
        Lab = lab;
        Text = text;
    }

    /// <summary>The lab that the place is in.</summary>
    public Lab Lab { get; }

    /// <summary>The place as it was named.</summary>
    public string Text { get; }

    /// <summary>The host; null where the place is a link.</summary>
    public LabHost? Host { get; private init; }

    /// <summary>The interface; where only a host was named, its first.</summary>
    public HostPort? Port { get; private init; }

    /// <summary>The link; where an interface or a host was named, the cable in it.</summary>
    public LabLink? Link { get; private init; }

    /// <summary>The port of the service; null: all.</summary>
    public ushort? ServicePort { get; private init; }

    /// <summary>The addresses of whom the fault is to hit, where it can be put so finely; empty: everybody.</summary>
    public IReadOnlyList<IpAddress> Targets { get; init; } = [];

    /// <summary>The place where a fault belongs when somebody asks for something.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="targets">The addresses of what is asked for: those that the fault hits, where it can be put so finely.</param>
    /// <param name="place">The place, an interface.</param>
    /// <param name="reason">Why there is none.</param>
    public static bool TryGuess(Fault fault, LabHost client, IReadOnlyList<IpAddress> targets, [NotNullWhen(true)] out FaultPlace? place, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(targets);
        place = null;
        var port = fault.Side switch
        {
            FaultSide.Client => client.Ports.Count > 0 ? client.Ports[0] : null,
            FaultSide.Resolver => client.Resolver is { Servers: [var first, ..] } ? PortOf(client.Lab, first.Address) : null,
            FaultSide.LastRouter => targets.Select(t => LastRouter(client, t)).FirstOrDefault(static p => p is not null),
            FaultSide.NameServer => NameServerOf(client.Lab, targets),
            FaultSide.Server => targets.Select(t => PortOf(client.Lab, t)).FirstOrDefault(static p => p is not null),
            FaultSide.Gateway => targets.Select(t => Hop(client, t)).FirstOrDefault(static p => p is not null),
            _ => targets.Select(t => Hop(client, t) is { } gateway ? Hop(gateway.Host, t) : null).FirstOrDefault(static p => p is { Host.Forwards: true }),
        };
        reason = null;
        if (port is not null)
        {
            place = new FaultPlace(client.Lab, port.Name) { Host = port.Host, Port = port, Link = port.Link, Targets = targets };
            return true;
        }

        reason = $"No place for {fault.Cause} is on the way of {client.Name}: name one.";
        return false;
    }

    private static HostPort? LastRouter(LabHost client, IpAddress target)
    {
        // A way through more routers than hop limits allow for is a loop.
        const int MostHops = 64;
        HostPort? last = null;
        for (var (hop, count) = (Hop(client, target), 0); hop is { Host.Forwards: true } && count < MostHops; hop = Hop(hop.Host, target), count++) last = hop;
        return last;
    }

    private static HostPort? NameServerOf(Lab lab, IReadOnlyList<IpAddress> targets)
        => lab.Hosts.FirstOrDefault(h => h.Ports.Count > 0 && h.Services.OfType<DnsService>().SelectMany(static s => s.Zones).SelectMany(static z => z.Records)
            .Any(r => r.Address is { } address && targets.Contains(address)))?.Ports[0];

    // The port at which a host's packets to a target arrive next.
    private static HostPort? Hop(LabHost host, IpAddress target) => host.Stack.FindPath(target) is { } path ? PortOf(host.Lab, path.NextHop.WithZone(0)) : null;

    private static HostPort? PortOf(Lab lab, IpAddress address)
    {
        foreach (var host in lab.Hosts)
        {
            foreach (var own in host.Stack.Addresses)
            {
                if (own.Address == address && host.Ports.FirstOrDefault(p => p.Interface == own.Interface) is { } port) return port;
            }
        }

        return null;
    }

    /// <summary>Finds a place.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="text">The place.</param>
    /// <param name="place">What was found.</param>
    /// <param name="reason">Why not.</param>
    public static bool TryFind(Lab lab, string text, [NotNullWhen(true)] out FaultPlace? place, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(lab);
        ArgumentNullException.ThrowIfNull(text);
        place = null;
        reason = null;
        var name = text;
        ushort? service = null;
        var colon = text.LastIndexOf(':');
        if (colon >= 0)
        {
            if (!ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                reason = $"'{text[(colon + 1)..]}' is no port.";
                return false;
            }

            (name, service) = (text[..colon], number);
        }

        if (lab.Find(name) is { } host)
        {
            var first = host.Ports.Count > 0 ? host.Ports[0] : null;
            place = new FaultPlace(lab, text) { Host = host, Port = first, Link = first?.Link, ServicePort = service };
        }
        else if (lab.FindPort(name) is HostPort port)
        {
            place = new FaultPlace(lab, text) { Host = port.Host, Port = port, Link = port.Link, ServicePort = service };
        }
        else if (lab.FindLink(name) is { } link)
        {
            place = new FaultPlace(lab, text) { Link = link };
        }

        if (place is not null) return true;
        reason = $"The lab has no host, interface or link '{name}'. Its hosts: {string.Join(", ", lab.Hosts.Select(static h => h.Name))}.";
        return false;
    }
}
