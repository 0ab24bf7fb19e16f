using Fathom.EndToEnd.Commands.Names;
using Fathom.Hosts.Os;
using Fathom.Hosts.Os.Tests.Support;
using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Services.Application.Dns;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Services.Tests.Application.Dns;

/// <summary>The recursive server beside Unbound, both over the same tree of NSDs, both asked by dig: the same facts.</summary>
public sealed class RecursiveServerPeerTests
{
    private const string Ours = "127.0.0.54";
    private const string Mark = "=-=-=";

    private static readonly string[] Questions =
    [
        "example.test SOA", "example.test NS", "example.test MX", "example.test TXT", "example.test HTTPS", "www.example.test A", "WWW.Example.TEST AAAA", "alias.example.test A",
        "alias.example.test CNAME", "dangling.example.test A", "www.old.example.test A", "x.y.wild.example.test A", "x.wild.example.test MX", "c.deep.example.test A", "a.b.c.deep.example.test A",
        "_sip._udp.example.test SRV", "80.2.0.192.example.test PTR", "nobody.example.test A", "www.example.test MX", "big.example.test A", "new.example.test TYPE65280",
        "www.hosted.test A", "www.away.test A", "nobody.away.test A", "www.lame.test A", "www.noglue.test A", "nobody.test A", "com A", "test NS", "test DS", ". NS",

        // Once more, by now from the cache.
        "www.example.test A", "alias.example.test A", "nobody.example.test A", "www.example.test MX",
    ];

    [Fact]
    public async Task It_answers_as_Unbound_does()
    {
        using var place = new NetworkNamespace();
        using var tree = new NameTree();
        await place.RunAsync(async () =>
        {
            var hints = RootHints.Of([(DnsName.Parse("a.root.test"), [IpAddress.Parse(NameTree.Root)])], "the test");
            var options = new RecursiveServerOptions(hints, [new IpPrefix(IpAddress.Parse("127.0.0.0"), 8)]);
            var started = await RecursiveServer.StartAsync(OsHost.Create(), [new IpEndpoint(IpAddress.Parse(Ours), 53)], options, default);
            Assert.True(started.TryGet(out var server, out var refusal), refusal?.Reason);
            await using (server)
            {
                var answers = (await Task.Run(() => place.Run("bash " + Script(tree)))).Split(Mark).Select(DigOutput.Parse).ToList();
                Assert.Equal((2 * Questions.Length) + 1, answers.Count);
                for (var i = 0; i < Questions.Length; i++)
                {
                    var (expected, told) = (answers[2 * i], answers[(2 * i) + 1]);
                    Assert.Equal($"{Questions[i]} {Facts(expected)}", $"{Questions[i]} {Facts(told)}");
                }
            }
        });
    }

    // The code, the flags that a resolver decides on, the answer, and the SOA of a denial. TTLs run down between two questions.
    private static string Facts(DigOutput output)
    {
        var flags = string.Join(' ', new[] { "aa", "tc", "rd", "ra" }.Where(output.Flags.Contains));
        static string WithoutLifetime(string record) => string.Join(' ', record.Split(' ').Where(static (_, i) => i != 1)).ToLowerInvariant();
        var denial = output.Section("ANSWER").Count == 0 || output.Code == "NXDOMAIN" ? output.Section("AUTHORITY").Where(static r => r.Contains(" SOA ", StringComparison.Ordinal)) : [];
        return $"{output.Code} {flags}\n{string.Join('\n', output.Section("ANSWER").Concat(denial).Select(WithoutLifetime))}";
    }

    private static string Script(NameTree tree)
    {
        var asked = string.Concat(Questions.SelectMany(static q => new[] { NameTree.Resolver, Ours }.Select(server => $"dig @{server} +tries=1 +time=5 +nocookie {q}; echo '{Mark}'\n")));
        var path = Path.Combine(tree.Folder, "ask.sh");
        File.WriteAllText(path, $$"""
            trap 'kill $(jobs -p) 2>/dev/null; wait 2>/dev/null' EXIT
            for z in root test example; do nsd -d -c {{tree.Folder}}/$z.conf > /dev/null 2>&1 & done
            unbound -d -c {{tree.Configuration("unbound")}} > /dev/null 2>&1 &
            for a in {{NameTree.Root}} {{NameTree.Top}} {{NameTree.Zone}} {{NameTree.Resolver}}; do
                for i in $(seq 200); do dig @$a +time=1 +tries=1 +norecurse . SOA > /dev/null 2>&1 && break; sleep 0.05; done
            done
            {{asked}}
            """);
        return path;
    }
}
