using Fathom.Hosts;
using Fathom.Hosts.Application;
using Fathom.Lab.Application;
using Fathom.Lab.Internet;
using Fathom.Lab.Link;
using Fathom.Services.Application.Tls;
using Fathom.Stack;
using Fathom.Stack.Application.Dhcp;
using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Urls;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Scenarios;

/// <summary>A scenario that has come to life: a lab with its hosts, switches, cables and services.</summary>
public sealed class LabWorld : IDisposable
{
    // What the services of a scenario need to be there, in the lab's time: none of them sends anything to start.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    // A network that is up: every address has been checked for a twin (RFC 4862 §5.4, RFC 5227 §2.1.1), so that it may be used.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    // Who has no lease by then gets none: a client has asked seven times (RFC 2131 §4.1), which a link that loses a tenth of all frames leaves without a lease once in a hundred times.
    private static readonly TimeSpan LongestSettling = TimeSpan.FromSeconds(200);

    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<string, LabSwitch> _switches = new(StringComparer.Ordinal);
    private readonly List<Task> _services = [];

    private LabWorld(Scenario scenario, Lab lab)
    {
        Scenario = scenario;
        Lab = lab;

        // Its own randomness, so that a scenario's certificates stay the same when a host is added.
        Authority = LabAuthority.CreateRoot(new LabHost(lab, new LabHostOptions("authority")).Network, "Fathom Lab Root");
    }

    /// <summary>What it was made from.</summary>
    public Scenario Scenario { get; }

    /// <summary>The lab that was built of the scenario.</summary>
    public Lab Lab { get; }

    /// <summary>The authority that signs the lab's certificates.</summary>
    public LabAuthority Authority { get; }

    /// <summary>The host where commands run that do not name another.</summary>
    public LabHost From => Lab.Find(Scenario.From)!;

    /// <summary>The addresses of what the scenario checks by itself, as its zones have them; empty where they have none.</summary>
    public IReadOnlyList<IpAddress> TargetAddresses
    {
        get
        {
            if (!Url.TryParse(Scenario.Target, null, out var target, out _)) return [];
            if (IpAddress.TryParse(target.Hostname.Trim('[', ']'), out var address)) return [address];
            var name = DnsName.TryParse(target.Hostname, out var host, out _) ? host : DnsName.Root;
            var zones = Scenario.Zones.Select(static z => z.Zone).ToList();
            return
            [
                .. zones.SelectMany(z => z.Find(name, DnsType.A)).Select(static r => r.Address).OfType<IpAddress>(),
                .. zones.SelectMany(z => z.Find(name, DnsType.Aaaa)).Select(static r => r.Address).OfType<IpAddress>(),
            ];
        }
    }

    /// <summary>Makes it.</summary>
    /// <param name="scenario">What it is to be.</param>
    /// <param name="options">Seed and start; the scenario's own start comes first.</param>
    public static LabWorld Create(Scenario scenario, LabOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        options ??= new LabOptions();
        var world = new LabWorld(scenario, new Lab(scenario.Start is { } start ? options with { Start = start } : options));
        world.Build();
        world.StartServices();
        world.Settle();
        return world;
    }

    /// <summary>Makes the default internet.</summary>
    /// <param name="options">Seed and start.</param>
    public static LabWorld CreateDefault(LabOptions? options = null) => Create(BuiltInScenarios.Get(BuiltInScenarios.Default), options);

    /// <summary>What programs on a host are given.</summary>
    /// <param name="host">The host's name.</param>
    /// <exception cref="ArgumentException">There is no such host.</exception>
    public INetworkHost this[string host] => Find(host).Network;

    /// <summary>The first address of a host that others can send to.</summary>
    /// <param name="host">The host's name.</param>
    /// <param name="version">Of which version.</param>
    /// <exception cref="ArgumentException">There is no such host, or it has no such address.</exception>
    public IpAddress AddressOf(string host, IpVersion version = IpVersion.V4)
        => Find(host).Stack.Addresses.FirstOrDefault(a => a.Interface.Medium != InterfaceMedium.Loopback && a.Address.Version == version && !a.Address.IsLinkLocal)?.Address
            ?? throw new ArgumentException($"{host} has no address of IPv{(version == IpVersion.V4 ? 4 : 6)}.", nameof(host));

