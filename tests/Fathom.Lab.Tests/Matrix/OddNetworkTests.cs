using Fathom.Diagnosis;
using Fathom.Lab.Scenarios;

namespace Fathom.Lab.Tests.Matrix;

/// <summary>Networks that people really have, written as scenario files: what is wrong with each is called by its name, and with no more certainty than there is.</summary>
public class OddNetworkTests
{
    private const string ProviderRouter = """
        extends: internet
        hosts:
          provider-router:
            forwards: true
            interfaces:
              access: { addresses: [198.51.100.1/30, "2001:db8:1::1/64"] }
              lan: { network: provider, addresses: [198.51.100.49/28, "2001:db8:1:53::1/64"] }
              exchange: { network: exchange, addresses: [203.0.113.1/28, "2001:db8:ffff::1/64"] }
            routes:
              2001:db8:1:1::/64: 2001:db8:1::2
              192.0.2.0/24: 203.0.113.2
              2001:db8:53::/48: 2001:db8:ffff::2
              203.0.113.64/26: 203.0.113.3
              2001:db8:80::/48: 2001:db8:ffff::3
        """;

    private const string HomeRouter = """
        extends: internet
        hosts:
          home-router:
            forwards: true
            interfaces:
              lan: { network: home, addresses: [192.168.1.1/24, "2001:db8:1:1::1/64"], advertise: ADVERTISE }
              wan: { addresses: [198.51.100.2/30, "2001:db8:1::2/64"] }
            gateways: [198.51.100.1, "2001:db8:1::1"]
            nat: NAT
            services:
              dhcp: { interface: lan, first: 192.168.1.100, last: 192.168.1.199, resolvers: [198.51.100.53], reserved: { laptop: 192.168.1.10 } }
        """;

    private const string Zone = """
        extends: internet
        zones:
          example.com: |
            @ IN SOA ns1 hostmaster 2026010100 3600 600 604800 300
            @ IN NS ns1
            ns1 IN A 192.0.2.53
            www IN A ADDRESS
        """;

    // A tunnel in a tunnel: less than the 1,280 octets that IPv6 asks of every link (RFC 8200 §5), so that segments of 1,220 vanish as well.
    [Theory]
    [InlineData(600, false, "https://www.example.com/")]
    [InlineData(1000, false, "https://www.example.com/")]
    [InlineData(600, false, "http://[2001:db8:80::80]/bytes/20000")]
    [InlineData(400, false, "https://203.0.113.80/")]
    [InlineData(600, true, "https://www.example.com/")]
    public void Where_even_small_segments_vanish_the_server_is_not_blamed(int size, bool isMute, string target)
    {
        var report = Check(ProviderRouter.Replace("    forwards", $"    size-filter: {size}\n{(isMute ? "    icmp-filter: all\n" : string.Empty)}    forwards", StringComparison.Ordinal), target);
        Assert.True(report.Verdict is { Status: VerdictStatus.Broken, Root: { Cause: Causes.PathMtuBlackhole, Evidence.Count: > 0 } }, MatrixRun.Describe(report));
    }

    // What a portal does not turn it resets in the target's name: that says nothing of what listens there.
    [Theory]
    [InlineData("tcp://www.example.com:7")]
    [InlineData("www.example.com:22")]
    public void A_portal_that_refuses_other_ports_is_not_the_host_refusing(string target)
    {
        var report = Check("extends: cafe", target);
        Assert.True(report.Verdict is { Status: VerdictStatus.Broken, Root.Cause: Causes.HttpCaptivePortal }, MatrixRun.Describe(report));
    }

