using System.IO.Compression;
using System.Text;
using Fathom.Diagnosis;
using Fathom.Diagnosis.Targets;
using Fathom.Hosts.Application;
using Fathom.Hosts.Transport;
using Fathom.Lab.Link;
using Fathom.Probes.Evidence;
using Fathom.Services.Application.Dns;
using Fathom.Services.Application.Http;
using Fathom.Services.Application.Tls;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Dns.ZoneText;
using Fathom.Wire.Application.Http;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Tests;

/// <summary>The idea itself: probes and services, written for the operating system, in a virtual internet, with TLS and gzip; and the same seed gives the same frames.</summary>
public class SpikeTests
{
    [Fact]
    public void A_check_of_an_HTTPS_server_works_in_the_lab()
    {
        using var world = new World(1, 0);
        var report = world.Check("https://www.example.com/");
        Assert.True(report.Verdict.Status == VerdictStatus.Works, string.Join('\n', report.Stages.Select(static s => $"{s.Layer} {s.Status} {s.Summary}")));

        // Three round trips of 40 ms and a name: virtual time, not ours.
        Assert.InRange(world.Lab.Clock.Now.TotalSeconds, 0.16, 1.0);
    }

    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(2, 0.02)]
    [InlineData(3, 0.1)]
    public void The_same_seed_gives_the_same_frames(int seed, double loss)
    {
        var first = Run((ulong)seed, loss);
        var second = Run((ulong)seed, loss);
        Assert.Equal(first, second);
        Assert.NotEqual(first, Run((ulong)seed + 100, loss));
    }

    private static string Run(ulong seed, double loss)
    {
        using var world = new World(seed, loss);
        world.Check("https://www.example.com/");
        return world.Lab.LogHash;
    }

    private sealed class World : IDisposable
    {
        private const string Zone = """
            $ORIGIN example.com.
            @ 3600 IN SOA ns hostmaster 1 3600 600 86400 60
            @ 3600 IN NS ns
            ns 3600 IN A 10.0.0.53
            www 300 IN A 10.0.0.80
            www 300 IN AAAA fd00::80
            """;

        private readonly LabHost _client;

        public World(ulong seed, double loss)
        {
            Lab = new Lab(new LabOptions { Seed = seed, HashesLog = true });
            var link = new LinkSettings { Delay = TimeSpan.FromMilliseconds(10), Rate = 100_000_000, Loss = loss };
            var middle = Lab.AddSwitch("switch");
            LabHost Add(string name, byte number)
            {
                var host = Lab.AddHost(new LabHostOptions(name));
                var port = host.AddPort("eth0");
                host.AddAddress(port, IpAddress.Parse($"10.0.0.{number}"), 24);
                host.AddAddress(port, IpAddress.Parse($"fd00::{number}"), 64);
                Lab.Connect(port, middle.AddPort(), link);
                return host;
            }

            var names = Add("names", 53);
            var web = Add("web", 80);
            var root = LabAuthority.CreateRoot(web.Network, "Lab Root");
            _client = Lab.AddHost(new LabHostOptions("client")
            {
                TrustAnchors = root.Anchors,
                Resolver = new ResolverConfiguration([new IpEndpoint(IpAddress.Parse("10.0.0.53"), 53)], [], 1, TimeSpan.FromSeconds(5), 2, [], "lab", "lab"),
            });
            var eth = _client.AddPort("eth0");
            _client.AddAddress(eth, IpAddress.Parse("10.0.0.2"), 24);
            _client.AddAddress(eth, IpAddress.Parse("fd00::2"), 64);
            Lab.Connect(eth, middle.AddPort(), link);

            Assert.True(DnsName.TryParse("example.com", out var origin, out _));
            Assert.True(DnsZoneText.TryParse(Zone, origin, out var records, out var error), error?.ToString());
            Assert.True(DnsZone.TryCreate(records, out var zone, out var reason), reason);
            Lab.Run(async () => (await AuthoritativeServer.StartAsync(names.Network, new IpEndpoint(IpAddress.Parse("10.0.0.53"), 53), [zone], default)).Value!, TimeSpan.FromSeconds(1));
            var identity = root.CreateIntermediate("Lab Intermediate").Issue(["www.example.com"]);
            foreach (var address in new[] { "10.0.0.80", "fd00::80" }) Lab.Start(() => ServeAsync(web, address, identity));
        }

        public Lab Lab { get; }

        public CheckReport Check(string target)
        {
            Assert.True(CheckTargetParser.TryParse(target, out var parsed, out var reason), reason);
            var evidence = new EvidenceLog(Lab.Clock);
            return Lab.Run(() => new Checker(_client.Network).CheckAsync(parsed, new CheckOptions(), evidence, new PacketRecorder(null, evidence), null, default), TimeSpan.FromMinutes(5));
        }

        public void Dispose() => Lab.Dispose();

        private static async Task ServeAsync(LabHost web, string address, TlsServerIdentity identity)
        {
            var listened = await web.Network.ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.Parse(address), 443)), default);
            var listener = new TlsListener(web.Network, listened.Value!, new TlsServerOptions([identity], TimeSpan.FromSeconds(30)));
            await new HttpServer(web.Network, listener, new Site(), new HttpServerOptions()).RunAsync(default);
        }
    }

    private sealed class Site : IHttpHandler
    {
        public async ValueTask<HttpReply> HandleAsync(HttpServerRequest request, CancellationToken cancellation)
        {
            using var packed = new MemoryStream();
            await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) await gzip.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("fathom ", 10_000))), cancellation);
            return new HttpReply(200) { Fields = [new HttpField("Content-Encoding", "gzip")], Body = packed.ToArray() };
        }
    }
}
