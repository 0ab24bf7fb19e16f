#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 26. Cookies and sessions
//
// Take away: a cookie is a note that the server hands out and the browser shows again, by rules. A session id is such a note: whoever shows it is the visitor.
// Why it matters: "I am logged out all the time" is a cookie that a rule refused or withheld; "somebody else is logged in as me" is one that was not protected.
//
// The session is one between hosts of the lab; -- --real makes one on this machine's loopback.

using Fathom.Hosts;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Lab.Scenarios;
using Fathom.Services.Application.Sessions;
using Fathom.Wire.Application.Cookies;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

// 1. What a browser keeps. The jar has no clock: it is told the time, so that this prints the same every day.
var now = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
var jar = new CookieJar();
var shop = new CookieRequest("https", "www.shop.co.uk", "/cart/add");
foreach (var field in new[]
{
    "id=1; Path=/; Secure; HttpOnly; SameSite=Lax",
    "bank=2; Path=/; Secure; HttpOnly; SameSite=Strict",
    "theme=dark; Domain=shop.co.uk; Path=/; Max-Age=99999999",
    "cart=3; Secure",
    "spy=4; Domain=co.uk",
    "ad=5; SameSite=None",
    "__Host-x=6; Domain=shop.co.uk; Path=/; Secure",
})
{
    var decision = jar.Set(field, shop, now);
    Console.WriteLine($"{decision.Kind,-8} {field}\n         {decision.Detail} ({decision.Rule})");
}

// 2. What it sends, and to whom.
Send("a person asks for the page", shop with { Path = "/" });
Send("a link on another site leads here", shop with { Path = "/", Initiator = ("https", "evil.example"), IsTopLevelNavigation = true });
Send("another site's page has an image from here", shop with { Path = "/", Initiator = ("https", "evil.example") });
Send("plain http", shop with { Scheme = "http", Path = "/" });
Send("a script reads document.cookie", shop with { Path = "/", IsScript = true });

// 3. A session, for real: HTTP between two hosts; the id is 128 bits of the server's randomness.
var os = OsHost.Create();
if (args.Contains("--real")) await ShowAsync(os, os, IpAddress.LoopbackV4);
else LabWorld.CreateDefault().Run(world => ShowAsync(world["laptop"], world["www"], world.AddressOf("www")));

void Send(string who, CookieRequest request) => Console.WriteLine($"\n{who}\n  Cookie: {jar.Select(request, now).Header}");

async Task ShowAsync(INetworkHost near, INetworkHost far, IpAddress address)
{
    foreach (var httpOnly in new[] { false, true })
    {
        Console.WriteLine($"\nA session cookie {(httpOnly ? "with" : "without")} HttpOnly");
        await WithSiteAsync(near, far, address, new SessionSiteOptions { HttpOnly = httpOnly }, async (ada, thief) =>
        {
            Console.WriteLine($"  Ada logs in:                {await ada.AskAsync("POST", "/login/ada", default)}");
            var loot = ada.ScriptSees; // what a script that somebody smuggled into the page can send away
            Console.WriteLine($"  a script steals:            {(loot.Length == 0 ? "nothing" : $"an id of {loot.Length - "session=".Length} letters")}");
            Console.WriteLine($"  the thief is told:          {await thief.AskAsync("GET", "/", loot, default)}");
        });
    }
}

async Task WithSiteAsync(INetworkHost near, INetworkHost far, IpAddress address, SessionSiteOptions options, Func<SessionVisitor, SessionVisitor, Task> act)
{
    if (!(await far.ListenAsync(new ListenOptions(new IpEndpoint(address, 0)), default)).TryGet(out var listener, out _)) return;
    await using var listening = listener;
    using var stop = new CancellationTokenSource();
    var serving = new SessionSite(far, options).ServeAsync(listener, stop.Token);
    await act(new SessionVisitor(near, listener.Local), new SessionVisitor(near, listener.Local));
    stop.Cancel();
    await serving;
}