    // A page with status 200 proves nothing until the same comes from an address where nobody is; that answer may be a good deal later than the first.
    [Fact]
    public void A_portal_with_a_page_is_found_over_a_radio_that_holds_packets_back()
    {
        const string Text = """
            extends: cafe
            networks:
              cafe: { rate: 50mbit, delay: 1ms, jitter: 60ms }
            hosts:
              cafe-router:
                forwards: true
                interfaces:
                  lan: { network: cafe, addresses: [10.20.0.1/16] }
                  wan: { addresses: [198.51.100.6/30] }
                gateways: [198.51.100.5]
                nat: wan
                portal: { inside: lan, answers: page }
                services:
                  dhcp: { interface: lan, first: 10.20.1.0, last: 10.20.1.255, resolvers: [198.51.100.53], lease: 600s, reserved: { guest: 10.20.1.7 } }
            """;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var report = Check(Text, "http://www.example.com/", seed: seed);
            Assert.True(report.Verdict is { Status: VerdictStatus.Broken, Root: { Cause: Causes.HttpCaptivePortal, Confidence: Confidence.Certain } }, $"seed {seed}: {MatrixRun.Describe(report)}");
        }
    }

    [Fact]
    public void A_port_that_is_closed_is_refused_by_its_host_still()
    {
        var report = Check("extends: internet", "tcp://203.0.113.80:22");
        Assert.True(report.Verdict.Root is { Cause: Causes.TcpRefused, Confidence: Confidence.Certain }, MatrixRun.Describe(report));
    }

    // Routers that advertise themselves and no prefix: the host has a default route, and a link-local address that no router may pass on (RFC 4291 §2.5.6).
    [Fact]
    public void A_host_with_a_link_local_address_only_has_no_IPv6_that_could_be_broken()
    {
        var text = Router(advertise: "{ prefixes: [] }");
        var both = Check(text, "https://www.example.com/");
        Assert.True(both.Verdict.Status == VerdictStatus.Works && !both.Findings.Any(static f => f.Cause == Causes.PathIpv6Broken), MatrixRun.Describe(both));
        foreach (var target in new[] { "https://[2001:db8:80::80]/", "udp://[2001:db8:80::80]:7" })
        {
            var six = Check(text, target);
            Assert.True(six.Verdict.Root is { Cause: Causes.AddressMissing, Confidence: Confidence.Certain }, MatrixRun.Describe(six));
        }
    }

    [Theory]
    [InlineData("224.0.0.1", "multicast")]
    [InlineData("[ff0e::1]:443", "multicast")]
    [InlineData("255.255.255.255", "broadcast")]
    [InlineData("192.168.1.255:80", "broadcast")]
    public void An_address_of_many_hosts_is_said_to_be_one(string target, string word)
    {
        var report = Check("extends: internet", target);
        Assert.Equal(VerdictStatus.Unknown, report.Verdict.Status);
        Assert.Contains(word, report.Verdict.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain(report.Stages, static s => s.Status == StageStatus.Fail);
    }

    [Theory]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    public void A_name_with_an_address_of_many_hosts_has_none_to_connect_to(string address)
    {
        var report = Check(Zone.Replace("ADDRESS", address, StringComparison.Ordinal), "https://www.example.com/");
        Assert.True(report.Verdict.Root is { Cause: Causes.DnsNoAddress } root && root.Summary.Contains(address, StringComparison.Ordinal) && !root.Summary.Contains("blocks", StringComparison.Ordinal), MatrixRun.Describe(report));
    }

    // The router of the home has the address that was asked for, and passes the port on to one who is not there.
    [Fact]
    public void Who_passes_a_port_on_to_nobody_is_said_to_pass_it_on()
    {
        var report = Check(Router(nat: "{ outside: wan, forward: [{ port: 80, to: \"192.168.1.99:80\" }] }"), "http://198.51.100.2/", "www");
        Assert.True(report.Verdict.Root is { Cause: Causes.PathUnreachable } root && root.Summary.Contains("passes TCP port 80 on", StringComparison.Ordinal), MatrixRun.Describe(report));
    }

    // The wire of the servers loses two frames of five each way: what stalls with large segments and not with small ones does so by chance.
    [Fact]
    public void Loss_of_many_packets_is_no_limit_of_their_size()
    {
        var stalls = 0;
        for (var seed = 1ul; seed <= 60; seed++)
        {
            var report = Check("extends: internet\nnetworks: { hosting: { rate: 10gbit, delay: 0.1ms, loss: 23% } }", "http://203.0.113.80/bytes/4000", seed: seed);
            if (report.Findings.Any(static f => f.Cause == Causes.PathMtuBlackhole)) stalls++;
            Assert.False(report.Findings.Any(static f => f is { Cause: Causes.PathMtuBlackhole, Confidence: Confidence.Certain }) || report.Verdict.Root?.Cause == Causes.PathMtuBlackhole, $"seed {seed}: {MatrixRun.Describe(report)}");
        }

        Assert.True(stalls > 0, "no exchange stalled in a way that looks like a limit");
    }

    [Fact]
    public void A_limit_of_size_on_a_path_that_loses_a_few_packets_is_one_still()
    {
        for (var seed = 1ul; seed <= 10; seed++)
        {
            var report = Check(ProviderRouter.Replace("    forwards", "    size-filter: 1400\n    forwards", StringComparison.Ordinal)
                .Replace("hosts:", "networks: { hosting: { rate: 10gbit, delay: 0.1ms, loss: 1.5% } }\nhosts:", StringComparison.Ordinal), "https://www.example.com/", seed: seed);
            Assert.True(report.Verdict.Root is { Cause: Causes.PathMtuBlackhole }, $"seed {seed}: {MatrixRun.Describe(report)}");
        }
    }

    // A burst that takes ten queries is over when the path is looked at: the server is alive.
    [Fact]
    public void A_server_of_names_that_answers_later_is_not_dead()
    {
        var late = 0;
        for (var seed = 1ul; seed <= 100; seed++)
        {
            var report = Check("extends: internet\nlinks: [{ between: [home-router.wan, provider-router.access], rate: 20mbit, delay: 4ms, burst-loss: { begin: 4%, end: 15%, loss: 95% } }]", "dns://198.51.100.53/www.example.com", seed: seed);
            Assert.False(report.Findings.Any(static f => f is { Cause: Causes.DnsServerUnreachable, Confidence: Confidence.Certain, Follows: null }), $"seed {seed}: {MatrixRun.Describe(report)}");
            if (report.Verdict.Root is { Cause: Causes.PathLoss, Stage: Stage.Dns, Confidence: Confidence.Likely }) late++;
        }

        Assert.True(late > 0, "no server answered later");
    }

    [Fact]
    public void A_neighbor_that_answers_later_was_not_absent()
    {
        var late = 0;
        for (var seed = 1ul; seed <= 60; seed++)
        {
            var report = Check("extends: internet\nnetworks: { home: { rate: 1gbit, delay: 0.1ms, loss: 30% } }", "198.51.100.53", seed: seed);
            Assert.False(report.Verdict is { Status: VerdictStatus.Unknown }, $"seed {seed}: {MatrixRun.Describe(report)}");
            if (report.Verdict.Root is { Cause: Causes.PathLoss, Stage: Stage.Neighbor }) late++;
        }

        Assert.True(late > 0, "no neighbor answered later");
    }

    // A server that is no resolver, and one that follows sixteen aliases: that the last name has no address nobody has said (RFC 2308 §2.2).
    [Theory]
    [InlineData("www IN CNAME www.elsewhere.test.")]
    [InlineData("www IN CNAME empty\n    empty IN TXT x", true)]
    public void An_alias_that_is_not_followed_is_no_name_without_addresses(string records, bool isCertain = false)
    {
        var text = Zone.Replace("extends: internet\n", "extends: internet\nhosts: { laptop: { interfaces: { eth0: { network: home, addresses: [192.168.1.10/24] } }, gateways: [192.168.1.1], resolvers: [192.0.2.53] } }\n", StringComparison.Ordinal)
            .Replace("www IN A ADDRESS", records, StringComparison.Ordinal);
        var report = Check(text, "https://www.example.com/");
        Assert.True(report.Verdict.Root is { Cause: Causes.DnsNoAddress } root && root.Confidence == (isCertain ? Confidence.Certain : Confidence.Likely) && root.Alternatives.Count == (isCertain ? 0 : 1), MatrixRun.Describe(report));
    }

    [Fact]
    public void An_echo_service_does_not_speak_TLS()
    {
        var report = Check("extends: internet\n", "https://203.0.113.80:7/");
        Assert.True(report.Verdict.Root is { Cause: Causes.TlsNotTls, Confidence: Confidence.Certain, Summary: var summary } && summary.Contains("ClientHello back", StringComparison.Ordinal), MatrixRun.Describe(report));
    }

    private static string Router(string advertise = "true", string nat = "wan") => HomeRouter.Replace("ADVERTISE", advertise, StringComparison.Ordinal).Replace("NAT", nat, StringComparison.Ordinal);

    private static CheckReport Check(string text, string target, string? from = null, ulong seed = 1)
    {
        Assert.True(ScenarioReader.TryRead($"title: T\n{text}", out var scenario, out var error), error?.ToString());
        using var world = LabWorld.Create(scenario, new LabOptions { Seed = seed });
        return MatrixRun.Check(world, from ?? scenario.From, target, captures: true);
    }
}
