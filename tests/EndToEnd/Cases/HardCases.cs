using Fathom.EndToEnd.Worlds;
using static Fathom.EndToEnd.Cases.Confidence;

namespace Fathom.EndToEnd.Cases;

/// <summary>
/// Faults as they come in life, two things at once: what would prove the fault is filtered, or half of it works. Wrong certainty
/// is what these rows look for.
/// </summary>
internal static class HardCases
{
    public static IReadOnlyList<FaultCase> All { get; } =
    [
        // The black hole of life: a tunnel, and a firewall that drops the ICMP message about it. Ping is of no help.
        new(
            "path.mtu-blackhole: a tunnel, and no ICMP at all",
            $"https://{Names.V4Only}/",
            Expectation.Broken("path.mtu-blackhole", Certain | Likely),
            ControlCases.NarrowLink.And(ControlCases.IcmpFiltered),
            new Witness($"! ping -c 1 -W 1 {Topology.ServerV4} && curl -sS -m 3 https://{Names.V4Only}/", 28, "")),
        new(
            "path.mtu-blackhole: the same in IPv6",
            $"https://{Names.V6Only}/",
            Expectation.Broken("path.mtu-blackhole", Certain | Likely),
            ControlCases.NarrowLink.And(ControlCases.IcmpFiltered),
            Witness.Curl($"https://{Names.V6Only}/", 28, seconds: 3)),
        new(
            "tcp.stalled: no ICMP at all",
            $"https://{Names.V4Only}:{Ports.Stalled}/",
            Expectation.Broken("tcp.stalled", Certain | Likely),
            ControlCases.IcmpFiltered,
            Witness.Curl($"https://{Names.V4Only}:{Ports.Stalled}/", 28, seconds: 2)),
        // Nothing but TCP passes, and this port does not: only another port could tell that the host is alive.
        new(
            "tcp.filtered: no ICMP at all",
            $"https://{Names.V4Only}/",
            Expectation.Broken("tcp.filtered", Certain | Likely | Possible) with { Or = ["path.silent"] },
            ControlCases.IcmpFiltered.And(Fault.Firewall(Node.Server, "prerouting", "tcp dport 443 drop")),
            Witness.Curl($"https://{Names.V4Only}/", 28, seconds: 2)),
        // The whole host is silent: nobody can tell its firewall from the path's.
        new(
            "path.silent: the server drops everything",
            $"https://{Names.V4Only}/",
            Expectation.Broken("path.silent", Likely | Possible) with { Or = ["tcp.filtered"] },
            Fault.Firewall(Node.Server, "prerouting", "ip daddr 10.77.9.0/24 drop"),
            Witness.Curl($"https://{Names.V4Only}/", 28, seconds: 2)),
        new(
            "dns.hosts-override: to an address that nobody has",
            $"https://{Names.V4Only}/",
            Expectation.Broken("dns.hosts-override", Certain | Likely),
            Fault.None,
            new Witness($"curl -sSv -m 20 https://{Names.V4Only}/; dig +short {Names.V4Only}", 0, Topology.ServerV4))
        {
            Hosts = $"127.0.0.1 localhost\n{Topology.AbsentServerV4} {Names.V4Only}\n",
        },
        new(
            "dns.server-unreachable: its router says so",
            $"https://{Names.Www}/",
            Expectation.Broken("dns.server-unreachable", Certain | Likely) with { Or = ["path.unreachable"] },
            Fault.None,
            new Witness($"ping -c 1 -W 5 {Topology.AbsentResolverV4}", 1, $"From {Topology.GatewayV4} .*Destination Host Unreachable"))
        {
            ResolvConf = $"nameserver {Topology.AbsentResolverV4}\n",
        },
        new(
            "path.ipv6-broken: refused",
            $"https://{Names.Www}/",
            Expectation.Degraded("path.ipv6-broken", Certain | Likely) with { Or = ["tcp.refused"] },
            Fault.Firewall(Node.Server, "input", "meta nfproto ipv6 tcp dport 443 reject with tcp reset"),
            new Witness($"curl -6 -sSv -m 20 https://{Names.Www}/ ; curl -4 -sS -m 20 https://{Names.Www}/", 0, "refused.*All is well|All is well.*refused")),
        new(
            "control: one address of two is dead",
            $"https://{Names.TwoAddresses}/",
            Expectation.NeverBroken("path.unreachable", "tcp.filtered"),
            Fault.None,
            new Witness($"curl -sS -m 20 https://{Names.TwoAddresses}/", 0, "All is well")),
        new(
            "control: a client without IPv6",
            $"https://{Names.Www}/",
            Expectation.Works,
            Fault.OnClient("ip -6 addr flush dev eth0", "ip -6 route flush dev eth0"),
            new Witness($"ip -6 route get {Topology.ServerV6}; curl -sS -m 20 https://{Names.Www}/", 0, "unreachable.*All is well|All is well.*unreachable")),
        new(
            "control: a client without IPv4",
            $"https://{Names.Www}/",
            Expectation.Works,
            Fault.OnClient("ip -4 addr flush dev eth0"),
            Witness.Status($"https://{Names.Www}/", 200))
        {
            ResolvConf = $"nameserver {Topology.ResolverV6}\n",
        },
        new(
            "control: a gateway that reports no hops",
            $"https://{Names.Www}/",
            Expectation.Works,
            Fault.Firewall(Node.Gateway, "output", "icmp type time-exceeded drop", "icmpv6 type time-exceeded drop"),
            new Witness($"traceroute -n -q 1 -w 3 -m 2 {Topology.ServerV4}", 0, $@" 1  \*\n 2  {Topology.FarRouterV4}")),
        new(
            "control: a server that answers no echo and no closed port",
            $"https://{Names.Www}/",
            Expectation.Works,
            Fault.Firewall(Node.Server, "output", "ip protocol icmp drop", "icmpv6 type { echo-reply, destination-unreachable } drop"),
            new Witness($"! ping -c 1 -W 1 {Topology.ServerV4} && curl -sS -m 20 https://{Names.Www}/", 0, "All is well")),
    ];
}
