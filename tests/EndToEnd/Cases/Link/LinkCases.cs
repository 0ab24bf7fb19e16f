using Fathom.EndToEnd.Worlds;
using static Fathom.EndToEnd.Cases.Confidence;

namespace Fathom.EndToEnd.Cases.Link;

/// <summary>Causes of the link layer: the interface, its cable, and who is on the other end.</summary>
internal static class LinkCases
{
    public static IReadOnlyList<FaultCase> All { get; } =
    [
        new(
            "link.down: set down",
            $"https://{Names.Www}/",
            Expectation.Broken("link.down"),
            Fault.OnClient("ip link set eth0 down"),
            new Witness($"ip -br link show eth0; ip route get {Topology.ServerV4}", 2, "DOWN.*unreachable")),
        new(
            "link.down: no carrier",
            $"https://{Names.Www}/",
            Expectation.Broken("link.down"),
            Fault.On(Node.Switch, "ip link set client down", "ip link set client up"),
            new Witness($"ip link show eth0; curl -sS -m 4 https://{Topology.ServerV4}/", null, "NO-CARRIER.*curl: ")),
        new(
            "link.no-interface",
            $"https://{Names.Www}/",
            Expectation.Broken("link.no-interface"),
            new Fault(
                [new Step(Node.Client, "ip link set eth0 netns $WORLD-w name parked")],
                [new Step(Node.Switch, "ip link set parked netns $WORLD-c name eth0")]),
            new Witness("ip -o link show | wc -l", 0, "^1\n")),
        new(
            "neighbor.unanswered",
            $"https://{Names.Www}/",
            Expectation.Broken("neighbor.unanswered"),
            Fault.On(Node.Switch, "ip link set gateway down", "ip link set gateway up"),
            new Witness($"ping -c 1 -W 4 {Topology.GatewayV4}; ip neigh show", 0, $"{Topology.GatewayV4} dev eth0 FAILED")),
        new(
            "neighbor.unanswered: target by address",
            $"https://{Topology.ServerV4}/",
            Expectation.Broken("neighbor.unanswered"),
            Fault.On(Node.Switch, "ip link set gateway down", "ip link set gateway up"),
            new Witness($"ping -c 1 -W 4 {Topology.GatewayV4}; ip neigh show", 0, $"{Topology.GatewayV4} dev eth0 FAILED")),
        new(
            "neighbor.host-absent",
            $"https://{Topology.AbsentNeighborV4}/",
            // The contract: an ordinary socket cannot tell it from a wrong prefix; the prefix is a plausible one here.
            Expectation.Broken("neighbor.host-absent", Certain, Certain | Likely),
            Fault.None,
            new Witness($"curl -sSv -m 20 https://{Topology.AbsentNeighborV4}/ 2>&1; ip neigh show", 0, $"No route to host.*{Topology.AbsentNeighborV4} dev eth0 FAILED")),
        new(
            "neighbor.host-absent: IPv6",
            $"https://[{Topology.AbsentNeighborV6}]/",
            Expectation.Broken("neighbor.host-absent", Certain, Certain | Likely),
            Fault.None,
            new Witness($"curl -sSv -m 20 'https://[{Topology.AbsentNeighborV6}]/' 2>&1; ip -6 neigh show", 0, $"No route to host.*{Topology.AbsentNeighborV6} dev eth0 FAILED")),
        // Duplicate address detection is off in this world, so that addresses are there at once; here it must find the neighbor's.
        new(
            "neighbor.duplicate-address: IPv6, as the kernel found",
            $"https://[{Topology.ServerV6}]/",
            Expectation.Broken("neighbor.duplicate-address"),
            new Fault(
                [
                    new Step(Node.Neighbor, "ip addr add $CLIENT6/64 dev eth0 nodad"),
                    new Step(Node.Client, "sysctl -qw net.ipv6.conf.eth0.accept_dad=1 && ip addr del $CLIENT6/64 dev eth0 && ip addr add $CLIENT6/64 dev eth0"),
                    new Step(Node.Client, "until ip addr show dev eth0 | grep -q dadfailed; do sleep 0.05; done; ip -6 route replace default via fd77:1::1"),
                ],
                [
                    new Step(Node.Client, "sysctl -qw net.ipv6.conf.eth0.accept_dad=0"),
                    new Step(Node.Neighbor, "ip addr del $CLIENT6/64 dev eth0"),
                ]),
            new Witness("ip addr show dev eth0", 0, "dadfailed")),
        // The kernel trusts what it heard for half a minute: only who may send frames can ask at once.
        new(
            "neighbor.unanswered: a gateway that was there a moment ago",
            $"https://{Topology.ServerV4}/",
            Expectation.Broken("neighbor.unanswered", Certain, Possible) with { CauseAsNobody = "path.silent" },
            Fault.OnClient($"ping -c 1 -W 5 {Topology.GatewayV4}").And(Fault.On(Node.Switch, "ip link set gateway down", "ip link set gateway up")),
            new Witness($"ip neigh show; ! curl -sS -m 1 https://{Topology.ServerV4}/", 0, $"{Topology.GatewayV4} dev eth0 lladdr .*(REACHABLE|STALE|DELAY|PROBE)")),
        new(
            "neighbor.host-absent: it was there a moment ago",
            $"https://{Topology.NeighborV4}/",
            Expectation.Broken("neighbor.host-absent", Certain, Likely) with { CauseAsNobody = "tcp.filtered" },
            Fault.OnClient($"ping -c 1 -W 5 {Topology.NeighborV4}").And(Fault.On(Node.Switch, "ip link set neighbor down", "ip link set neighbor up")),
            new Witness($"ip neigh show; ! curl -sS -m 1 https://{Topology.NeighborV4}/", 0, $"{Topology.NeighborV4} dev eth0 lladdr .*(REACHABLE|STALE|DELAY|PROBE)")),
        new(
            "neighbor.unanswered: a wrong entry made by hand",
            $"https://{Topology.ServerV4}/",
            Expectation.Broken("neighbor.unanswered", Certain, Possible) with { CauseAsNobody = "path.silent" },
            Fault.On(Node.Client, $"ip neigh replace {Topology.GatewayV4} lladdr 02:00:00:00:00:99 dev eth0 nud permanent", $"ip neigh del {Topology.GatewayV4} dev eth0"),
            new Witness($"ip neigh show; ! ping -c 1 -W 1 {Topology.GatewayV4}", 0, "PERMANENT")),
    ];
}
