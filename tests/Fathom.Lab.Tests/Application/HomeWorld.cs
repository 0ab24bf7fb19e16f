using Fathom.Hosts.Application;
using Fathom.Lab.Link;
using Fathom.Services.Application.Dhcp;
using Fathom.Services.Application.Dns;
using Fathom.Stack;
using Fathom.Stack.Internet;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Dns.ZoneText;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Tests.Application;

/// <summary>A home: a router that lends addresses and advertises itself, a name server, and whoever is plugged in.</summary>
internal sealed class HomeWorld : IDisposable
{
    private const string Zone = """
        $ORIGIN home.example.
        @ 300 IN SOA router hostmaster 1 3600 600 604800 60
        @ 300 IN NS router
        router 300 IN A 192.168.1.1
        router 300 IN AAAA 2001:db8:1::1
        """;

    private readonly LabSwitch _switch;

    public HomeWorld(Func<DhcpServerOptions, DhcpServerOptions>? change = null, bool advertises = true)
    {
        Lab = new Lab(new LabOptions { Seed = 7, HashesLog = true });
        _switch = Lab.AddSwitch("switch");
        Router = Lab.AddHost(new LabHostOptions("router") { Stack = new StackOptions { Ip = new IpSettings { Forwarding = true } } });
        var lan = Plug(Router, "lan");
        Router.AddAddress(lan, IpAddress.Parse("192.168.1.1"), 24);
        Router.AddAddress(lan, IpAddress.Parse("2001:db8:1::1"), 64);
        Lab.Run(TimeSpan.FromSeconds(2));
        var options = new DhcpServerOptions("lan", IpAddress.Parse("192.168.1.100"), IpAddress.Parse("192.168.1.102"))
        {
            DnsServers = [IpAddress.Parse("192.168.1.1")],
            DomainName = "home.example",
            Mtu = 1492,
        };

        // Again after each restart.
        Router.Run(async (host, end) => Server = (await DhcpServer.StartAsync(host.Network, change?.Invoke(options) ?? options, end)).Value);
        if (advertises)
        {
            Router.StartRouterAdvertisements(lan, new RouterAdvertisementSettings
            {
                Prefixes = [new AdvertisedPrefix(new IpPrefix(IpAddress.Parse("2001:db8:1::"), 64))],
                DnsServers = [IpAddress.Parse("2001:db8:1::1")],
            });
        }

        Assert.True(DnsZoneText.TryParse(Zone, DnsName.Root, out var records, out var error), error?.ToString());
        Assert.True(DnsZone.TryCreate(records, out var zone, out var reason), reason);
        foreach (var address in new[] { IpAddress.AnyV4, IpAddress.AnyV6 })
            Lab.Run(async () => (await AuthoritativeServer.StartAsync(Router.Network, new IpEndpoint(address, 53), [zone], default)).Value!, TimeSpan.FromSeconds(1));
    }

    public Lab Lab { get; }

    public LabHost Router { get; }

    public DhcpServer? Server { get; private set; }

    /// <summary>A host with an interface and nothing else.</summary>
    public LabHost Add(string name, out HostPort port)
    {
        var host = Lab.AddHost(new LabHostOptions(name));
        port = Plug(host, "eth0");
        return host;
    }

    public HostPort Plug(LabHost host, string name)
    {
        var port = host.AddPort(name);
        Lab.Connect(port, _switch.AddPort(), new LinkSettings { Delay = TimeSpan.FromMilliseconds(1) });
        return port;
    }

    public ResolverConfiguration ResolverOf(LabHost host)
    {
        var answer = Lab.Run(() => host.Network.GetResolverConfigurationAsync(default).AsTask(), TimeSpan.FromSeconds(1));
        Assert.True(answer.TryGet(out var configuration, out var refusal), refusal?.Reason);
        return configuration;
    }

    public IEnumerable<string> Bindings() => Server!.Bindings.Select(static b => $"{b.Address} {b.State} {b.HostName}");

    public static MacAddress MacOf(HostPort port) => port.HardwareAddress!.Value;

    public void Dispose() => Lab.Dispose();
}
