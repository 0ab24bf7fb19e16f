#:project ../src/Fathom.Hosts.Os/Fathom.Hosts.Os.csproj
#:project ../src/Fathom.Lab/Fathom.Lab.csproj
// 24. The HTTP client
//
// Take away: behind one line of code there are names, connections that are used again, redirects, compression and limits; each can be seen.
// Why it matters: "the API is slow" is answered by knowing which phase took the time; "it fails sometimes" by knowing what was repeated.
//
// In the lab a laptop asks a server far away; -- --real does it on this machine's loopback, -- --real URL asks that server.

using System.IO.Compression;
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
    var serving = new HttpServer(far, listener, new Site(), new HttpServerOptions()).RunAsync(stop.Token);
    var options = new HttpAgentOptions { FollowRedirects = true, Compressed = true, MaximumBody = 100_000, ConnectTimeout = TimeSpan.FromSeconds(5) };
    await using (var agent = new HttpAgent(ProbeContext.WithoutCapture(near), options))
    {
        string[] urls = args is ["--real", var real, ..] ? [real] : [$"http://{listener.Local}/old", $"http://{listener.Local}/bomb", $"http://{address}:1/"];
        foreach (var url in urls)
        {
            if (!HttpTarget.TryParse(url, out var target, out _)) continue;
            var journey = await agent.SendAsync(new HttpAgentRequest("GET", target), stop.Token);
            foreach (var hop in journey.Hops)
            {
                // Every hop tells how it got its connection, what came and how long each phase took.
                Console.WriteLine($"GET {hop.Target.PathAndQuery} on {(hop.Connection.Reused ? "the same" : "a new")} connection: {hop.Answer?.Head.ToString() ?? "no answer"}");
                if (hop.Next.Length > 0) Console.WriteLine($"  then {hop.Next.Replace(listener.Local.ToString(), "the server", StringComparison.Ordinal)}");
            }

            var last = journey.Last;
            if (last.Failure is { } failure) Console.WriteLine($"  failed at the {failure.Layer} layer: {failure.Detail}");
            else Console.WriteLine($"  {last.Answer!.Body.Length} octets came, {last.Answer.Content.Content.Length} after {string.Join(", ", last.Answer.Content.Codings)}");
            if (last.Phases.Wait is not null) Console.WriteLine($"  phases: tcp {(last.Phases.Tcp is null ? "not needed" : "measured")}, wait measured, transfer measured");
        }
    }

    stop.Cancel();
    await serving;
}

/// <summary>A redirect, a compressed page, and ten megabytes of nothing that travel as ten kilobytes.</summary>
internal sealed class Site : IHttpHandler
{
    public ValueTask<HttpReply> HandleAsync(HttpServerRequest request, CancellationToken cancellation) => ValueTask.FromResult(request.Path switch
    {
        "/old" => new HttpReply(302) { Fields = [new("Location", "/new")] },
        "/bomb" => Packed(new byte[10_000_000]),
        _ => Packed(System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("tea and coffee; ", 200)))),
    });

    private static HttpReply Packed(byte[] content)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal)) gzip.Write(content);
        return new HttpReply(200) { Fields = [new("Content-Encoding", "gzip")], Body = output.ToArray() };
    }
}
