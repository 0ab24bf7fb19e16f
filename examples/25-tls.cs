#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 25. HTTPS and TLS
//
// Take away: TLS does three things: it agrees on a secret that never crosses the network, proves who the server is, and encrypts. The proof is a chain of
//            certificates that must end at a root the client trusts, be for this name, and be valid now.
// Why it matters: nearly every "the site is down" that is not DNS is one of these: expired, wrong name, missing intermediate, unknown root.
//
// In the lab a laptop meets a server far away; -- --real does it on this machine's loopback, -- --real HOST looks at a server of yours.

using Fathom.Hosts;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Lab.Scenarios;
using Fathom.Probes;
using Fathom.Probes.Application.Tls;
using Fathom.Services.Application.Tls;
using Fathom.Wire.Application.Tls;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

var limit = TimeSpan.FromSeconds(20);
var os = OsHost.Create();
if (args is ["--real", var real]) Show(await TlsInspector.RunAsync(ProbeContext.WithoutCapture(os), real, 443, new TlsInspectionOptions(new TlsProbeOptions(real, limit)) { ExpectedName = real }, default));
else if (args is ["--real"]) await ShowAsync(os, os, IpAddress.LoopbackV4);
else LabWorld.CreateDefault().Run(world => ShowAsync(world["laptop"], world["www"], world.AddressOf("www")));

async Task ShowAsync(INetworkHost near, INetworkHost far, IpAddress address)
{
    // An authority of our own: a root that signs an intermediate, which signs the server's certificate. Sites get theirs so, too.
    var root = LabAuthority.CreateRoot(far, "Example Root");
    var authority = root.CreateIntermediate("Example Intermediate");
    var good = authority.Issue(["shop.example"]);
    var expired = authority.Issue(["old.example"], new LabCertificateOptions { NotBefore = far.Time.GetUtcNow().AddDays(-40), NotAfter = far.Time.GetUtcNow().AddDays(-10) });
    var self = LabAuthority.SelfSigned(far, ["self.example"]);

    // One server, three sites: the name in the ClientHello (SNI) decides which certificate it shows.
    if (!(await far.ListenAsync(new ListenOptions(new IpEndpoint(address, 0)), default)).TryGet(out var listener, out _)) return;
    await using var listening = listener;
    var serving = ServeAsync(5);

    foreach (var name in new[] { "shop.example", "old.example", "self.example", "other.example" }) Show(await LookAsync(name, trusted: true));
    Show(await LookAsync("shop.example", trusted: false));
    await serving;

    // The client's way: connect, handshake, judge the certificates by the roots that it trusts.
    Task<TlsInspection> LookAsync(string name, bool trusted) => TlsInspector.RunAsync(ProbeContext.WithoutCapture(near), address.ToString(), listener.Local.Port, new TlsInspectionOptions(new TlsProbeOptions(name, limit))
    {
        ExpectedName = name,
        Anchors = trusted ? root.Anchors : LabAuthority.CreateRoot(far, "Somebody Else").Anchors,
    }, default);

    async Task ServeAsync(int clients)
    {
        for (var i = 0; i < clients; i++)
        {
            await using var connection = await listener.AcceptAsync(default);
            if (await TlsServer.AcceptAsync(far, connection, new TlsServerOptions([good, expired, self], limit), default) is TlsServerOutcome.Completed { Session: var session })
                await session.ReadAsync(new byte[1], default); // until the client says goodbye (close_notify)
        }
    }
}

void Show(TlsInspection seen)
{
    Console.WriteLine($"{(seen.IsAccepted ? "ACCEPTED" : "REFUSED")} {seen.Handshake?.Version?.ToText()}, {seen.Handshake?.CipherSuite}");
    if (seen.IsAccepted)
    {
        foreach (var message in seen.Messages)
            Console.WriteLine($"  {(message.Direction == TlsDirection.Sent ? "->" : "<-")}{(message.IsEncrypted ? "*" : " ")} {message.Name}: {TlsMessageText.Describe(message, seen.Handshake?.Version)}");
    }

    foreach (var certificate in seen.Certificates?.Path ?? []) Console.WriteLine($"  {certificate.Subject}, signed by {certificate.Issuer}");
    foreach (var problem in seen.Certificates?.Problems ?? []) Console.WriteLine($"  {problem.Kind}: {problem.Detail}\n  {CertificateRemedy.For(problem.Kind)}");
    Console.WriteLine();
}
