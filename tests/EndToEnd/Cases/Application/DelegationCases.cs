using Fathom.EndToEnd.Worlds;
using static Fathom.EndToEnd.Cases.Confidence;

namespace Fathom.EndToEnd.Cases.Application;

/// <summary>Why a resolver, Unbound here, fails on a name: servers that do not serve their zone, and what only looks alike.</summary>
internal static class DelegationCases
{
    public static IReadOnlyList<FaultCase> All { get; } =
    [
        Lame("the server refuses", Names.Refused, Certain, $"dig +norec @{Topology.OneZoneV4} {Names.Refused}", "status: REFUSED"),
        Lame("it refers upward", Names.ReferredUpward, Certain, $"dig +norec @{Topology.MisbehavingResolverV4(11)} {Names.ReferredUpward}", @"status: NOERROR.*flags: qr;.*NS\s+ns.root.test"),
        Lame("the zone is not loaded", Names.Unloaded, Likely, $"dig +norec @{Topology.OneZoneV4} {Names.Unloaded}; dig +norec @{Topology.OneZoneV4} . NS", "status: SERVFAIL.*status: REFUSED"),

        // Unbound makes of it an answer without records, as if the name had no address.
        Lame("it refers back", Names.ReferredBack, Certain, $"dig +norec @{Topology.AuthoritativeV4} {Names.ReferredBack}", @"status: NOERROR.*flags: qr;.*back\.test\.\s.*NS", "status: NOERROR.*ANSWER: 0"),

        // Unbound goes on asking for longer than anybody waits, and answers SERVFAIL at once when it is asked again later.
        Lame("no nameserver there", Names.Closed, Likely, $"dig +norec +tries=1 @{Topology.FarRouterV4} {Names.Closed}; true", "connection refused", "timed out|status: SERVFAIL"),
        Lame("the server is silent", Names.Silent, Possible, $"dig +norec +tries=1 +time=1 @{Topology.MisbehavingResolverV4(0)} {Names.Silent}; true", "timed out", "timed out|status: SERVFAIL"),
        new(
            "dns.servfail: a server that fails on everything",
            $"https://{Names.Failing}/",
            Expectation.Broken("dns.servfail"),
            Fault.None,
            new Witness($"dig {Names.Failing}; dig +cd {Names.Failing}; dig +norec @{Topology.MisbehavingResolverV4(12)} . NS", 0, "status: SERVFAIL.*status: SERVFAIL.*status: SERVFAIL")),
        new(
            "dns.servfail: the resolver's own fault",
            $"https://{Names.Misdirected}/",
            Expectation.Broken("dns.servfail", Certain | Likely),
            Fault.None,
            new Witness($"dig +tries=1 +time=2 {Names.Misdirected}; dig +norec +short @{Topology.AuthoritativeV4} {Names.Misdirected}", 0, $"(timed out|status: SERVFAIL).*{Topology.ServerV4}")),
        new(
            "dns.dnssec-bogus: Unbound",
            $"https://{Names.Unsigned}/",
            Expectation.Broken("dns.dnssec-bogus", Certain | Likely),
            Fault.None,
            new Witness($"dig {Names.Unsigned}; dig +cd {Names.Unsigned}", 0, $"status: SERVFAIL.*{Topology.ServerV4}")),
        new(
            "control: one lame server of two",
            $"http://{Names.HalfLame}/",
            Expectation.Works,
            Fault.None,
            new Witness($"curl -sS -m 20 http://{Names.HalfLame}/; dig +norec @{Topology.OneZoneV4} {Names.HalfLame}", 0, "All is well.*status: REFUSED")),
    ];

    private static FaultCase Lame(string how, string name, Confidence confidence, string server, string itSays, string resolverSays = "status: SERVFAIL") =>
        new($"dns.lame-delegation: {how}", $"https://{name}/", Expectation.Broken("dns.lame-delegation", confidence), Fault.None,
            new Witness($"dig +tries=1 +time=2 {name}; {server}", 0, $"({resolverSays}).*{itSays}"));
}
