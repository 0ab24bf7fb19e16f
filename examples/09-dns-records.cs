#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 9. DNS records
//
// Take away: a name has no address; it has records, of many types, and each type answers another question about it.
// Why it matters: mail, certificates, service discovery and HTTPS itself are set up here; a wrong record breaks them while the "site is up".
//
// In the lab a laptop asks a server far away. With -- --real it asks this machine's resolver about example.com.

using Fathom.Hosts;
using Fathom.Hosts.Os;
using Fathom.Lab.Scenarios;
using Fathom.Probes;
using Fathom.Probes.Application.Dns;
using Fathom.Services.Application.Dns;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Dns.ZoneText;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

const string Zone = """
    $ORIGIN example.test.
    $TTL 1h
    @            SOA    ns admin ( 2026010100 2h 15m 2w 5m )   ; version, and how long "no" is remembered
    @            NS     ns
    @            MX     10 mail
    @            TXT    "v=spf1 mx -all"
    @            CAA    0 issue "ca.example"
    @            HTTPS  1 . alpn=h2,h3 ipv4hint=192.0.2.80
    @            LOC    52 14 05 N 00 08 50 E 10m
    ns           A      192.0.2.53
    mail         AAAA   2001:db8::25
    www          CNAME  web
    web          A      192.0.2.80
    _imaps._tcp  SRV    0 1 993 mail
    4.3.2.1.e164 NAPTR  100 10 "u" "E2U+sip" "!^.*$!sip:info@example.test!" .
    _443._tcp    TLSA   3 1 1 0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF
    80.2.0.192   PTR    web
    child        DS     60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118
    new          TYPE65280 \# 3 C0FFEE                         ; a type that nobody knows yet still travels
    """;
(string Name, string Type, string Tells)[] questions =
[
    ("example.test", "SOA", "whose zone, and which version"), ("example.test", "NS", "who answers for it"), ("web.example.test", "A", "the IPv4 address"),
    ("mail.example.test", "AAAA", "the IPv6 address"), ("www.example.test", "CNAME", "its real name"), ("example.test", "MX", "where its mail goes"),
    ("example.test", "TXT", "text: here, who may send its mail"), ("example.test", "CAA", "who may issue its certificates"),
    ("example.test", "HTTPS", "how to connect before connecting"), ("_imaps._tcp.example.test", "SRV", "host and port of a service"),
    ("_443._tcp.example.test", "TLSA", "which certificate to expect"), ("4.3.2.1.e164.example.test", "NAPTR", "how to rewrite it into a URI"),
    ("80.2.0.192.example.test", "PTR", "the name of an address"), ("example.test", "LOC", "where it stands"), ("child.example.test", "DS", "the child's signing key"),
    ("new.example.test", "TYPE65280", "nothing that we know, intact"), ("web.example.test", "AAAA", "no such record"), ("nobody.example.test", "A", "no such name"),
];

var os = OsHost.Create();
if (args.Contains("--real")) await AskAsync(os, (await os.GetResolverConfigurationAsync(default)).Value?.Servers[0] ?? throw new IOException("no resolver"), "example.com");
else LabWorld.CreateDefault().Run(async world => await AskAsync(world["laptop"], await ServeAsync(world["www"], world.AddressOf("www")), "example.test"));

async Task<IpEndpoint> ServeAsync(INetworkHost host, IpAddress address)
{
    if (!DnsZoneText.TryParse(Zone, DnsName.Root, out var records, out var error)) throw new FormatException(error.ToString());
    if (!DnsZone.TryCreate(records, out var zone, out var reason)) throw new FormatException(reason);
    return (await AuthoritativeServer.StartAsync(host, new IpEndpoint(address, 53), [zone], default)).Value!.Local;
}

async Task AskAsync(INetworkHost host, IpEndpoint server, string zone)
{
    var context = ProbeContext.WithoutCapture(host);
    foreach (var (name, type, tells) in questions)
    {
        _ = DnsMnemonics.TryParseType(type, out var wanted);
        var question = new DnsQuestion(DnsName.Parse(name.Replace("example.test", zone, StringComparison.Ordinal)), wanted);
        var outcome = await DnsExchange.RunAsync(context, server, question, new DnsQueryOptions(), default);
        Console.WriteLine($"{type,-9} {tells}");
        if (outcome is not DnsExchangeOutcome.Answered { Message: var answer }) Console.WriteLine($"            {outcome.GetType().Name}");
        else if (answer.Answers.Count == 0) Console.WriteLine($"            {answer.ResponseCode.ToText()}, and the SOA in the authority section: {answer.Authorities.FirstOrDefault()?.Data}");
        else foreach (var record in answer.Answers) Console.WriteLine($"            {record.Name} has {record.Data}, for {record.TimeToLive} s");
    }
}
