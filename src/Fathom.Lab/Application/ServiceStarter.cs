using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Lab.Scenarios;
using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Services.Application.Dhcp;
using Fathom.Services.Application.Dns;
using Fathom.Services.Application.Http;
using Fathom.Services.Application.Tls;
using Fathom.Services.Transport;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Application;

/// <summary>Starts what a scenario says that a host serves.</summary>
internal sealed class ServiceStarter(LabWorld world, LabHost host, HostSpec spec, CancellationToken end)
{
    private const ushort HttpPort = 80;
    private const ushort HttpsPort = 443;
    private const ushort DnsPort = 53;

    // What most servers allow for a handshake.
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(30);

    /// <summary>Starts a service, and gives the tasks that it runs in.</summary>
    public async Task<IReadOnlyList<Task>> StartAsync(ServiceSpec service)
    {
        switch (service)
        {
            case ServiceSpec.Dns dns:
                await StartDnsAsync(dns);
                return [];
            case ServiceSpec.Resolver resolver:
                await StartResolverAsync(resolver);
                return [];
            case ServiceSpec.Web web:
                return await StartWebAsync(web);
            case ServiceSpec.Dhcp dhcp:
                await StartDhcpAsync(dhcp);
                return [];
            case ServiceSpec.Small small:
                return await StartSmallAsync(small.Name);
            default:
                throw new ArgumentException("Not a service that is known here.", nameof(service));
        }
    }

    private IEnumerable<IpAddress> Everywhere => spec.Interfaces.SelectMany(static i => i.Addresses).Select(static a => a.Address.IsV6 ? IpAddress.AnyV6 : IpAddress.AnyV4).Distinct();

    private async Task StartDnsAsync(ServiceSpec.Dns dns)
    {
        var zones = dns.Zones.Select(z => ScenarioCheck.ReadZone(world.Scenario.Zones.First(s => s.Name == z))).ToList();
        foreach (var address in Everywhere) Started(await AuthoritativeServer.StartAsync(host.Network, new IpEndpoint(address, DnsPort), zones, end));
    }

    private async Task StartResolverAsync(ServiceSpec.Resolver resolver)
    {
        var hints = RootHints.Of(resolver.Roots.Select(static r => (DnsName.Parse(r.Name), r.Addresses)), "the scenario");
        IReadOnlyList<IpPrefix> clients = resolver.Clients.Count > 0 ? resolver.Clients : [new IpPrefix(IpAddress.AnyV4, 0), new IpPrefix(IpAddress.AnyV6, 0)];
        Started(await RecursiveServer.StartAsync(host.Network, [.. Everywhere.Select(static a => new IpEndpoint(a, DnsPort))], new RecursiveServerOptions(hints, clients), end));
    }

    private async Task StartDhcpAsync(ServiceSpec.Dhcp dhcp)
    {
        var reserved = new Dictionary<MacAddress, IpAddress>();
        foreach (var (name, address, _) in dhcp.Reservations)
        {
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            var owner = world.Lab.Find(dot < 0 ? name : name[..dot])!;
            var port = dot < 0 ? owner.Ports[0] : owner.Ports.First(p => p.Interface.Name == name[(dot + 1)..]);
            reserved[port.HardwareAddress!.Value] = address;
        }

        var options = new DhcpServerOptions(dhcp.Interface, dhcp.First, dhcp.Last) { Routers = dhcp.Routers, DnsServers = dhcp.Resolvers, DomainName = dhcp.Domain, LeaseTime = dhcp.Lease, Reservations = reserved };
        var server = Started(await DhcpServer.StartAsync(host.Network, options, end));
        end.Register(() => _ = server.DisposeAsync().AsTask());
    }

    private async Task<IReadOnlyList<Task>> StartWebAsync(ServiceSpec.Web web)
    {
        var tasks = new List<Task>();
        var site = new DemoSite(host.Network);
        var identity = web.Https ? world.Authority.CreateIntermediate("Fathom Lab Intermediate").Issue(web.Names) : null;
        foreach (var address in Everywhere)
        {
            IHttpHandler plain = web is { Redirects: true, Https: true } ? new RedirectSite(web.Names[0]) : site;
            tasks.Add(Serve(Started(await ListenAsync(address, HttpPort)), plain));
            if (identity is null) continue;
            var secured = new TlsListener(host.Network, Started(await ListenAsync(address, HttpsPort)), new TlsServerOptions([identity], HandshakeLimit) { ApplicationProtocols = ["http/1.1"] });
            tasks.Add(Serve(secured, site));
        }

        return tasks;
    }

    private Task Serve(IStreamListener listener, IHttpHandler handler) => new HttpServer(host.Network, listener, handler, new HttpServerOptions()).RunAsync(end);

    private async Task<IReadOnlyList<Task>> StartSmallAsync(string name)
    {
        var (port, stream, datagram) = SmallServices.Of(name, host.Network);
        IReadOnlyList<IpEndpoint> places = [.. Everywhere.Select(a => new IpEndpoint(a, port))];
        var tcp = Started(await TcpServer.StartAsync(host.Network, new TcpServerOptions(places), stream, null, end));
        var udp = Started(await UdpServer.StartAsync(host.Network, new UdpServerOptions(places), datagram, null, end));
        return [tcp.RunAsync(end), udp.RunAsync(end)];
    }

    private ValueTask<HostResult<IStreamListener>> ListenAsync(IpAddress address, ushort port) => host.Network.ListenAsync(new ListenOptions(new IpEndpoint(address, port)), end);

    private T Started<T>(HostResult<T> result)
        where T : class
        => result.TryGet(out var value, out var refusal) ? value : throw new InvalidOperationException($"A service of {host.Name} cannot start: {refusal.Reason}");
}
