using Fathom.EndToEnd.Worlds;
using static Fathom.EndToEnd.Cases.Confidence;

namespace Fathom.EndToEnd.Cases.Internet;

/// <summary>Causes of the internet layer that sit in the client itself: its addresses and routes.</summary>
internal static class NearSideCases
{
    public static IReadOnlyList<FaultCase> All { get; } =
    [
        new(
            "address.missing",
            $"https://{Names.Www}/",
            Expectation.Broken("address.missing"),
            Fault.OnClient("ip addr flush dev eth0"),
            new Witness($"ip -br addr show eth0; curl -sS -m 20 https://{Topology.ServerV4}/", 7, "UP +\ncurl")),
        new(
            "address.missing: IPv4 only",
            $"https://{Names.V4Only}/",
            Expectation.Broken("address.missing"),
            Fault.OnClient("ip -4 addr flush dev eth0"),
            new Witness($"dig +short {Names.V4Only} && curl -sS -m 20 https://{Names.V4Only}/", 7, Topology.ServerV4))
        {
            ResolvConf = $"nameserver {Topology.ResolverV6}\n",
        },
        new(
            "address.self-assigned",
            $"https://{Names.Www}/",
            Expectation.Broken("address.self-assigned"),
            Fault.OnClient("ip addr flush dev eth0 && ip addr add 169.254.7.7/16 dev eth0 && ip addr add fe80::c/64 dev eth0 nodad"),
            new Witness($"ip -br addr show eth0; ip route get {Topology.ServerV4}", 2, "169.254.7.7/16 fe80::c/64.*unreachable")),
        // As the daemons that assign it leave it: the whole world is taken for the link.
        new(
            "address.self-assigned: with a route to everywhere",
            $"https://{Topology.ServerV4}/",
            Expectation.Broken("address.self-assigned"),
            Fault.OnClient("ip addr flush dev eth0 && ip addr add 169.254.7.7/16 dev eth0 && ip route add default dev eth0 scope link"),
            new Witness($"ip route get {Topology.ServerV4}; ping -c 1 -W 1 {Topology.ServerV4}", 1, $"{Topology.ServerV4} dev eth0 src 169.254.7.7")),
        new(
            "address.wrong-prefix",
            $"https://{Names.V4Only}/",
            Expectation.Broken("address.wrong-prefix", Certain, Likely),
            Fault.OnClient(ChangePrefix(16)),
            new Witness($"ip route get {Topology.ServerV4}; ping -c 1 -W 1 {Topology.ServerV4}", 1, $"{Topology.ServerV4} dev eth0")),
        new(
            "address.wrong-prefix: target by address",
            $"https://{Topology.ServerV4}/",
            Expectation.Broken("address.wrong-prefix", Certain, Likely),
            Fault.OnClient(ChangePrefix(8)),
            new Witness($"ip route get {Topology.ServerV4}; ping -c 1 -W 1 {Topology.ServerV4}", 1, $"{Topology.ServerV4} dev eth0")),
        new(
            "route.missing",
            $"https://{Names.Www}/",
            Expectation.Broken("route.missing"),
            Fault.OnClient("ip route del default", "ip -6 route del default"),
            new Witness($"ip route get {Topology.ServerV4}", 2, "unreachable")),
        new(
            "route.missing: target by address",
            $"https://{Topology.ServerV4}/",
            Expectation.Broken("route.missing"),
            Fault.OnClient("ip route del default"),
            new Witness($"ip route get {Topology.ServerV4}", 2, "unreachable")),
        new(
            "route.prohibited",
            $"https://{Topology.ServerV4}/",
            Expectation.Broken("route.prohibited"),
            Fault.On(Node.Client, "ip route add prohibit 10.77.9.0/24", "ip route del prohibit 10.77.9.0/24"),
            new Witness($"ip route get {Topology.ServerV4}", 2, "Permission denied")),
        new(
            "route.wrong-gateway",
            $"https://{Names.Www}/",
            Expectation.Broken("route.wrong-gateway", Likely),
            Fault.OnClient($"ip route replace default via {Topology.NeighborV4}", $"ip -6 route replace default via {Topology.NeighborV6}"),
            new Witness($"ping -c 1 -W 1 {Topology.NeighborV4} && ! ping -c 1 -W 1 {Topology.ServerV4}", 0, "")),
        new(
            "route.wrong-gateway: target by address",
            $"https://{Topology.ServerV4}/",
            Expectation.Broken("route.wrong-gateway", Likely),
            Fault.OnClient($"ip route replace default via {Topology.NeighborV4}"),
            new Witness($"traceroute -n -q 1 -w 1 -m 2 {Topology.ServerV4}", 0, @" 1  \*\n 2  \*")),
    ];

    private static string ChangePrefix(int length) =>
        $"ip addr del $CLIENT4/24 dev eth0 && ip addr add $CLIENT4/{length} dev eth0 && ip route replace default via {Topology.GatewayV4}";
}
