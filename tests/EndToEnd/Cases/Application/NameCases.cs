using Fathom.EndToEnd.Worlds;
using Fathom.EndToEnd.Worlds.Servers;
using static Fathom.EndToEnd.Cases.Confidence;

namespace Fathom.EndToEnd.Cases.Application;

/// <summary>Causes in names: resolver configuration, resolvers, answers, and the hosts file.</summary>
internal static class NameCases
{
    public static IReadOnlyList<FaultCase> All { get; } =
    [
        new(
            "dns.no-server",
            $"https://{Names.Www}/",
            Expectation.Broken("dns.no-server"),
            Fault.None,
            Witness.Curl($"https://{Names.Www}/", 6, "resolve"))
        {
            ResolvConf = "# nothing here\n",
        },
        new(
            "dns.server-unreachable: port closed",
            $"https://{Names.Www}/",
            Expectation.Broken("dns.server-unreachable"),
            Fault.None,
            new Witness($"dig +tries=1 +time=2 {Names.Www}", 9, "refused"))
        {
            ResolvConf = $"nameserver {Topology.FarRouterV4}\n",
        },
        new(
            "dns.server-unreachable: a server on this host, as the target",
            $"dns://127.0.0.1/{Names.Www}",
            Expectation.Broken("dns.server-unreachable"),
            Fault.None,
            new Witness($"dig +tries=1 +time=2 @127.0.0.1 {Names.Www}", 9, "refused")),
        new(
            "dns.server-unreachable: silent",
            $"https://{Names.Www}/",
            Expectation.Broken("dns.server-unreachable", Certain | Likely),
            Fault.None,
            new Witness($"dig +tries=1 +time=2 {Names.Www}", 9, "timed out"))
        {
            ResolvConf = $"nameserver {NameserverBehavior.Silent.Address}\n",
        },
        new(
            "dns.server-degraded",
            $"https://{Names.Www}/",
            Expectation.Degraded("dns.server-degraded"),
            Fault.None,
            new Witness($"dig +tries=1 +time=2 @{Topology.FarRouterV4} {Names.Www}; dig +short {Names.Www} @{Topology.ResolverV4}", 0, $"refused.*{Topology.ServerV4}"))
        {
            ResolvConf = $"nameserver {Topology.FarRouterV4}\nnameserver {Topology.ResolverV4}\n",
        },
        new(
            "dns.refused",
            $"https://{Names.Www}/",
            Expectation.Broken("dns.refused"),
            Fault.None,
            new Witness($"dig {Names.Www}", 0, "status: REFUSED"))
        {
            ResolvConf = $"nameserver {Topology.RefusingResolverV4}\n",
        },
        new(
            "dns.nxdomain",
            $"https://{Names.Nonexistent}/",
            Expectation.Broken("dns.nxdomain"),
            Fault.None,
            new Witness($"dig {Names.Nonexistent}", 0, "status: NXDOMAIN")),
        new(
            "dns.no-address",
            $"https://{Names.TextOnly}/",
            Expectation.Broken("dns.no-address"),
            Fault.None,
            new Witness($"dig {Names.TextOnly}", 0, "status: NOERROR.*ANSWER: 0")),
        new(
            "dns.tcp-blocked: silently",
            $"https://{Names.Big}/",
            Expectation.Broken("dns.tcp-blocked", Certain | Likely),
            Fault.Firewall(Node.Nameserver, "input", $"ip daddr {Topology.ResolverV4} tcp dport 53 drop"),
            new Witness($"dig +ignore {Names.Big}; dig +tcp +tries=1 +time=2 {Names.Big}", 9, "flags: qr tc.*timed out")),
        new(
            "dns.tcp-blocked: refused",
            $"https://{Names.Big}/",
            Expectation.Broken("dns.tcp-blocked"),
            Fault.Firewall(Node.Nameserver, "input", $"ip daddr {Topology.ResolverV4} tcp dport 53 reject with tcp reset"),
            new Witness($"dig +ignore {Names.Big}; dig +tcp +tries=1 +time=2 {Names.Big}", 9, "flags: qr tc.*refused")),
        new(
            "dns.cname-loop",
            $"https://{Names.AliasLoop}/",
            Expectation.Broken("dns.cname-loop"),
            Fault.None,
            new Witness($"dig {Names.AliasLoop}", 0, "CNAME.*loop2.*CNAME"))
        {
            // Straight from the authoritative server: a resolver would turn the loop into SERVFAIL.
            ResolvConf = $"nameserver {Topology.AuthoritativeV4}\n",
        },
        new(
            "dns.cname-loop: behind a resolver",
            $"https://{Names.AliasLoop}/",
            Expectation.Broken("dns.cname-loop"),
            Fault.None,
            new Witness($"dig {Names.AliasLoop}; dig {Names.AliasLoop} CNAME", 0, "status: SERVFAIL.*CNAME.*loop2")),
        new(
            "dns.hijacked",
            $"https://{Names.V4Only}/",
            Expectation.Finding("dns.hijacked"),
            Fault.None,
            new Witness("dig +short no-such-name.invalid", 0, Topology.ServerV4))
        {
            ResolvConf = $"nameserver {NameserverBehavior.Hijacker.Address}\n",
        },
        new(
            "dns.dnssec-bogus",
            $"https://{Names.V4Only}/",
            Expectation.Broken("dns.dnssec-bogus", Certain | Likely),
            Fault.None,
            new Witness($"dig {Names.V4Only}; dig +cd {Names.V4Only}", 0, $"status: SERVFAIL.*{Topology.ServerV4}"))
        {
            ResolvConf = $"nameserver {NameserverBehavior.Validator.Address}\n",
        },
        new(
            "dns.hosts-override",
            $"https://{Names.V4Only}/",
            Expectation.Degraded("dns.hosts-override"),
            Fault.None,
            new Witness($"getent ahostsv4 {Names.V4Only}; dig +short {Names.V4Only}", 0, $"{Topology.SecondServerV4}.*{Topology.ServerV4}"))
        {
            Hosts = $"127.0.0.1 localhost\n{Topology.SecondServerV4} {Names.V4Only}\n",
        },
        // libc sends no OPT record unless it is told to: it notices nothing.
        new(
            "control: questions with EDNS vanish",
            $"http://{Names.V4Only}/large.txt",
            Expectation.Works,
            Fault.None,
            new Witness($"dig +tries=1 +time=1 {Names.V4Only}; dig +short +noedns {Names.V4Only}", 0, $"timed out.*{Topology.ServerV4}"))
        {
            ResolvConf = $"nameserver {NameserverBehavior.DropsEdns.Address}\n",
        },
        new(
            "control: BADVERS",
            $"http://{Names.V4Only}/large.txt",
            Expectation.Works,
            Fault.None,
            new Witness($"dig +noall +comments +nobadcookie {Names.V4Only}; dig +short +noedns {Names.V4Only}", 0, Topology.ServerV4))
        {
            ResolvConf = $"nameserver {NameserverBehavior.BadVersion.Address}\n",
        },
        new(
            "dns.nxdomain: a whole name is not searched for",
            $"http://{Names.V4Only.Split('.')[0]}./",
            Expectation.Broken("dns.nxdomain"),
            Fault.None,
            new Witness($"getent ahostsv4 {Names.V4Only.Split('.')[0]} && ! getent ahostsv4 {Names.V4Only.Split('.')[0]}.", 0, Topology.ServerV4))
        {
            ResolvConf = $"search {Names.V4Only[(Names.V4Only.IndexOf('.', StringComparison.Ordinal) + 1)..]}\nnameserver {Topology.ResolverV4}\n",
        },
    ];
}
