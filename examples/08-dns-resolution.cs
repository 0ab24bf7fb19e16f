#:project ../src/Fathom.Services/Fathom.Services.csproj
#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
// 8. DNS resolution
//
// Take away: no server knows every name. The root knows who knows "test", that one who knows "example.test", and only that one knows "www".
// Why it matters: when a name does not resolve, one link of this chain is broken; whoever can walk it finds out which, and who must mend it.
// With --real it walks from the Internet's root servers to www.example.com.

using Fathom.Hosts.Os;
using Fathom.Probes;
using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Probes.Evidence;
using Fathom.Services.Application.Dns;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Dns.ZoneText;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

var host = OsHost.Create();
var log = new EvidenceLog(host.Time);
var context = new ProbeContext(host, log, new PacketRecorder(null, log));
var real = args.Contains("--real");

// A small Internet on loopback: a root, a top-level domain, a zone. Each only knows its own zone and the servers of those below.
string[] zones =
[
    ". 300 SOA root.test. admin.test. 1 7200 900 86400 60\n. NS root.test.\nroot.test. A 127.0.0.11\ntest. NS ns.nic.test.\nns.nic.test. A 127.0.0.12",
    "test. 300 SOA ns.nic.test. admin.test. 1 7200 900 86400 60\ntest. NS ns.nic.test.\nns.nic.test. A 127.0.0.12\n" +
        "example.test. NS ns.example.test.\nns.example.test. A 127.0.0.13\nlame.test. NS ns.example.test.",
    "example.test. 300 SOA ns.example.test. admin.test. 1 7200 900 86400 60\nexample.test. NS ns.example.test.\nns.example.test. A 127.0.0.13\n" +
        "www.example.test. CNAME web.example.test.\nweb.example.test. 120 A 192.0.2.80",
];
List<AuthoritativeServer> servers = [];
for (var i = 0; i < zones.Length && !real; i++)
{
    if (!DnsZoneText.TryParse(zones[i], DnsName.Root, out var records, out var error)) throw new FormatException(error.ToString());
    if (!DnsZone.TryCreate(records, out var zone, out var reason)) throw new FormatException(reason);
    var at = new IpEndpoint(IpAddress.Parse($"127.0.0.{11 + i}"), 5308);
    servers.Add((await AuthoritativeServer.StartAsync(host, at, [zone], default)).Value ?? throw new IOException($"{at} is taken"));
}

_ = RootHints.TryParse(". 3600 NS root.test.\nroot.test. 3600 A 127.0.0.11", "this example", out var hints, out _);
var options = new IterativeOptions { ServerPort = (ushort)(real ? 53 : 5308) };
var resolver = new IterativeResolver(context, real ? RootHints.Internet : hints!, new DnsCache(host.Time), options);

// The walk; the same again, now from the cache; a name that is not there; and a chain with a broken link.
string[] names = real ? ["www.example.com", "www.example.com"] : ["www.example.test", "www.example.test", "nothing.example.test", "www.lame.test"];
foreach (var name in names)
{
    Console.WriteLine($"{name}:");
    var resolution = await resolver.ResolveAsync(new DnsQuestion(DnsName.Parse(name), DnsType.A), Show, default);
    Console.WriteLine(resolution.Outcome switch
    {
        IterativeOutcome.Answered answered => $"  = {string.Join(", ", answered.Records.Select(r => r.Data))}, after {resolution.Queries} questions\n",
        IterativeOutcome.NoSuchName none => $"  = does not exist; may be remembered for {none.Soa?.TimeToLive} s\n",
        IterativeOutcome.NoSuchData => "  = exists, without an address\n",
        IterativeOutcome.Failed failed => $"  = failed. {failed.Why.Text}",
        _ => "",
    });
}

foreach (var server in servers) await server.DisposeAsync();

static void Show(ResolutionStep step) => Console.WriteLine(step switch
{
    ResolutionStep.Asked { Reply: ServerReply.Referral to } a => $"  {a.Host} of \"{a.Zone}\" refers to \"{to.Zone}\": {string.Join(", ", to.Servers.Select(s => s.Data))} (glue: {to.Glue.Count})",
    ResolutionStep.Asked { Reply: ServerReply.Answer answer } a => $"  {a.Host} of \"{a.Zone}\" answers: {string.Join("; ", answer.Records.Select(r => $"{r.Type.ToText()} {r.Data}"))}",
    ResolutionStep.Asked { Reply: ServerReply.Error error } a => $"  {a.Host} of \"{a.Zone}\" says {error.Code.ToText()}",
    ResolutionStep.Asked a => $"  {a.Host} of \"{a.Zone}\": {a.Reply.GetType().Name}",
    ResolutionStep.FoundInCache f => $"  in the cache: {f.Question}, some seconds of {(f.Entry.Remaining.TotalSeconds > 120 ? 300 : 120)} are left",
    ResolutionStep.BeganAt b => $"  in the cache: who serves \"{b.Zone}\", so the walk begins there",
    _ => $"  {step.GetType().Name}",
});
