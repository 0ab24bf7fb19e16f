using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Lab.Link;
using Fathom.Probes;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Services.Application.Dns;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Dns.ZoneText;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Tests.Application;

/// <summary>A root, two top-level domains, their zones, a resolver and a client, all on one switch: each step of a resolution is a server of its own.</summary>
internal sealed class NamesWorld : IDisposable
{
    private const string RootZone = """
        $ORIGIN .
        @ 86400 IN SOA a.root-servers.net. nstld.example. 1 1800 900 604800 86400
        @ 86400 IN NS a.root-servers.net.
        a.root-servers.net. 86400 IN A 10.0.0.1
        com. 86400 IN NS ns.com.
        ns.com. 86400 IN A 10.0.0.10
        net. 86400 IN NS ns.net.
        ns.net. 86400 IN A 10.0.0.11
        """;

    private const string Com = """
        $ORIGIN com.
        @ 3600 IN SOA ns hostmaster 1 1800 900 604800 900
        @ 3600 IN NS ns
        ns 3600 IN A 10.0.0.10
        example 3600 IN NS ns1.example
        ns1.example 3600 IN A 10.0.0.53
        ; One of the two servers is a host that is not there.
        half 3600 IN NS ns1.half
        half 3600 IN NS ns2.half
        ns1.half 3600 IN A 10.0.0.54
        ns2.half 3600 IN A 10.0.0.99
        dead 3600 IN NS ns.dead
        ns.dead 3600 IN A 10.0.0.99
        ; Its server is named in another zone: its address must be looked for.
        distant 3600 IN NS ns.example.net.
        liar 3600 IN NS ns.liar
        ns.liar 3600 IN A 10.0.0.66
        ; Delegated to a server that does not serve it.
        lame 3600 IN NS ns.lame
        ns.lame 3600 IN A 10.0.0.53
        """;

    private const string Net = """
        $ORIGIN net.
        @ 3600 IN SOA ns hostmaster 1 1800 900 604800 900
        @ 3600 IN NS ns
        ns 3600 IN A 10.0.0.11
        example 3600 IN NS ns.example
        ns.example 3600 IN A 10.0.0.55
        """;

    private const string ExampleCom = """
        $ORIGIN example.com.
        @ 3600 IN SOA ns1 hostmaster 1 3600 600 604800 60
        @ 3600 IN NS ns1
        ns1 3600 IN A 10.0.0.53
        www 300 IN A 10.0.0.80
        www 300 IN AAAA fd00::80
        alias 300 IN CNAME www
        away 300 IN CNAME alias.example.net.
        nowhere 300 IN CNAME gone.example.net.
        loop 300 IN CNAME loop2
        loop2 300 IN CNAME loop
        """;

    private const string HalfCom = """
        $ORIGIN half.com.
        @ 3600 IN SOA ns1 hostmaster 1 3600 600 604800 60
        @ 3600 IN NS ns1
        @ 3600 IN NS ns2
        www 0 IN A 10.0.0.81
        """;

    private const string DistantCom = """
        $ORIGIN distant.com.
        @ 3600 IN SOA ns.example.net. hostmaster 1 3600 600 604800 60
        @ 3600 IN NS ns.example.net.
        www 300 IN A 10.0.0.83
        """;

    private const string ExampleNet = """
        $ORIGIN example.net.
        @ 3600 IN SOA ns hostmaster 1 3600 600 604800 60
        @ 3600 IN NS ns
        ns 3600 IN A 10.0.0.55
        www 300 IN A 10.0.0.82
        alias 120 IN CNAME www
        """;

    private readonly LabSwitch _switch;
    private readonly LinkSettings _link;
    private readonly LabHost _client;

    public NamesWorld(ulong seed = 1, double loss = 0, Func<RecursiveServerOptions, RecursiveServerOptions>? change = null)
    {
        Lab = new Lab(new LabOptions { Seed = seed, HashesLog = true });
        _switch = Lab.AddSwitch("switch");
        _link = new LinkSettings { Delay = TimeSpan.FromMilliseconds(5), Loss = loss };
        Serve("root", 1, RootZone);
        Serve("com", 10, Com);
        Serve("net", 11, Net);

        // Forty texts of a hundred octets: more than any UDP answer may have.
        Serve("ns1", 53, ExampleCom + "\n" + string.Join('\n', Enumerable.Range(0, 40).Select(static i => $"large 300 IN TXT \"{i:D2}{new string('x', 98)}\"")));
        Serve("half", 54, HalfCom);
        Serve("distant", 55, ExampleNet, DistantCom);
        Resolver = Add("resolver", 8);
        _client = Add("client", 2);
        var hints = RootHints.Of([(DnsName.Parse("a.root-servers.net"), [IpAddress.Parse("10.0.0.1")])], "the test");
        var options = new RecursiveServerOptions(hints, [new IpPrefix(IpAddress.Parse("10.0.0.0"), 25), new IpPrefix(IpAddress.Parse("fd00::"), 64)]);

        // Duplicate address detection of IPv6 takes a second, and before that no socket is bound to the address.
        Lab.Run(TimeSpan.FromSeconds(2));
        Server = Lab.Run(async () => (await RecursiveServer.StartAsync(Resolver.Network, [At("10.0.0.8"), At("fd00::8")], change?.Invoke(options) ?? options, default)).Value!, TimeSpan.FromSeconds(1));
    }

