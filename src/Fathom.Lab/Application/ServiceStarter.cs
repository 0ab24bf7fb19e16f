using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Lab.Scenarios;
using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Services.Application.Dhcp;
using Fathom.Services.Application.Dns;
using Fathom.Services.Application.Http;
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
                return await StartSmallAsync(SmallService.Find(small.Name) ?? throw new ArgumentException($"There is no service '{small.Name}'.", nameof(service)));
            default:
                throw new ArgumentException("Not a service that is known here.", nameof(service));
        }
    }

    private IEnumerable<IpAddress> Everywhere => spec.Interfaces.SelectMany(static i => i.Addresses).Select(static a => IpAddress.Any(a.Address.Version)).Distinct();

    private async Task StartDnsAsync(ServiceSpec.Dns dns)
    {
        var service = Find<DnsService>(static s => !s.IsResolver)
            ?? Add(new DnsService(host, [.. dns.Zones.Select(z => world.Scenario.Zones.First(s => s.Name == z).Zone)], dns.Trouble));
        foreach (var address in Everywhere) Started(await AuthoritativeServer.StartAsync(host.Network, new IpEndpoint(address, DnsPort), service.Zones, end, service.Behavior));
    }

    private async Task StartResolverAsync(ServiceSpec.Resolver resolver)
    {
        var service = Find<DnsService>(static s => s.IsResolver) ?? Add(new DnsService(host, [], resolver.Trouble));
        var hints = RootHints.Of(resolver.Roots.Select(static r => (DnsName.Parse(r.Name), r.Addresses)), "the scenario");
        IReadOnlyList<IpPrefix> clients = resolver.Clients.Count > 0 ? resolver.Clients : [new IpPrefix(IpAddress.AnyV4, 0), new IpPrefix(IpAddress.AnyV6, 0)];
        var options = new RecursiveServerOptions(hints, clients) { Behavior = service.Behavior };
        Started(await RecursiveServer.StartAsync(host.Network, [.. Everywhere.Select(static a => new IpEndpoint(a, DnsPort))], options, end));
    }

    private async Task StartDhcpAsync(ServiceSpec.Dhcp dhcp)
    {
        var reserved = new Dictionary<MacAddress, IpAddress>();
        foreach (var (name, address, _) in dhcp.Reservations)
        {
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            var owner = world.Lab.Find(dot < 0 ? name : name[..dot])!;
            var port = dot < 0 ? owner.Ports[0] : owner.Ports.First(p => p.Interface.Name == name[(dot + 1)..]);
            if (port.HardwareAddress is { } hardware) reserved[hardware] = address;
        }

        var options = new DhcpServerOptions(dhcp.Interface, dhcp.First, dhcp.Last) { Routers = dhcp.Routers, DnsServers = dhcp.Resolvers, DomainName = dhcp.Domain, LeaseTime = dhcp.Lease, Reservations = reserved };
        var server = Started(await DhcpServer.StartAsync(host.Network, options, end));
        end.Register(() => _ = server.DisposeAsync().AsTask());
    }

    private async Task<IReadOnlyList<Task>> StartWebAsync(ServiceSpec.Web web)
    {
        var tasks = new List<Task>();
        var pages = new DemoSite(host.Network);
        var plain = Web(HttpPort, isSecured: false);
        var secured = web.Https ? Web(HttpsPort, isSecured: true) : null;
        foreach (var address in Everywhere)
        {
            var redirect = web is { Redirects: true, Https: true } ? new RedirectSite(web.Names[0]) : null;
            tasks.Add(Serve(plain, Started(await ListenAsync(address, HttpPort)), new WebSite(plain, pages, redirect)));
            if (secured is not null) tasks.Add(Serve(secured, Started(await ListenAsync(address, HttpsPort)), new WebSite(secured, pages, null)));
        }

        return tasks;

        WebService Web(ushort port, bool isSecured)
        {
            var service = Find<WebService>(s => s.Port == port) ?? Add(new WebService(host, port, isSecured, web.Names, world.Authority, web.Behavior));
            service.Prepare();
            return service;
        }
    }

    private Task Serve(WebService service, IStreamListener listener, IHttpHandler site) => new HttpServer(host.Network, new WebListener(service, listener), site, new HttpServerOptions()).RunAsync(end);

    // A service is the host's: when the host starts again it is the same, with what was changed about it.
    private T? Find<T>(Func<T, bool> isMeant)
        where T : LabService
        => host.Services.OfType<T>().FirstOrDefault(isMeant);

    private T Add<T>(T service)
        where T : LabService
    {
        host.Add(service);
        return service;
    }

    private async Task<IReadOnlyList<Task>> StartSmallAsync(SmallService service)
    {
        IReadOnlyList<IpEndpoint> places = [.. Everywhere.Select(a => new IpEndpoint(a, service.Port))];
        var (stream, datagram) = service.Make(host.Network);
        var tcp = Started(await TcpServer.StartAsync(host.Network, new TcpServerOptions(places), stream, null, end));
        var udp = Started(await UdpServer.StartAsync(host.Network, new UdpServerOptions(places), datagram, null, end));
        return [tcp.RunAsync(end), udp.RunAsync(end)];
    }

    private ValueTask<HostResult<IStreamListener>> ListenAsync(IpAddress address, ushort port) => host.Network.ListenAsync(new ListenOptions(new IpEndpoint(address, port)), end);

    private T Started<T>(HostResult<T> result)
        where T : class
        => result.TryGet(out var value, out var refusal) ? value : throw new InvalidOperationException($"A service of {host.Name} cannot start: {refusal.Reason}");
}