    /// <summary>Runs a program on the hosts of this world until it is done. It awaits them, and nothing else.</summary>
    /// <param name="program">The program.</param>
    public void Run(Func<LabWorld, Task> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        Lab.Run(
            async () =>
            {
                await program(this);
                return true;
            },
            TimeSpan.MaxValue);
    }

    private LabHost Find(string host) => Lab.Find(host) ?? throw new ArgumentException($"There is no host '{host}'; there are {string.Join(", ", Lab.Hosts.Select(static h => h.Name))}.", nameof(host));

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        Lab.Dispose();
    }

    private void Build()
    {
        foreach (var network in Scenario.Networks) _switches[network.Name] = Lab.AddSwitch(network.Name);
        foreach (var spec in Scenario.Hosts) AddHost(spec);
        foreach (var link in Scenario.Links) Lab.Connect(PortOf(link.Left), PortOf(link.Right), link.ToRight, link.ToLeft);
        var planned = Scenario.Hosts.Where(Scenario.PlansRoutesOf).Select(static h => h.Name).ToHashSet(StringComparer.Ordinal);
        if (planned.Count > 0) RoutePlanner.Plan(Lab, h => planned.Contains(h.Name));
    }

    private void AddHost(HostSpec spec)
    {
        var host = Lab.AddHost(new LabHostOptions(spec.Name)
        {
            // As Linux is out of the box: nobody probes for black holes, so that one is seen as what it is.
            Stack = new StackOptions { Ip = new IpSettings { Forwarding = spec.Forwards }, Tcp = new TcpSettings { MtuProbing = TcpMtuProbing.Off } },
            Resolver = ResolverOf(spec),
            TrustAnchors = spec.TrustsLab ? Authority.Anchors : new TrustAnchors([], "nothing"),
        });
        foreach (var port in spec.Interfaces)
        {
            var mtu = Scenario.MtuOf(spec, port);
            var added = Scenario.Links.Any(l => l.IsPointToPoint && l.EndsAt($"{spec.Name}.{port.Name}")) ? host.AddPointToPointPort(port.Name, mtu) : host.AddPort(port.Name, mtu);
            foreach (var (address, length) in port.Addresses) host.AddAddress(added, address, length);
            if (port.Network is { } network) Lab.Connect(added, _switches[network].AddPort(), Scenario.Networks.First(n => n.Name == network).Cable);
            if (port.Advertises is { } settings) host.StartRouterAdvertisements(added, settings);
        }

        foreach (var route in spec.Routes) host.AddRoute(route.To, route.Via);
        foreach (var box in spec.Boxes) BoxBuilder.Add(host, box);
    }

    // Whoever asks for a lease asks when all cables are plugged in and all servers run.
    private void Settle()
    {
        foreach (var spec in Scenario.Hosts)
        {
            var host = Lab.Find(spec.Name)!;
            foreach (var port in spec.Interfaces.Where(static i => i.Dhcp)) host.StartDhcp(host.Ports.First(p => p.Interface.Name == port.Name));
        }

        var end = Lab.Clock.Now + LongestSettling;
        Lab.Run(Settling);
        while (Lab.Clock.Now < end && Lab.Hosts.Any(static h => h.Stack.DhcpClients.Any(static c => c.State != DhcpState.Bound))) Lab.Run(TimeSpan.FromSeconds(1));
    }

    private HostPort PortOf(string end)
    {
        var dot = end.LastIndexOf('.');
        return Lab.Find(end[..dot])!.Ports.First(p => p.Interface.Name == end[(dot + 1)..]);
    }

    private static ResolverConfiguration? ResolverOf(HostSpec spec)
        => spec.Resolvers.Count == 0
            ? null
            : new ResolverConfiguration([.. spec.Resolvers.Select(static r => new IpEndpoint(r, 53))], [], 1, TimeSpan.FromSeconds(5), 2, [], "the scenario", "the scenario");

    private void StartServices()
    {
        foreach (var spec in Scenario.Hosts)
        {
            var host = Lab.Find(spec.Name)!;
            foreach (var service in spec.Services)
            {
                var starter = new ServiceStarter(this, host, spec, _end.Token);
                _services.AddRange(Lab.Run(() => starter.StartAsync(service), StartLimit));
                host.RunAtRestart((_, end) => new ServiceStarter(this, host, spec, end).StartAsync(service));
            }
        }
    }
}
