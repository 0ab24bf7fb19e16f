#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 20. HTTP methods
//
// Take away: safe asks for no change, idempotent may be sent again: PUT twice leaves one thing, POST twice makes two.
// Why it matters: when an answer is lost, a client cannot know whether its request was. Only what is idempotent may simply be repeated.
//
// In the lab a laptop asks a server far away; -- --real does it on this machine's loopback.

using System.Text;
using Fathom.Hosts;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Lab.Scenarios;
using Fathom.Probes;
using Fathom.Probes.Application.Http;
using Fathom.Services.Application.Http;
using Fathom.Wire.Application.Http;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

var os = OsHost.Create();
if (args.Contains("--real")) await ShowAsync(os, os, IpAddress.LoopbackV4);
else LabWorld.CreateDefault().Run(world => ShowAsync(world["laptop"], world["www"], world.AddressOf("www")));

async Task ShowAsync(INetworkHost near, INetworkHost far, IpAddress address)
{
    using var stop = new CancellationTokenSource();
    await using var listener = (await far.ListenAsync(new ListenOptions(new IpEndpoint(address, 0)), stop.Token)).Value!;
    var serving = new HttpServer(far, listener, new MethodLab(), new HttpServerOptions()).RunAsync(stop.Token);
    await using (var agent = new HttpAgent(ProbeContext.WithoutCapture(near), new HttpAgentOptions()))
    {
        await Send("PUT", "/menu", "tea");
        await Send("PUT", "/menu", "tea"); // the same again: the same state
        await Send("POST", "/orders", "2 tea");
        await Send("POST", "/orders", "2 tea"); // the same again: another order
        var tag = await Send("GET", "/menu");
        await Send("HEAD", "/menu"); // as GET, without the body
        await Send("PUT", "/menu", "tea, coffee", new("If-Match", tag)); // only if nobody changed it meanwhile
        await Send("PUT", "/menu", "nothing", new("If-Match", tag)); // now somebody has
        await Send("DELETE", "/menu");
        await Send("DELETE", "/menu"); // just as gone; that the status differs does not matter
        await Send("TRACE", "/menu");
        await Send("BREW", "/menu");

        async Task<string> Send(string method, string path, string body = "", HttpField? condition = null)
        {
            _ = HttpTarget.TryParse($"http://{listener.Local}{path}", out var target, out _);
            var request = new HttpAgentRequest(method, target!)
            {
                Body = Encoding.UTF8.GetBytes(body),
                Fields = condition is { } field ? [field] : HttpFields.Empty,
            };
            var answer = (await agent.SendAsync(request, stop.Token)).Last.Answer!;
            var what = HttpMethodRegistry.TryFind(method, out var entry) ? entry.IsSafe ? "safe" : entry.IsIdempotent ? "idempotent" : "neither" : "unknown";
            Console.WriteLine($"{method,-6} {path,-7} {what,-10} {answer.Head.Status} {Encoding.UTF8.GetString(answer.Body.Span).TrimEnd()}");
            return answer.Head.Fields.First("ETag") ?? "";
        }
    }

    stop.Cancel();
    await serving;
}