    public Lab Lab { get; }

    public LabHost Resolver { get; }

    public RecursiveServer Server { get; }

    public LabHost Add(string name, byte number)
    {
        var host = Lab.AddHost(new LabHostOptions(name));
        var port = host.AddPort("eth0");
        host.AddAddress(port, IpAddress.Parse($"10.0.0.{number}"), 24);
        host.AddAddress(port, IpAddress.Parse($"fd00::{number}"), 64);
        Lab.Connect(port, _switch.AddPort(), _link);
        return host;
    }

    /// <summary>What the resolver answers.</summary>
    public DnsMessage Ask(string name, DnsType type = DnsType.A, DnsQueryOptions? options = null, LabHost? from = null, string server = "10.0.0.8")
    {
        var outcome = Lab.Run(() => AskAsync(name, type, options, from, server), TimeSpan.FromMinutes(1));
        return Assert.IsType<DnsExchangeOutcome.Answered>(outcome).Message;
    }

    public Task<DnsExchangeOutcome> AskAsync(string name, DnsType type = DnsType.A, DnsQueryOptions? options = null, LabHost? from = null, string server = "10.0.0.8")
    {
        // A client that is patient: what the resolver does is under test, not when it is asked again.
        options ??= new DnsQueryOptions { Schedule = [TimeSpan.Zero], Timeout = TimeSpan.FromSeconds(20) };
        var context = ProbeContext.WithoutCapture((from ?? _client).Network);
        return DnsExchange.RunAsync(context, At(server), new DnsQuestion(DnsName.Parse(name), type), options, default);
    }

    /// <summary>A server of liar.com that adds what is not its to say.</summary>
    public void AddLiar()
    {
        var host = Add("liar", 66);
        Lab.Start(async () =>
        {
            var socket = (await host.Network.OpenDatagramAsync(new DatagramOptions(IpVersion.V4) { Local = At("10.0.0.66") }, default)).Value!;
            var buffer = new byte[1500];
            while (await socket.ReceiveAsync(buffer, default) is DatagramEvent.Received received)
            {
                if (!DnsMessage.TryRead(buffer.AsSpan(0, received.Length), out var query, out _)) continue;
                DnsRecord Address(string name, string address) => new(DnsName.Parse(name), DnsType.A, DnsClass.Internet, 86_400, new DnsData.A(IpAddress.Parse(address)));
                var answer = new DnsMessage
                {
                    Id = query.Id,
                    IsResponse = true,
                    Authoritative = true,
                    Questions = query.Questions,
                    Answers = [Address("www.liar.com", "10.0.0.66"), Address("www.example.net", "10.0.0.66")],
                    Authorities = [new DnsRecord(DnsName.Parse("example.net"), DnsType.Ns, DnsClass.Internet, 86_400, new DnsData.Ns(DnsName.Parse("ns.liar.com")))],
                    Additionals = [Address("ns.example.net", "10.0.0.66")],
                };
                await socket.SendAsync(answer.ToBytes(), received.From, new PacketOptions(), default);
            }
        });
        Lab.Run(TimeSpan.FromSeconds(2));
    }

    public void Dispose() => Lab.Dispose();

    private static IpEndpoint At(string address) => new(IpAddress.Parse(address), 53);

    private void Serve(string name, byte number, params string[] texts)
    {
        var host = Add(name, number);
        var zones = texts.Select(static text =>
        {
            Assert.True(DnsZoneText.TryParse(text, DnsName.Root, out var records, out var error), error?.ToString());
            Assert.True(DnsZone.TryCreate(records, out var zone, out var reason), reason);
            return zone;
        }).ToList();
        Lab.Run(async () => (await AuthoritativeServer.StartAsync(host.Network, At($"10.0.0.{number}"), zones, default)).Value!, TimeSpan.FromSeconds(1));
    }
}
