using Fathom.EndToEnd.Worlds;
using static Fathom.EndToEnd.Cases.Confidence;

namespace Fathom.EndToEnd.Cases.Internet;

/// <summary>
/// The client's own firewall and reverse path filter. What they do looks like another machine's doing from above; a capture sits below them and tells, and an
/// ordinary user hears only what the kernel says by itself.
/// </summary>
internal static class OwnRuleCases
{
    private static readonly string Url = $"https://{Topology.ServerV4}/";

    public static IReadOnlyList<FaultCase> All { get; } =
    [
        Rejected("port unreachable", "reject", Expectation.Broken("route.prohibited")),
        Rejected("administratively prohibited", "reject with icmp type admin-prohibited", Expectation.Broken("route.prohibited")),
        // In the very words of a neighbor that does not answer; it is only sooner.
        Rejected("host unreachable", "reject with icmp type host-unreachable", Expectation.Broken("route.prohibited", Certain, Likely)),
        Rejected("RST", "reject with tcp reset", Expectation.Broken("route.prohibited") with { CauseAsNobody = "tcp.refused" }),
        new(
            "route.prohibited: own firewall drops the SYN",
            Url,
            Expectation.Broken("route.prohibited", Certain, Certain | Likely) with { CauseAsNobody = "tcp.filtered" },
            Fault.Firewall(Node.Client, "output", "tcp dport 443 drop"),
            Witness.Curl(Url, 28, seconds: 2)),
        new(
            "route.prohibited: own firewall drops all to the server",
            Url,
            Expectation.Broken("route.prohibited", Certain, Likely),
            Fault.Firewall(Node.Client, "output", "ip daddr 10.77.9.0/24 drop"),
            new Witness($"curl -sS -m 2 {Url}; ping -c 1 -W 1 {Topology.ServerV4}", 1, "100% packet loss|Operation not permitted")),
        new(
            "route.prohibited: own firewall drops the SYN-ACK",
            Url,
            Expectation.Broken("route.prohibited", Certain, Certain | Likely) with { CauseAsNobody = "tcp.filtered" },
            Fault.Firewall(Node.Client, "input", "tcp sport 443 drop"),
            Witness.Curl(Url, 28, seconds: 2)),
        new(
            "route.prohibited: reverse path filter",
            Url,
            Expectation.Broken("route.prohibited", Certain, Likely) with { CauseAsNobody = "path.silent" },
            SecondWayBack,
            new Witness($"ip route get {Topology.ServerV4}; ping -c 1 -W 1 {Topology.ServerV4}", 1, "dev eth0.*100% packet loss")),
        new(
            "route.prohibited: own firewall rejects DNS",
            $"https://{Names.Www}/",
            Expectation.Broken("route.prohibited"),
            Fault.Firewall(Node.Client, "output", "udp dport 53 reject"),
            new Witness($"dig +tries=1 +time=2 {Names.Www}", 9, "refused")),
    ];

    // The gateway answers by another cable than the one that the client asks by.
    private static Fault SecondWayBack => new(
        [
            new Step(Node.Gateway, "ip link add back type veth peer name eth1 netns $WORLD-c && ip addr add 10.77.2.1/24 dev back && ip link set back up"),
            new Step(Node.Client, "ip addr add 10.77.2.2/24 dev eth1 && ip link set eth1 up && sysctl -qw net.ipv4.conf.all.rp_filter=1 net.ipv4.conf.eth1.rp_filter=1"),
            new Step(Node.Gateway, "ip route add $CLIENT4/32 via 10.77.2.2"),
        ],
        [
            new Step(Node.Gateway, "ip link del back"),
            new Step(Node.Client, "sysctl -qw net.ipv4.conf.all.rp_filter=0"),
        ]);

    private static FaultCase Rejected(string how, string rule, Expectation expect) => new(
        $"route.prohibited: own firewall, {how}", Url, expect, Fault.Firewall(Node.Client, "output", $"tcp dport 443 {rule}"), Witness.Curl(Url, 7));
}
