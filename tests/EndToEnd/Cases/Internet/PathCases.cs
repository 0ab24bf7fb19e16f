using Fathom.EndToEnd.Worlds;
using static Fathom.EndToEnd.Cases.Confidence;

namespace Fathom.EndToEnd.Cases.Internet;

/// <summary>Causes of the internet layer that sit between the gateway and the target.</summary>
internal static class PathCases
{
    private const string LargeDropped = "meta length > 1300 drop";

    public static IReadOnlyList<FaultCase> All { get; } =
    [
        new(
            "path.unreachable: network",
            $"https://{Names.V4Only}/",
            Expectation.Broken("path.unreachable"),
            Fault.On(Node.Gateway, "ip route del 10.77.9.0/24", $"ip route add 10.77.9.0/24 via {Topology.FarRouterV4}"),
            new Witness($"ping -c 1 -W 2 {Topology.ServerV4}", 1, $"From {Topology.GatewayV4} .*Destination Net Unreachable")),
        new(
            "path.unreachable: host",
            $"https://{Topology.AbsentServerV4}/",
            Expectation.Broken("path.unreachable"),
            Fault.None,
            new Witness($"ping -c 1 -W 5 {Topology.AbsentServerV4}", 1, $"From {Topology.FarRouterV4} .*Destination Host Unreachable")),
        new(
            "path.unreachable: IPv6",
            $"https://[{Topology.AbsentServerV6}]/",
            Expectation.Broken("path.unreachable"),
            Fault.None,
            new Witness($"ping -c 1 -W 5 {Topology.AbsentServerV6}", 1, "From fd77:12::2 .*Address unreachable")),
        new(
            "path.filtered",
            $"https://{Names.V4Only}/",
            Expectation.Broken("path.filtered"),
            Fault.Firewall(Node.FarRouter, "forward", "ip daddr 10.77.9.0/24 tcp dport 443 reject with icmp type admin-prohibited"),
            new Witness($"traceroute -T -p 443 -n -q 1 -m 4 {Topology.ServerV4}", 0, $"{Topology.FarRouterV4} .*!X")),
        new(
            "path.filtered: IPv6",
            $"https://{Names.V6Only}/",
            Expectation.Broken("path.filtered"),
            Fault.Firewall(Node.FarRouter, "forward", "ip6 daddr fd77:9::/64 tcp dport 443 reject with icmpv6 type admin-prohibited"),
            new Witness($"traceroute -T -p 443 -n -q 1 -m 4 {Topology.ServerV6}", 0, "fd77:12::2 .*!X")),
        new(
            "path.filtered: everything",
            $"https://{Names.V4Only}/",
            Expectation.Broken("path.filtered"),
            Fault.Firewall(Node.FarRouter, "forward", "ip daddr 10.77.9.0/24 reject with icmp type admin-prohibited"),
            new Witness($"ping -c 1 -W 2 {Topology.ServerV4}", 1, $"From {Topology.FarRouterV4} .*Packet filtered")),
        new(
            "path.filtered: ICMP reject by the host",
            $"https://{Names.V4Only}/",
            Expectation.Broken("path.filtered"),
            Fault.Firewall(Node.Server, "input", "tcp dport 443 reject"),
            new Witness(
                "log=$(mktemp); timeout 25 tcpdump -n -i eth0 -c 1 icmp 2> $log & "
                + $"until grep -q listening $log; do sleep 0.02; done; curl -sS -m 9 https://{Topology.ServerV4}/; wait; rm $log",
                0,
                $"{Topology.ServerV4} tcp port 443 unreachable")),
        new(
            "path.loop",
            $"https://{Names.V4Only}/",
            Expectation.Broken("path.loop"),
            Fault.On(Node.FarRouter, $"ip route add {Topology.ServerV4}/32 via 10.77.12.1", $"ip route del {Topology.ServerV4}/32"),
            new Witness($"ping -c 1 -W 2 {Topology.ServerV4}", 1, "Time to live exceeded")),
        new(
            "path.loop: IPv6",
            $"https://{Names.V6Only}/",
            Expectation.Broken("path.loop"),
            Fault.On(Node.FarRouter, $"ip -6 route add {Topology.ServerV6}/128 via fd77:12::1", $"ip -6 route del {Topology.ServerV6}/128"),
            new Witness($"ping -c 1 -W 2 {Topology.ServerV6}", 1, "Hop limit")),
        new(
            "path.silent",
            $"https://{Names.V4Only}/",
            Expectation.Broken("path.silent", Likely),
            Fault.Firewall(Node.FarRouter, "forward", "ip daddr 10.77.9.0/24 drop"),
            new Witness($"traceroute -n -q 1 -w 3 -m 3 {Topology.ServerV4}", 0, $@" 1  {Topology.GatewayV4} .* 2  {Topology.FarRouterV4} .* 3  \*")),
        new(
            "path.silent: IPv6",
            $"https://{Names.V6Only}/",
            Expectation.Broken("path.silent", Likely),
            Fault.Firewall(Node.FarRouter, "forward", "ip6 daddr fd77:9::/64 drop"),
            new Witness($"traceroute -n -q 1 -w 3 -m 3 {Topology.ServerV6}", 0, $@" 1  {Topology.GatewayV6} .* 2  fd77:12::2 .* 3  \*")),
        new(
            "path.silent: at the gateway",
            $"https://{Topology.ServerV4}/",
            Expectation.Broken("path.silent", Likely),
            Fault.Firewall(Node.Gateway, "forward", "drop"),
            new Witness($"traceroute -n -q 1 -w 3 -m 2 {Topology.ServerV4}", 0, $@" 1  {Topology.GatewayV4} .* 2  \*")),
        new(
            "path.silent: at the gateway, the resolver too",
            $"https://{Names.Www}/",
            Expectation.Broken("path.silent", Likely),
            Fault.Firewall(Node.Gateway, "forward", "drop"),
            new Witness($"traceroute -n -q 1 -w 3 -m 2 {Topology.ServerV4}", 0, $@" 1  {Topology.GatewayV4} .* 2  \*")),
        // The resolver is behind the same gateway, and answers: that one forwards.
        new(
            "path.silent: a black hole in the gateway",
            $"https://{Names.V4Only}/",
            Expectation.Broken("path.silent", Likely),
            Fault.On(Node.Gateway, "ip route replace blackhole 10.77.9.0/24", $"ip route del blackhole 10.77.9.0/24; ip route replace 10.77.9.0/24 via {Topology.FarRouterV4}"),
            new Witness($"dig +short {Names.V4Only}; traceroute -n -q 1 -w 1 -m 2 {Topology.ServerV4}", 0, $@"{Topology.ServerV4}.* 1  \*\n 2  \*")),
        new(
            "path.mtu-blackhole: HTTPS",
            $"https://{Names.V4Only}/",
            Expectation.Broken("path.mtu-blackhole", Certain | Likely, Certain | Likely),
            Fault.Firewall(Node.FarRouter, "forward", LargeDropped),
            new Witness($"ping -c 1 -W 1 -M do -s 1200 {Topology.ServerV4} && ! ping -c 1 -W 1 -M do -s 1400 {Topology.ServerV4} && curl -m 3 https://{Topology.ServerV4}/", 28, "")),
        new(
            "path.mtu-blackhole: HTTP",
            $"http://{Names.V4Only}/large.txt",
            Expectation.Broken("path.mtu-blackhole", Certain | Likely, Certain | Likely),
            Fault.Firewall(Node.FarRouter, "forward", LargeDropped),
            Witness.Curl($"http://{Names.V4Only}/large.txt", 28, seconds: 3)),
        new(
            "path.mtu-blackhole: IPv6",
            $"https://{Names.V6Only}/",
            Expectation.Broken("path.mtu-blackhole", Certain | Likely, Certain | Likely),
            Fault.Firewall(Node.FarRouter, "forward", LargeDropped),
            Witness.Curl($"https://{Names.V6Only}/", 28, seconds: 3)),
        new(
            "path.loss: both ways",
            $"https://{Names.V4Only}/",
            Expectation.Degraded("path.loss", Certain | Likely, Certain | Likely),
            Fault.Firewall(Node.FarRouter, "forward", [.. EveryThird("ip saddr 10.77.9.0/24"), .. EveryThird("ip daddr 10.77.9.0/24")]),
            new Witness($"ping -q -c 30 -i 0.02 -W 1 {Topology.ServerV4}", 0, @"5[0-9](\.\d+)?% packet loss")),
        new(
            "path.loss: from the server only",
            $"https://{Names.V4Only}/",
            Expectation.Degraded("path.loss", Certain | Likely, Certain | Likely),
            Fault.Firewall(Node.FarRouter, "forward", EveryThird("ip saddr 10.77.9.0/24")),
            new Witness($"ping -q -c 30 -i 0.02 -W 1 {Topology.ServerV4}", 0, @"3[0-9](\.\d+)?% packet loss")),
        new(
            "path.ipv6-broken",
            $"https://{Names.Www}/",
            Expectation.Degraded("path.ipv6-broken", Certain | Likely, Certain | Likely),
            Fault.Firewall(Node.FarRouter, "forward", "meta nfproto ipv6 drop"),
            new Witness($"curl -6 -sS -m 2 https://{Names.Www}/ || curl -4 -sS -m 20 https://{Names.Www}/", 0, "All is well")),
        new(
            "path.ipv4-broken",
            $"https://{Names.Www}/",
            Expectation.Degraded("path.ipv4-broken", Certain | Likely, Certain | Likely),
            Fault.Firewall(Node.FarRouter, "forward", "meta nfproto ipv4 drop"),
            new Witness($"curl -4 -sS -m 2 https://{Names.Www}/ || curl -6 -sS -m 20 https://{Names.Www}/", 0, "All is well")),
    ];

    // Every third packet instead of a random third, and of each kind by itself, from its first: what is lost does not depend on the order in which
    // echoes, connections and segments happen to follow each other. (A segment among others is repaired in some milliseconds, and nobody sees it.)
    private static string[] EveryThird(string packets) =>
    [
        $"{packets} tcp flags & syn == syn numgen inc mod 3 == 0 drop",
        $"{packets} tcp flags & syn == 0 numgen inc mod 3 == 0 drop",
        $"{packets} meta l4proto != tcp numgen inc mod 3 == 0 drop",
    ];
}
