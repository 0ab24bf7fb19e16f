#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 8. DNS resolution
//
// Take away: no server knows every name. The root knows who knows "com", that one who knows "example.com", and only that one knows "www".
// Why it matters: when a name does not resolve, one link of this chain is broken; whoever can walk it finds out which, and who must mend it.
//
// The lab has the whole chain: root, com, example.com, each on a server of its own. With -- --real the walk begins at the Internet's root servers.

using Fathom.Hosts;
using Fathom.Hosts.Os;
using Fathom.Lab.Scenarios;
using Fathom.Probes;
using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Wire.Application.Dns;

// A name, the same again, an alias, a name that is not there, and one behind a delegation that leads nowhere.
if (args.Contains("--real")) await WalkAsync(OsHost.Create(), RootHints.Internet, "www.example.com", "www.example.com");
else LabWorld.CreateDefault().Run(world => WalkAsync(world["laptop"], world.Scenario.Roots!, "www.example.com", "www.example.com", "alias.example.com", "nothing.example.com", "www.lame.example.com"));

async Task WalkAsync(INetworkHost host, RootHints roots, params string[] names)
{
    var context = ProbeContext.WithoutCapture(host);
    var resolver = new IterativeResolver(context, roots, new DnsCache(host.Time), new IterativeOptions());
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
}

static void Show(ResolutionStep step) => Console.WriteLine(step switch
{
    ResolutionStep.Asked { Reply: ServerReply.Referral to } a => $"  {a.Host} of \"{a.Zone}\" refers to \"{to.Zone}\": {string.Join(", ", to.Servers.Select(s => s.Data))} (glue: {to.Glue.Count})",
    ResolutionStep.Asked { Reply: ServerReply.Answer answer } a => $"  {a.Host} of \"{a.Zone}\" answers: {string.Join("; ", answer.Records.Select(r => $"{r.Type.ToText()} {r.Data}"))}",
    ResolutionStep.Asked { Reply: ServerReply.Error error } a => $"  {a.Host} of \"{a.Zone}\" says {error.Code.ToText()}",
    ResolutionStep.Asked a => $"  {a.Host} of \"{a.Zone}\": {a.Reply.GetType().Name}",
    ResolutionStep.FoundInCache f => $"  in the cache: {f.Question}, {f.Entry.Remaining.TotalSeconds:0} s are left",
    ResolutionStep.BeganAt b => $"  in the cache: who serves \"{b.Zone}\", so the walk begins there",
    _ => $"  {step.GetType().Name}",
});
